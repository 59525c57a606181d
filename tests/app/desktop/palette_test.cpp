// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+K finds everything there is, and says why something cannot be used now.
#include <QAction>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QTreeWidget>
#include <QWidgetAction>
#include <set>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/actions/command_palette.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class PaletteTest : public EditorTest {
 protected:
  PaletteTest() {
    palette = window.findChild<CommandPalette*>();
    line = palette->findChild<QLineEdit*>();
    list = palette->findChild<QTreeWidget*>();
  }
  /// Opens it by its key and looks for a text.
  void search(const QString& text) {
    if (!palette->isVisible()) {
      QApplication::setActiveWindow(&window);
      QWidget* focus = QApplication::focusWidget();
      QTest::keyClick(focus ? focus : &window, Qt::Key_K, Qt::ControlModifier);
      ASSERT_TRUE(palette->isVisible());
    }
    line->setText(text);
  }
  /// The row of a text, or null.
  [[nodiscard]] QTreeWidgetItem* row(const QString& path) {
    search(path);
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
      QTreeWidgetItem* item = list->topLevelItem(i);
      if (item->text(0) == path || item->text(0).startsWith(path + QStringLiteral(" — "))) return item;
    }
    return nullptr;
  }
  void expectFound(const QString& path, const QString& whyNot = {}) {
    const QTreeWidgetItem* item = row(path);
    ASSERT_TRUE(item) << path.toStdString();
    EXPECT_EQ(item->text(0), whyNot.isEmpty() ? path : path + QStringLiteral(" — ") + whyNot);
  }
  void run(const QString& path) {
    search(path);
    ASSERT_EQ(list->currentItem()->text(0), path);
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_FALSE(palette->isVisible());
    QApplication::setActiveWindow(&window);
  }

  CommandPalette* palette;
  QLineEdit* line;
  QTreeWidget* list;
};

TEST_F(PaletteTest, FindsEveryCommandAndSaysWhyOneCannotBeUsed) {
  for (const bool open : {false, true}) {
    if (open) {
      palette->hide();
      openOneMac();
    }
    std::size_t refused = 0;
    for (const Command* command : window.commands().commands()) {
      expectFound(command->path(), command->whyNot());
      refused += command->whyNot().isEmpty() ? 0 : 1;
    }
    EXPECT_GT(refused, 10U);
  }
}

TEST_F(PaletteTest, FindsEveryActionOfMenusToolBarsAndCanvas) {
  openOneMac();
  std::set<const QAction*> known;
  for (const Command* command : window.commands().commands()) known.insert(command->action());
  QList<QAction*> actions = view->actions();
  for (const QAction* title : window.menuBar()->actions()) actions += title->menu()->actions();
  for (const QToolBar* bar : window.findChildren<QToolBar*>()) actions += bar->actions();
  std::size_t seen = 0;
  for (const QAction* action : actions) {
    if (action->isSeparator() || qobject_cast<const QWidgetAction*>(action)) continue;
    ++seen;
    EXPECT_TRUE(known.contains(action)) << action->text().toStdString();
  }
  EXPECT_GE(seen, known.size());
}

TEST_F(PaletteTest, FindsPanelsAndGivesThemTheKeyboardWhetherOrNotTheyAreShown) {
  openOneMac();
  cyclesNow();
  std::size_t panels = 0;
  for (const ViewSpec& spec : window.views().specs()) {
    if (!spec.isPanel()) continue;
    SCOPED_TRACE(spec.title.toStdString());
    ++panels;
    for (int again = 0; again < 2; ++again) {
      view->setFocus();
      run(QStringLiteral("Go to › ") + spec.title);
      const View& shown = *window.views().find(spec.id);
      const QWidget* panel = shown.widget();
      if (!shown.whyEmpty().isEmpty()) continue;  // the reason stands in its place
      EXPECT_TRUE(panel->isVisible());
      QWidget* focus = QApplication::focusWidget();
      ASSERT_TRUE(focus);
      EXPECT_TRUE(panel == focus || panel->isAncestorOf(focus)) << focus->metaObject()->className();
      EXPECT_NE(focus->focusPolicy(), Qt::NoFocus) << focus->metaObject()->className();
    }
  }
  EXPECT_GE(panels, 6U);
}

TEST_F(PaletteTest, FindsLayersBlocksAndFiles) {
  openOneMac();
  ASSERT_TRUE(window.estimates().network());
  for (const Layer& layer : window.estimates().network()->layers) {
    expectFound(QStringLiteral("Layer › ") + QString::fromStdString(layer.name));
  }
  for (const ShownObject& object : document().shown->objects) {
    expectFound(QStringLiteral("Block › ") + QString::fromStdString(object.name));
  }
  for (const QString& path : window.models().session.recentFiles()) {
    expectFound(QStringLiteral("Open › ") + QFileInfo(path).fileName());
  }
  EXPECT_TRUE(row("Open › copy.arch.yaml"));
  palette->hide();
  run("Block › dmem");
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("dmem").object});
  EXPECT_EQ(QApplication::focusWidget(), view);
  const QString layer = QString::fromStdString(window.estimates().network()->layers.back().name);
  run(QStringLiteral("Layer › ") + layer);
  EXPECT_EQ(window.models().session.layer(), layer);
}

TEST_F(PaletteTest, AFileThatIsGoneSaysSoAndAnotherOpens) {
  openOneMac();
  QFile file(oneMac());
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const QString other = folder.write("other.arch.yaml", file.readAll());
  window.openFiles({other});
  ASSERT_TRUE(settle());
  run("Open › copy.arch.yaml");
  ASSERT_TRUE(settle());
  EXPECT_EQ(QFileInfo(document().path).fileName(), "copy.arch.yaml");
  ASSERT_TRUE(QFile::remove(other));
  search("other.arch");
  ASSERT_EQ(list->topLevelItemCount(), 1);
  EXPECT_EQ(list->currentItem()->text(0), "Open › other.arch.yaml — The file is not there any more.");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(palette->isVisible()) << "nothing happens, and the reason stays to be read";
}

TEST_F(PaletteTest, SaysThatNothingIsFound) {
  openOneMac();
  search("no such thing");
  ASSERT_EQ(list->topLevelItemCount(), 1);
  EXPECT_EQ(list->topLevelItem(0)->text(0), "Nothing matches “no such thing”.");
  QTest::keyClick(line, Qt::Key_Down);
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(palette->isVisible());
  search("");
  EXPECT_GT(list->topLevelItemCount(), 100);
}

}  // namespace
}  // namespace taktwerk::test
