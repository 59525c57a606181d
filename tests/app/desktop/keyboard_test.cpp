// SPDX-License-Identifier: GPL-3.0-or-later
// Where the keyboard is after each thing a user does, and that commands reach the window from there.
#include <QAbstractButton>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>

#include "tests/app/desktop/editor_fixture.h"
#include "tests/support/places.h"
#include "widgets/actions/command_palette.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/mapping/mapping_editor.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"
#include "widgets/palette/palette_panel.h"
#include "widgets/problems/source_view.h"

namespace taktwerk::test {
namespace {

class KeyboardTest : public EditorTest {
 protected:
  [[nodiscard]] static QWidget* focus() { return QApplication::focusWidget(); }
  /// A key where the keyboard is.
  static void press(Qt::Key key, Qt::KeyboardModifiers with = {}) {
    ASSERT_TRUE(focus());
    QTest::keyClick(focus(), key, with);
  }
  static std::string nameOf(const QWidget& widget) {
    std::string name;
    for (const QWidget* w = &widget; w; w = w->parentWidget()) {
      name += std::string(" < ") + w->metaObject()->className() + ' ' + w->accessibleName().toStdString();
    }
    return name;
  }
  /// Everything in the window that can have the keyboard now.
  std::vector<QWidget*> places() {
    std::vector<QWidget*> found;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
      if (widget->window() != &window || !widget->isVisible() || !widget->isEnabled()) continue;
      if (widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy()) found.push_back(widget);
    }
    return found;
  }
  QPushButton* button(const char* text) {
    for (QPushButton* b : window.findChildren<QPushButton*>()) {
      if (b->text() == QLatin1String(text)) return b;
    }
    ADD_FAILURE() << text;
    return nullptr;
  }
};

TEST_F(KeyboardTest, CommandsWorkWhereverTheKeyboardIs) {
  openOneMac();
  cyclesNow();
  ASSERT_EQ(window.documents().edit("Step", {SetAttribute{"alu", "note", yamlScalar("a", true)}}), QString());
  std::map<std::string, int> runs;
  for (const char* id : {"edit.undo", "edit.redo", "file.save", "analyse.run", "help.palette"}) {
    window.commands().bind(id, {[&runs, id] { ++runs[id]; }});  // counted, not done
  }
  std::size_t seen = 0;
  for (const char* page : {"view.diagram", "view.source", "view.network", "view.mapping"}) {
    window.commands().action(page)->trigger();
    ASSERT_TRUE(settle());
    for (QWidget* place : places()) {
      SCOPED_TRACE(nameOf(*place));
      place->setFocus();
      if (focus() != place) continue;
      ++seen;
      runs.clear();
      QTest::keyClick(place, Qt::Key_Z, Qt::ControlModifier);
      QTest::keyClick(place, Qt::Key_Y, Qt::ControlModifier);
      QTest::keyClick(place, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
      QTest::keyClick(place, Qt::Key_S, Qt::ControlModifier);
      QTest::keyClick(place, Qt::Key_F5);
      QTest::keyClick(place, Qt::Key_K, Qt::ControlModifier);
      EXPECT_EQ(runs["edit.undo"], 1);
      EXPECT_EQ(runs["edit.redo"], 2);
      EXPECT_EQ(runs["file.save"], 1);
      EXPECT_EQ(runs["analyse.run"], 1);
      EXPECT_EQ(runs["help.palette"], 1);
    }
  }
  EXPECT_GT(seen, 40U);
}

TEST_F(KeyboardTest, ATextBoxUndoesItsOwnTypingFirst) {
  openOneMac();
  ASSERT_EQ(window.documents().edit("Step", {SetAttribute{"alu", "note", yamlScalar("a", true)}}), QString());
  auto* box = window.findChild<QLineEdit*>("newParameter");
  ASSERT_TRUE(box && box->isVisible());
  box->setFocus();
  QTest::keyClicks(box, "rows");
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(box->text(), "");
  EXPECT_EQ(window.documents().history().index(), 1);
  press(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(window.documents().history().index(), 0) << "nothing of its own is left";
  press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(box->text(), "rows") << "what the box took back it makes again";
}

TEST_F(KeyboardTest, TheCanvasHasTheKeyboardAfterNewOpenAndTheStartPage) {
  ASSERT_TRUE(settle());
  window.commands().action("file.new")->trigger();
  EXPECT_EQ(focus(), view);
  press(Qt::Key_A);
  EXPECT_TRUE(editor->quickAddBox().isVisible());
  editor->quickAddBox().hide();
  QApplication::setActiveWindow(&window);  // no window manager gives it back after a popup
  window.commands().action("file.close")->trigger();
  openOneMac();
  window.commands().action("file.close")->trigger();
  window.findChild<QTabWidget*>()->setCurrentIndex(1);
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  QApplication::setActiveWindow(&window);
  EXPECT_EQ(focus(), window.findChild<SourceView*>()) << nameOf(*focus());
  window.commands().action("file.new")->trigger();
  EXPECT_EQ(focus(), view);
}

TEST_F(KeyboardTest, TheCanvasHasTheKeyboardAfterSomethingWasAdded) {
  openOneMac();
  auto* filter = window.findChild<PalettePanel*>()->findChild<QLineEdit*>();
  for (const Qt::Key end : {Qt::Key_Return, Qt::Key_Escape}) {
    filter->setFocus();
    ASSERT_EQ(focus(), filter);
    window.commands().action("insert.quickAdd")->trigger();
    auto* line = editor->quickAddBox().findChild<QLineEdit*>();
    QTest::keyClicks(line, "SRAM");
    QTest::keyClick(line, end);
    ASSERT_FALSE(editor->quickAddBox().isVisible());
    QApplication::setActiveWindow(&window);
    EXPECT_EQ(focus(), view);
  }
  filter->setFocus();
  window.commands().action("tool.wire")->trigger();
  EXPECT_EQ(focus(), view);
  filter->setFocus();
  Q_EMIT window.findChild<PalettePanel*>()->placeRequested(placeables(nullptr).front());
  EXPECT_EQ(focus(), view);
}

TEST_F(KeyboardTest, RunAndStopHandTheKeyboardToEachOther) {
  openOneMac();
  QPushButton* run = button("Run");
  QPushButton* stop = button("Stop");
  run->setFocus();
  press(Qt::Key_Space);
  EXPECT_EQ(focus(), stop);
  press(Qt::Key_Space);
  ASSERT_TRUE(settle());
  QCoreApplication::processEvents();
  EXPECT_EQ(focus(), run);
  // A click leaves the keyboard where it was.
  view->setFocus();
  QTest::mouseClick(run, Qt::LeftButton);
  ASSERT_TRUE(settle());
  QCoreApplication::processEvents();
  EXPECT_EQ(focus(), view);
}

TEST_F(KeyboardTest, WhatIsDisabledOrHiddenSendsTheKeyboardToThePage) {
  openOneMac();
  int checked = 0;
  for (const char* page : {"view.diagram", "view.network", "view.mapping"}) {
    window.commands().action(page)->trigger();
    ASSERT_TRUE(settle());
    QTest::qWait(300);
    auto* tabs = window.findChild<QTabWidget*>();
    for (QWidget* place : places()) {
      auto* pushed = qobject_cast<QAbstractButton*>(place);
      if (!pushed) continue;
      for (const bool hides : {false, true}) {
        SCOPED_TRACE(nameOf(*place));
        place->setFocus();
        if (focus() != place) continue;
        ++checked;
        hides ? place->hide() : place->setEnabled(false);
        QCoreApplication::processEvents();
        ASSERT_TRUE(focus());
        EXPECT_TRUE(focus() == tabs->currentWidget() || tabs->currentWidget()->isAncestorOf(focus()) ||
                    focus()->isAncestorOf(place))
            << nameOf(*focus());
        EXPECT_FALSE(qobject_cast<QLineEdit*>(focus()));
        place->setEnabled(true);
        place->show();
      }
    }
  }
  EXPECT_GT(checked, 8);
}

TEST_F(KeyboardTest, AButtonThatDisablesItselfLeavesTheKeyboardOnItsPage) {
  openOneMac();
  window.openFiles({tcResNet8()});
  window.commands().action("view.mapping")->trigger();
  auto& page = *window.findChild<MappingPage*>();
  ASSERT_TRUE(waitFor([&] { return page.document() && !window.busy(); }));
  page.document()->change(page.document()->text() + "# and this\n", "note");
  window.ask().mappingPath = [this](const QString&) { return folder.path("mappings/mine.mapping.yaml"); };
  QPushButton* save = nullptr;
  for (QPushButton* b : page.findChildren<QPushButton*>()) {
    if (b->text() == "Save…") save = b;
  }
  ASSERT_TRUE(save && save->isEnabled());
  save->setFocus();
  press(Qt::Key_Space);
  QCoreApplication::processEvents();
  ASSERT_FALSE(save->isEnabled());
  ASSERT_TRUE(focus());
  EXPECT_TRUE(page.isAncestorOf(focus())) << nameOf(*focus());
}

}  // namespace
}  // namespace taktwerk::test
