// SPDX-License-Identifier: GPL-3.0-or-later
// Instances and arrays that open and close, by mouse and keyboard.
#include <QMenu>
#include <QStatusBar>
#include <QTest>
#include <functional>
#include <random>
#include <set>
#include <tuple>

#include "tests/app/desktop/editor_fixture.h"
#include "tests/support/places.h"
#include "widgets/inspector/group_content.h"
#include "widgets/outline/outline_panel.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class GroupsTest : public EditorTest {
 protected:
  void openSystolic() {
    QFile file(QString::fromStdString(taktwerk::sourceDirectory() +
                                      "/archs/systolic-array/systolic-array.arch.yaml"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    window.openFiles({folder.write("systolic.arch.yaml", file.readAll())});
    ASSERT_TRUE(settle());
    ASSERT_TRUE(window.documents().document());
    original = bytes();
    view->setFocus();
  }
  [[nodiscard]] std::string outline() { return window.findChild<OutlinePanel*>()->dump().toStdString(); }
};

TEST_F(GroupsTest, AnArrayOpensToItsElementsAndAnElementToItsBlocks) {
  openSystolic();
  ASSERT_TRUE(has("pe"));
  EXPECT_FALSE(has("pe[0][0]"));
  click(grip("pe"));
  key(Qt::Key_Return);
  ASSERT_TRUE(has("pe[3][3]"));
  EXPECT_EQ(block("pe[1][2]").parent, block("pe").object.value);
  EXPECT_LT(block("pe[1][1]").rect.right(), block("pe[1][2]").rect.left());
  EXPECT_LT(block("pe[1][2]").rect.bottom(), block("pe[2][2]").rect.top());
  EXPECT_TRUE(block("pe").rect.contains(block("pe[3][3]").rect));
  EXPECT_THAT(outline(), HasSubstr("    pe[3][3]\n"));
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, pixel(grip("pe[0][0]")));
  ASSERT_TRUE(has("pe[0][0].alu"));
  EXPECT_EQ(block("pe[0][0].alu").title, "alu") << "its frame has the rest of its name";
  EXPECT_EQ(block("pe[0][0].alu").parent, block("pe[0][0].stage").object.value);
  EXPECT_FALSE(has("pe[0][1].alu"));
  // Backspace closes the group around what is selected.
  click(grip("pe[0][0].regs"));
  key(Qt::Key_Backspace);
  EXPECT_FALSE(has("pe[0][0].alu"));
  EXPECT_TRUE(has("pe[0][0]"));
  key(Qt::Key_Backspace);
  EXPECT_FALSE(has("pe[0][0]"));
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("pe").object});
  EXPECT_EQ(bytes(), original) << "looking changes nothing";
  EXPECT_EQ(window.documents().history().count(), 0);
}

TEST_F(GroupsTest, APartOfAnOpenInstanceIsRenamedAndDeletedForAllUsesOfItsTemplate) {
  openSystolic();
  key(Qt::Key_Asterisk);
  key(Qt::Key_Asterisk);
  ASSERT_TRUE(has("pe[1][1].regs"));
  click(grip("pe[1][1].regs"));
  key(Qt::Key_F2);
  auto* nameBox = view->findChild<QLineEdit*>("nameBox");
  ASSERT_TRUE(nameBox);
  EXPECT_EQ(nameBox->text(), "regs") << "its name in the template";
  QTest::keyClick(nameBox, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(nameBox, "files");
  QTest::keyClick(nameBox, Qt::Key_Return);
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  ASSERT_TRUE(has("pe[1][1].files") && has("pe[0][2].files") && !has("pe[1][1].regs"));
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("pe[1][1].files").object});
  EXPECT_THAT(window.statusBar()->currentMessage().toStdString(), HasSubstr("for all uses of template"));
  EXPECT_EQ(window.documents().history().count(), 1);
  EXPECT_FALSE(document().hasProblems());
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  click(grip("pe[1][1].alu"));
  key(Qt::Key_Delete);
  EXPECT_FALSE(has("pe[1][1].alu") || has("pe[3][0].alu"));
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(GroupsTest, DepthKeysOpenAndCloseEverywhere) {
  openSystolic();
  key(Qt::Key_Asterisk);
  EXPECT_TRUE(has("left[0]") && has("pe[3][3]") && !has("pe[3][3].alu"));
  key(Qt::Key_Asterisk);
  EXPECT_TRUE(has("pe[3][3].alu") && has("bottom[2].regs"));
  key(Qt::Key_Slash);
  EXPECT_TRUE(has("pe[3][3]") && !has("pe[3][3].alu"));
  key(Qt::Key_Slash);
  EXPECT_FALSE(has("pe[3][3]"));
}

