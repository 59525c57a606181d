// SPDX-License-Identifier: GPL-3.0-or-later
// The menu below the mouse, on lists: it is about the row that is there, or by the key about the current one.
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QListWidget>
#include <QMenu>
#include <QTableView>
#include <QTableWidget>
#include <QTreeWidget>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_model.h"
#include "widgets/network/network_page.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/palette/palette_panel.h"

namespace taktwerk::test {
namespace {

class MenusTest : public EditorTest {
 protected:
  ~MenusTest() override { close(); }
  static void close() {
    while (QWidget* popup = QApplication::activePopupWidget()) popup->close();
  }
  /// With the right button on a row.
  static QMenu* menuAt(QAbstractItemView& list, const QModelIndex& index) {
    close();
    list.scrollTo(index);
    const QPoint at = list.visualRect(index).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, list.viewport()->mapToGlobal(at));
    QApplication::sendEvent(list.viewport(), &event);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
  }
  /// By the menu key, which gives a place near the current row only.
  static QMenu* menuByKey(QAbstractItemView& list) {
    close();
    list.setFocus();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {2, 2}, list.mapToGlobal(QPoint(2, 2)));
    QApplication::sendEvent(&list, &event);
    return qobject_cast<QMenu*>(QApplication::activePopupWidget());
  }
  static QStringList texts(const QMenu* menu) {
    QStringList all;
    for (const QAction* action : menu ? menu->actions() : QList<QAction*>()) {
      if (!action->isSeparator()) all << action->text().remove(QLatin1Char('&'));
    }
    return all;
  }
  /// Chooses an entry with the keyboard.
  static void choose(QMenu* menu, const char* text) {
    for (QAction* action : menu->actions()) {
      if (action->text().remove(QLatin1Char('&')) != QLatin1String(text)) continue;
      menu->setActiveAction(action);
      QTest::keyClick(menu, Qt::Key_Return);
      return;
    }
    ADD_FAILURE() << text << " is not in " << texts(menu).join(", ").toStdString();
  }
  [[nodiscard]] ShownSelection::Objects selected() { return window.selection().objects(); }
};

TEST_F(MenusTest, OfTheOutlineIsAboutTheBlockUnderTheMouse) {
  openOneMac();
  QTreeWidget& tree = window.findChild<OutlinePanel*>()->tree();
  const auto index = [&](const char* block) {
    return tree.indexFromItem(tree.findItems(block, Qt::MatchExactly | Qt::MatchRecursive).front());
  };
  click(grip("alu"));
  QMenu* menu = menuAt(tree, index("dmem"));
  ASSERT_TRUE(menu);
  EXPECT_EQ(selected(), ShownSelection::Objects{block("dmem").object});
  EXPECT_TRUE(menu->actions().contains(window.commands().action("edit.rename")));
  choose(menu, "Delete");
  EXPECT_FALSE(has("dmem"));
  EXPECT_TRUE(has("alu"));
  // A heading has none.
  EXPECT_FALSE(menuAt(tree, tree.indexFromItem(tree.topLevelItem(0))));
  // By the key, about the current row.
  tree.setCurrentItem(tree.findItems("imem", Qt::MatchExactly | Qt::MatchRecursive).front());
  menu = menuByKey(tree);
  ASSERT_TRUE(menu);
  choose(menu, "Copy its name");
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "imem");
}

TEST_F(MenusTest, OfThePaletteAddsWithoutAMouse) {
  openOneMac();
  QTreeWidget& tree = *window.findChild<PalettePanel*>()->tree();
  const std::size_t before = document().shown->objects.size();
  const QTreeWidgetItem* sram = tree.findItems("SRAM", Qt::MatchExactly | Qt::MatchRecursive).front();
  QMenu* menu = menuAt(tree, tree.indexFromItem(sram));
  ASSERT_TRUE(menu);
  EXPECT_EQ(texts(menu), (QStringList{"Add at a free place", "Place with the mouse"}));
  choose(menu, "Add at a free place");
  EXPECT_EQ(document().shown->objects.size(), before + 1);
  // Return does the same.
  close();
  QApplication::setActiveWindow(&window);
  tree.setCurrentItem(tree.findItems("RegisterFile", Qt::MatchExactly | Qt::MatchRecursive).front());
  tree.setFocus();
  QTest::keyClick(&tree, Qt::Key_Return);
  EXPECT_EQ(document().shown->objects.size(), before + 2);
  EXPECT_EQ(window.documents().history().count(), 2);
}

TEST_F(MenusTest, OfLayersGoesToTheLayerUnderTheMouse) {
  openOneMac();
  cyclesNow();
  QTableView& table = window.findChild<LayersPanel*>()->table();
  ASSERT_GE(table.model()->rowCount(), 3);
  table.selectRow(0);
  const QModelIndex third = table.model()->index(2, LayerModel::Name);
  QMenu* menu = menuAt(table, third);
  ASSERT_TRUE(menu);
  choose(menu, "Show its mappings");
  EXPECT_EQ(window.models().session.page(), "mapping");
  EXPECT_EQ(window.models().session.layer(), third.data().toString());
  window.commands().action("view.network")->trigger();
  ASSERT_TRUE(settle());
  QTableView& network = window.findChild<NetworkPage*>()->table();
  const QModelIndex first = network.model()->index(0, NetworkModel::Name);
  network.setCurrentIndex(first);
  menu = menuByKey(network);
  ASSERT_TRUE(menu);
  EXPECT_FALSE(texts(menu).contains("Show it in the network")) << "it is there";
  choose(menu, "Copy its name");
  EXPECT_EQ(QGuiApplication::clipboard()->text(), first.data().toString());
}

TEST_F(MenusTest, OfMappingsAttachesTheOneUnderTheMouse) {
  openOneMac();
  cyclesNow();
  window.commands().action("view.mapping")->trigger();
  auto& page = *window.findChild<MappingPage*>();
  ASSERT_TRUE(waitFor([&] { return page.candidates().rowCount() > 0 && !window.busy(); }));
  QTableWidget& mappings = page.candidates();
  const int before = window.documents().history().count();
  const QModelIndex index = mappings.model()->index(0, 0);
  const QString name = index.data(Qt::UserRole).toString();
  QMenu* menu = menuAt(mappings, index);
  ASSERT_TRUE(menu);
  choose(menu, "Attach to the selected layers");
  EXPECT_EQ(window.documents().history().count(), before + 1);
  EXPECT_THAT(window.documents().history().undoText().toStdString(), ::testing::HasSubstr("ttach"));
  ASSERT_TRUE(settle());
  menu = menuByKey(page.layers());
  ASSERT_TRUE(menu);
  choose(menu, "Reset the selected layers");
  EXPECT_EQ(window.documents().history().count(), before + 2);
}

}  // namespace
}  // namespace taktwerk::test
