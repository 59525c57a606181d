// SPDX-License-Identifier: GPL-3.0-or-later
// The path of somebody new who has no mouse: from an empty window to the cycles of a design of their own.
#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QMenu>
#include <QTreeWidget>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/diagram/tools/connect_box.h"

namespace taktwerk::test {
namespace {

class NewcomerTest : public EditorTest {
 protected:
  /// Who hears keys now: what a popup holds, else where the keyboard is.
  static QWidget* hearer() {
    if (QWidget* popup = QApplication::activePopupWidget()) {
      return popup->focusWidget() ? popup->focusWidget() : popup;
    }
    return QApplication::focusWidget();
  }
  void press(Qt::Key which, Qt::KeyboardModifiers with = {}) {
    // No window manager gives it back after a popup.
    if (!QApplication::activePopupWidget()) QApplication::setActiveWindow(&window);
    ASSERT_TRUE(hearer());
    QTest::keyClick(hearer(), which, with);
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  void write(const QString& text) {
    ASSERT_TRUE(hearer());
    QTest::keyClicks(hearer(), text);
  }
  void command(const char* words) {
    press(Qt::Key_K, Qt::ControlModifier);
    write(QLatin1String(words));
    press(Qt::Key_Return);
  }
  [[nodiscard]] std::string selected() {
    const auto& objects = window.selection().objects();
    return objects.size() == 1 ? document().shown->objects[objects.begin()->index()].name : "";
  }
  /// By the outline, and back to the canvas.
  void choose(const char* name) {
    press(Qt::Key_F, Qt::ControlModifier);
    write(QLatin1String(name));
    press(Qt::Key_Return);
    ASSERT_EQ(selected(), name);
    press(Qt::Key_1, Qt::ControlModifier);
    ASSERT_EQ(QApplication::focusWidget(), view);
  }
  void addNamed(const char* what, const char* name) {
    press(Qt::Key_A);
    write(QLatin1String(what));
    press(Qt::Key_Return);
    press(Qt::Key_F2);
    press(Qt::Key_A, Qt::ControlModifier);
    write(QLatin1String(name));
    press(Qt::Key_Return);
    ASSERT_TRUE(has(name)) << what;
    ASSERT_EQ(selected(), name);
    EXPECT_EQ(overlap(), "");
  }
  void connectAs(const char* name, const char* sentence) {
    choose(name);
    press(Qt::Key_W, Qt::ShiftModifier);
    ASSERT_TRUE(editor->connectBox().isVisible());
    write(QLatin1String(sentence));
    const std::size_t before = document().shown->connections.size();
    press(Qt::Key_Return);
    ASSERT_EQ(document().shown->connections.size(), before + 1) << sentence;
  }
  void set(const char* name, const char* attribute, const char* value) {
    choose(name);
    command("go to inspector");
    auto* rows = window.findChild<Inspector*>()->findChild<QTreeWidget*>();
    press(Qt::Key_Home);
    for (int i = 0; i < 60 && rows->currentItem() && rows->currentItem()->text(0) != QLatin1String(attribute);
         ++i) {
      press(Qt::Key_Down);
    }
    ASSERT_TRUE(rows->currentItem());
    ASSERT_EQ(rows->currentItem()->text(0), attribute);
    press(Qt::Key_Return);
    press(Qt::Key_A, Qt::ControlModifier);
    write(QLatin1String(value));
    const int before = window.documents().history().index();
    press(Qt::Key_Return);
    ASSERT_TRUE(waitFor([&] { return window.documents().history().index() > before; }, 5000)) << attribute;
  }
  /// Two blocks that stand on each other: "fetch decode"; nothing when there are none.
  [[nodiscard]] std::string overlap() {
    const auto& blocks = document().diagram->blocks;
    for (const Block& a : blocks) {
      for (const Block& b : blocks) {
        if (&a == &b || a.parent || b.parent) continue;
        const QRectF one(a.rect.x, a.rect.y, a.rect.width, a.rect.height);
        if (one.intersects(QRectF(b.rect.x, b.rect.y, b.rect.width, b.rect.height))) {
          return a.title + ' ' + b.title;
        }
      }
    }
    return {};
  }
};

TEST_F(NewcomerTest, BuildsAnAcceleratorByKeysAloneAndSeesItsCycles) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  const Cycles shipped = cyclesNow();
  ASSERT_GT(shipped, 0);