TEST_F(GroupsTest, AGroupMovesAsOneBlockAndOpensWithoutCoveringOthers) {
  openSystolic();
  drag(grip("dmem"), grip("dmem") + QPointF(40, 20));
  drag(grip("pe"), grip("pe") + QPointF(100, -60));
  EXPECT_THAT(bytes(), HasSubstr("pe: {template: element, size: [rows, columns], at: ["));
  const Rect closed = block("dmem").rect;
  click(grip("pe"));
  key(Qt::Key_Return);
  ASSERT_TRUE(has("pe[0][0]"));
  const auto& blocks = document().diagram->blocks;
  for (const Block& a : blocks) {
    for (const Block& b : blocks) {
      if (a.parent || b.parent || a.object == b.object) continue;
      EXPECT_FALSE(a.rect.overlaps(b.rect)) << a.title << " and " << b.title;
    }
  }
  // Where blocks stand while the group is open is not where they stand in the file.
  const std::string before = bytes();
  drag(grip("imem"), grip("imem") + QPointF(0, 60));
  EXPECT_NE(bytes(), before);
  click(grip("pe"));
  key(Qt::Key_Backspace);
  EXPECT_EQ(block("dmem").rect, closed);
  while (window.documents().history().canUndo()) key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(GroupsTest, PartsMoveInTheirTemplate) {
  openSystolic();
  click(grip("left"));
  key(Qt::Key_Return);
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, pixel(grip("left[1]")));
  ASSERT_TRUE(has("left[1].regs"));
  const Rect stage = block("left[1].stage").rect;
  const Rect before = block("left[1].regs").rect;
  drag(grip("left[1].regs"), grip("left[1].regs") + QPointF(60, 40));
  EXPECT_EQ(window.documents().history().undoText(), "Move left[1].regs");
  EXPECT_EQ(block("left[1].regs").rect.x - block("left[1].stage").rect.x, before.x - stage.x + 60);
  EXPECT_EQ(block("left[1].regs").rect.y - block("left[1].stage").rect.y, before.y - stage.y + 40);
  EXPECT_FALSE(document().hasProblems());
  // All instances have it.
  QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, pixel(grip("left[2]")));
  ASSERT_TRUE(has("left[2].regs"));
  EXPECT_EQ(block("left[2].regs").rect.x - block("left[2].stage").rect.x, before.x - stage.x + 60);
  // An element stands where its array puts it.
  const std::string text = bytes();
  drag(grip("left[3]"), grip("left[3]") + QPointF(60, 40));
  EXPECT_EQ(bytes(), text);
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(GroupsTest, AWireFromAClosedArrayToItselfAsksHowNeighboursAreWired) {
  openSystolic();
  key(Qt::Key_W);
  click(grip("pe"));
  click(grip("pe"));
  auto* menu = view->findChild<QMenu*>("ruleMenu");
  ASSERT_TRUE(menu);
  QStringList sentences;
  const std::function<void(const QMenu*)> collect = [&](const QMenu* m) {
    for (const QAction* action : m->actions()) {
      sentences << action->text();
      if (action->menu()) collect(action->menu());
    }
  };
  collect(menu);
  EXPECT_THAT(sentences.join("\n").toStdString(),
              HasSubstr("each pe.alu reads pe.regs of its left neighbour"));
  menu->close();
  EXPECT_EQ(bytes(), original);
}

