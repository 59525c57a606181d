// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QTest>
#include <QTreeWidget>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/tools/quick_add.h"
#include "widgets/diagram/tools/select_tool.h"
#include "widgets/inspector/inspector.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {

/// The window with a copy of one-mac, driven by mouse and keyboard.
class EditorTest : public ::testing::Test {
 protected:
  EditorTest() {
    window.resize(1500, 950);
    window.show();
    QApplication::setActiveWindow(&window);
    view = window.findChild<DiagramView*>();
    editor = window.findChild<DiagramEditor*>();
    window.ask().unsaved = [](const QString&) { return Questions::Answer::Discard; };
  }
  bool settle() {
    return waitFor([this] { return !window.busy(); }, 110000);
  }
  void openOneMac() {
    QFile file(oneMac());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    // With its mappings beside it.
    ASSERT_TRUE(QDir().mkpath(folder.path("mappings")));
    const QDir mappings(QFileInfo(oneMac()).dir().filePath("mappings"));
    for (const QString& name : mappings.entryList(QDir::Files)) {
      QFile::copy(mappings.filePath(name), folder.path("mappings/" + name));
    }
    window.openFiles({folder.write("copy.arch.yaml", file.readAll())});
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window.documents().document());
    original = bytes();
    view->setFocus();
  }
  [[nodiscard]] const Document& document() { return *window.documents().document(); }
  [[nodiscard]] const std::string& bytes() { return document().bytes; }
  [[nodiscard]] const Block& block(const char* name) {
    const ShownObject* object = document().shown->find(name);
    if (!object) throw std::runtime_error(std::string("no block ") + name);
    return document().diagram->blocks[object->shown.index()];
  }
  [[nodiscard]] bool has(const char* name) { return document().shown->find(name) != nullptr; }
  /// A point of a block that is no port, handle, wire or part of it.
  [[nodiscard]] QPointF grip(const char* name) {
    const Rect& r = block(name).rect;
    return {r.centre().x, r.top() + headerHeight / 2};
  }
  [[nodiscard]] QPoint pixel(QPointF at) { return view->mapFromScene(at); }
  void mouseMove(QPointF at) { QTest::mouseMove(view->viewport(), pixel(at)); }
  void press(QPointF at, Qt::KeyboardModifiers keys = {}) {
    QTest::mousePress(view->viewport(), Qt::LeftButton, keys, pixel(at));
  }
  void release(QPointF at, Qt::KeyboardModifiers keys = {}) {
    QTest::mouseRelease(view->viewport(), Qt::LeftButton, keys, pixel(at));
  }
  void click(QPointF at, Qt::KeyboardModifiers keys = {}) {
    mouseMove(at);
    press(at, keys);
    release(at, keys);
  }
  void drag(QPointF from, QPointF to) {
    mouseMove(from);
    press(from);
    mouseMove((from + to) / 2);
    mouseMove(to);
    release(to);
  }
  void key(Qt::Key which, Qt::KeyboardModifiers keys = {}) {
    QApplication::setActiveWindow(&window);  // no window manager gives it back after a popup
    view->setFocus();
    QTest::keyClick(view, which, keys);
  }
  /// Adds a block with A at a place, and gives it a name with F2.
  void add(const char* what, const char* name, QPointF at) {
    mouseMove(at);
    key(Qt::Key_A);
    QuickAdd& box = editor->quickAddBox();
    ASSERT_TRUE(box.isVisible());
    auto* line = box.findChild<QLineEdit*>();
    QTest::keyClicks(line, what);
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_FALSE(box.isVisible());
    key(Qt::Key_F2);
    auto* nameBox = view->findChild<QLineEdit*>("nameBox");
    ASSERT_TRUE(nameBox) << what;
    QTest::keyClick(nameBox, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(nameBox, name);
    QTest::keyClick(nameBox, Qt::Key_Return);
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    ASSERT_TRUE(has(name));
  }
  /// Drags a wire from the handle of one block to the header of another.
  void wire(const char* from, const char* to) {
    mouseMove(grip(from));
    drag(handlesOf(block(from)).second, grip(to));
  }
  /// Types a value into the inspector.
  void type(const char* name, const char* attribute, const char* value) {
    QApplication::setActiveWindow(&window);
    click(grip(name));
    ASSERT_EQ(window.selection().objects(), ShownSelection::Objects{block(name).object});
    auto* rows = window.findChild<Inspector*>()->findChild<QTreeWidget*>();
    const auto items = rows->findItems(attribute, Qt::MatchExactly | Qt::MatchRecursive);
    ASSERT_EQ(items.size(), 1) << attribute;
    rows->scrollToItem(items.front());
    const QModelIndex index = rows->indexFromItem(items.front(), 1);
    QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, rows->visualRect(index).center());
    auto* line = rows->viewport()->findChild<QLineEdit*>();
    ASSERT_TRUE(line) << attribute;
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, value);
    ASSERT_EQ(line->text(), value);
    const int before = window.documents().history().index();
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_TRUE(waitFor([&] { return window.documents().history().index() > before; }, 5000)) << attribute;
  }
  Cycles cyclesNow() {
    window.commands().action("analyse.run")->trigger();
    EXPECT_TRUE(settle());
    const auto& estimate = window.estimates().outcome().estimate;
    EXPECT_TRUE(estimate && estimate->complete && !hasErrors(estimate->diagnostics));
    return estimate ? estimate->cycles : 0;
  }

  Folder folder;  // outlives the window, which has locks in it
  Theme theme{false};
  MainWindow window{theme, false};
  DiagramView* view = nullptr;
  DiagramEditor* editor = nullptr;
  std::string original;
};

}  // namespace taktwerk::test