  press(Qt::Key_N, Qt::ControlModifier);
  ASSERT_EQ(QApplication::focusWidget(), view);
  addNamed("InstructionFetchStage", "fetch");
  addNamed("InstructionMemoryAccessUnit", "imau");
  EXPECT_EQ(block("imau").parent, block("fetch").object.value) << "a unit goes into the selected stage";
  addNamed("PipelineStage", "decode");
  addNamed("ExecuteStage", "execute");
  addNamed("FunctionalUnit", "alu");
  addNamed("MemoryAccessUnit", "lsu");
  EXPECT_EQ(block("alu").parent, block("execute").object.value);
  EXPECT_EQ(block("lsu").parent, block("execute").object.value) << "beside the unit that is selected";
  addNamed("RegisterFile", "regs");
  addNamed("SRAM", "imem");
  addNamed("SRAM", "dmem");

  connectAs("imau", "imau reads imem");
  connectAs("fetch", "fetch forwards to decode");
  connectAs("decode", "decode forwards to execute");
  for (const char* sentence : {"alu reads regs", "alu writes regs"}) connectAs("alu", sentence);
  for (const char* sentence : {"lsu reads regs", "lsu writes regs", "lsu reads dmem", "lsu writes dmem"}) {
    connectAs("lsu", sentence);
  }
  EXPECT_EQ(document().shown->connections.size(), 12U) << bytes();

  set("fetch", "latency", "1");
  set("imau", "latency", "1");
  set("alu", "operations", "mov, add, sub, mul, mac, max, min, relu, lookup");
  set("lsu", "operations", "load, store");
  set("regs", "registers", "r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15");
  set("dmem", "read_write_ports", "1");
  EXPECT_FALSE(document().hasProblems()) << toString(document().diagnostics.front()) << "\n" << bytes();

  ASSERT_TRUE(QDir().mkpath(folder.path("mappings")));
  const QDir mappings(QFileInfo(oneMac()).dir().filePath("mappings"));
  for (const QString& file : mappings.entryList(QDir::Files)) {
    QFile::copy(mappings.filePath(file), folder.path("mappings/" + file));
  }
  window.ask().architecturePath = [&](const QString&) { return folder.path("mine.arch.yaml"); };
  press(Qt::Key_S, Qt::ControlModifier);
  EXPECT_FALSE(window.isWindowModified());
  press(Qt::Key_R, Qt::ControlModifier);  // with the mappings that are beside it by now
  ASSERT_TRUE(settle());
  press(Qt::Key_F5);
  ASSERT_TRUE(settle());
  const auto& estimate = window.estimates().outcome().estimate;
  ASSERT_TRUE(estimate);
  EXPECT_EQ(estimate->cycles, shipped);
}

TEST_F(NewcomerTest, ABlockIsMovedAlignedAndItsMenuOpenedByKeys) {
  openOneMac();
  choose("dmem");
  const Rect before = block("dmem").rect;
  press(Qt::Key_Right);
  press(Qt::Key_Down, Qt::ShiftModifier);
  EXPECT_EQ(block("dmem").rect.x, before.x + gridStep);
  EXPECT_EQ(block("dmem").rect.y, before.y + 5 * gridStep);
  for (const auto& [which, with] : {std::pair(Qt::Key_Menu, Qt::KeyboardModifiers()),
                                    std::pair(Qt::Key_F10, Qt::KeyboardModifiers(Qt::ShiftModifier))}) {
    press(which, with);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    ASSERT_TRUE(menu);
    EXPECT_TRUE(menu->actions().contains(window.commands().action("edit.rename")));
    EXPECT_EQ(selected(), "dmem") << "whatever else is where the menu opens";
    press(Qt::Key_Escape);
    EXPECT_FALSE(QApplication::activePopupWidget());
  }
}

TEST_F(NewcomerTest, WhatABlockCannotBeConnectedToIsSaid) {
  openOneMac();
  choose("imem");
  press(Qt::Key_W, Qt::ShiftModifier);
  auto* list = editor->connectBox().findChild<QListWidget*>();
  ASSERT_TRUE(list);
  write("no such block");
  ASSERT_EQ(list->count(), 1);
  EXPECT_EQ(list->item(0)->text(), "Nothing matches “no such block”.");
  press(Qt::Key_Return);
  EXPECT_TRUE(editor->connectBox().isVisible());
  press(Qt::Key_Escape);
  EXPECT_EQ(bytes(), original);
  window.selection().clear();
  EXPECT_FALSE(window.commands().action("insert.connect")->isEnabled());
  EXPECT_THAT(window.commands().action("insert.connect")->toolTip().toStdString(),
              ::testing::HasSubstr("Select one block"));
}

}  // namespace
}  // namespace taktwerk::test