TEST_F(GroupsTest, AGroupIsDuplicatedCopiedAndCutWithItsOuterWires) {
  openSystolic();
  const auto wires = [&](const char* name) {
    const std::uint32_t id = block(name).object.value;
    std::multiset<std::tuple<ConnectionKind, bool, std::string>> ends;
    for (const Wire& w : document().diagram->wires) {
      if (w.from != id && w.to != id) continue;
      const std::uint32_t other = w.from == id ? w.to : w.from;
      ends.emplace(w.kind, w.from == id, document().shown->objects[other].name);
    }
    return ends;
  };
  const auto before = wires("left");
  ASSERT_EQ(before.size(), 3U) << "fetch, dmem, pe";
  click(grip("left"));
  key(Qt::Key_D, Qt::ControlModifier);
  ASSERT_TRUE(has("left2"));
  EXPECT_EQ(wires("left2"), before);
  EXPECT_THAT(bytes(), HasSubstr("left2: {template: loader, size: rows"));
  EXPECT_THAT(bytes(), HasSubstr("{writes: [\"left2[r].unit\", \"pe[r][0].regs\"], for: {r: rows}}"));
  EXPECT_EQ(window.documents().history().count(), 1) << "one step";
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);

  const auto ofGrid = wires("pe");
  click(grip("pe"));
  key(Qt::Key_X, Qt::ControlModifier);
  ASSERT_FALSE(has("pe"));
  const QPointF free = view->mapToScene(QPoint(60, 60));
  mouseMove(free);
  key(Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(has("pe"));
  EXPECT_EQ(wires("pe"), ofGrid) << "as before it was cut";
  EXPECT_NEAR(block("pe").rect.x, free.x(), 10) << "at the mouse";
  while (window.documents().history().canUndo()) key(Qt::Key_Z, Qt::ControlModifier);

  click(grip("dmem"));
  click(grip("top"), Qt::ControlModifier);
  key(Qt::Key_C, Qt::ControlModifier);
  key(Qt::Key_V, Qt::ControlModifier);
  ASSERT_TRUE(has("dmem2") && has("top2"));
  const auto ofTop = wires("top2");
  EXPECT_EQ(ofTop.count({ConnectionKind::Reads, true, "dmem2"}) +
                ofTop.count({ConnectionKind::Reads, false, "dmem2"}),
            1U)
      << "among what was copied, to the copy";
  EXPECT_FALSE(document().hasProblems());
}

TEST_F(GroupsTest, TheArrayDialogMakesAParameterAndTheArrayStaysInItsPlace) {
  openOneMac();
  const Rect before = block("dmem").rect;
  click(grip("dmem"));
  editor->askTexts = [](const Question& question) {
    EXPECT_TRUE(question.problem({"lanes = 0", ""}));
    EXPECT_TRUE(question.problem({"lanes = x", ""}));
    EXPECT_FALSE(question.problem({"lanes = 3", ""}));
    return std::optional(QStringList{"lanes = 3", ""});
  };
  window.commands().action("arrange.array")->trigger();
  EXPECT_THAT(bytes(), HasSubstr("lanes: {default: 3, minimum: 1}"));
  EXPECT_THAT(bytes(), HasSubstr("size: lanes"));
  EXPECT_EQ(block("dmem").rect.x, before.x);
  EXPECT_EQ(block("dmem").rect.y, before.y);
  EXPECT_EQ(window.documents().history().count(), 1) << "one step";
  editor->askTexts = [](const Question& question) {
    EXPECT_TRUE(question.problem({"lanes = 4", ""})) << "it is there already";
    return std::optional<QStringList>();
  };
  window.commands().action("arrange.array")->trigger();
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(GroupsTest, AnElementOfAnArrayIsNotCopiedWithoutTheWhole) {
  openSystolic();
  click(grip("left"));
  key(Qt::Key_Return);
  ASSERT_TRUE(has("left[1]"));
  click(grip("left[1]"));
  key(Qt::Key_D, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  EXPECT_THAT(window.statusBar()->currentMessage().toStdString(), HasSubstr("left[1]"));
}

TEST_F(GroupsTest, TheInspectorTellsSizeArgumentsAndWiring) {
  openSystolic();
  click(grip("pe"));
  const InspectorContent content = groupContent(document(), block("pe").object);
  EXPECT_EQ(content.subtitle, "Array");
  std::string text;
  for (const InspectorSection& section : content.sections) {
    for (const InspectorRow& row : section.rows) {
      text += (section.title + ": " + row.name + " " + row.value + "\n").toStdString();
    }
  }
  EXPECT_THAT(text, HasSubstr("Size: rows 4 = rows\nSize: columns 4 = columns\n"));
  EXPECT_THAT(text, HasSubstr("Wiring: writes"));
  EXPECT_THAT(text, HasSubstr("right neighbour"));
}

TEST_F(GroupsTest, RenamingColouringAndDeletingAGroupIsOneStep) {
  openSystolic();
  click(grip("pe"));
  key(Qt::Key_F2);
  auto* box = window.findChild<QLineEdit*>("nameBox");
  ASSERT_TRUE(box);
  QTest::keyClicks(box, "grid");
  QTest::keyClick(box, Qt::Key_Return);
  ASSERT_TRUE(has("grid"));
  EXPECT_THAT(bytes(), HasSubstr("\"grid[r][c].stage\""));
  EXPECT_FALSE(document().hasProblems());
  click(grip("grid"));
  key(Qt::Key_Delete);
  EXPECT_FALSE(has("grid"));
  EXPECT_THAT(bytes(), Not(HasSubstr("grid[")));
  key(Qt::Key_Z, Qt::ControlModifier);
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  // The whole of a group is duplicated in one step, with its wires.
  click(grip("left"));
  key(Qt::Key_D, Qt::ControlModifier);
  EXPECT_THAT(bytes(), HasSubstr("[\"left2[r].unit\", dmem]"));
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  // A part of an instance is not deleted by mistake, nor is all of the array with it.
  click(grip("left"));
  key(Qt::Key_Return);
  click(grip("left[0]"));
  key(Qt::Key_Delete);
  EXPECT_EQ(bytes(), original);
}

TEST_F(GroupsTest, OpeningAndClosingAtRandomAmongEditsKeepsEveryRule) {
  openSystolic();
  std::mt19937 random(7);
  const auto pick = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  const int keys[] = {Qt::Key_Return, Qt::Key_Backspace, Qt::Key_Asterisk, Qt::Key_Slash,  Qt::Key_Left,
                      Qt::Key_Down,   Qt::Key_D,         Qt::Key_Escape,   Qt::Key_Return, Qt::Key_Return};
  for (int step = 0; step < 150; ++step) {
    const auto& blocks = document().diagram->blocks;
    if (!blocks.empty()) window.selection().select({blocks[pick(blocks.size())].object});
    const int pressed = keys[pick(std::size(keys))];
    key(static_cast<Qt::Key>(pressed));
    const Document& now = document();
    ASSERT_EQ(now.diagram->blocks.size(), now.shown->objects.size());
    ASSERT_EQ(now.shown->shownAs.size(), now.architecture->objects.size());
    ASSERT_FALSE(now.hasProblems()) << toString(now.diagnostics.front());
    for (const Block& b : now.diagram->blocks) {
      if (b.parent) {
        ASSERT_TRUE(now.diagram->blocks[*b.parent].rect.contains(b.rect)) << b.title;
      }
    }
  }
  while (window.documents().history().canUndo()) window.documents().history().undo();
  EXPECT_EQ(bytes(), original);
}

}  // namespace
}  // namespace taktwerk::test
