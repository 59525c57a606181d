// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>

#include "core/editing/wiring_rule.h"
#include "tests/app/desktop/editor_fixture.h"
#include "widgets/actions/command_table.h"
#include "widgets/diagram/tools/question.h"
#include "widgets/diagram/tools/wire_tool.h"
#include "widgets/palette/palette_panel.h"

namespace taktwerk::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class TemplatesTest : public EditorTest {
 protected:
  TemplatesTest() {
    QObject::connect(editor, &DiagramEditor::said, editor,
                     [this](const QString& sentence) { said = sentence; });
  }
  void run(const char* id) { window.commands().action(id)->trigger(); }
  [[nodiscard]] bool enabled(const char* id) { return window.commands().action(id)->isEnabled(); }
  void select(const std::vector<const char*>& names) {
    ShownSelection::Objects objects;
    for (const char* name : names) objects.insert(block(name).object);
    window.selection().select(objects);
  }
  void makeElement() {
    editor->askTexts = [](const Question&) { return QStringList{"element", "pe"}; };
    select({"execute"});
    run("arrange.template");
    ASSERT_TRUE(has("pe.alu"));
  }
  void undoAll() {
    while (window.documents().history().canUndo()) window.documents().history().undo();
    EXPECT_EQ(bytes(), original);
  }
  QString said;
};

TEST_F(TemplatesTest, UngroupPutsTheBlocksBackWhereTheyStood) {
  openOneMac();
  EXPECT_FALSE(enabled("arrange.ungroup"));
  makeElement();
  const Rect at = block("pe.execute").rect;
  EXPECT_TRUE(enabled("arrange.ungroup"));
  run("arrange.ungroup");
  EXPECT_EQ(window.documents().history().undoText(), "Ungroup pe");
  EXPECT_EQ(block("execute").rect.x, at.x);
  EXPECT_EQ(block("execute").rect.y, at.y);
  EXPECT_EQ(block("alu").parent, block("execute").object.value);
  EXPECT_FALSE(enabled("arrange.ungroup"));
  EXPECT_THAT(window.commands().action("arrange.ungroup")->toolTip().toStdString(),
              HasSubstr("Select one instance"));
  undoAll();
}

TEST_F(TemplatesTest, PinningOrMovingRoundAnOpenInstanceMovesNothingElse) {
  openOneMac();
  makeElement();
  const auto standing = [&] {
    std::map<std::string, Rect> rects;
    for (const Block& b : document().diagram->blocks) {
      rects[document().shown->objects[b.object.index()].name] = b.rect;
    }
    return rects;
  };
  const auto open = [&](const char* name) {
    const auto& group = block(name).group;
    return group && group->open;
  };
  if (!open("pe")) {
    select({"pe"});
    run("group.open");
  }
  ASSERT_TRUE(open("pe"));
  const auto before = standing();
  select({"pe"});
  run("arrange.pin");
  ASSERT_TRUE(block("pe").pinned);
  EXPECT_EQ(standing(), before);
  // So does the file when it is opened again, and moving one block moves that one.
  const Document again = makeDocument({}, bytes(), {{}, {}, nullptr, document().expansion});
  for (const Block& b : again.diagram->blocks) {
    const std::string& name = again.shown->objects[b.object.index()].name;
    EXPECT_EQ(b.rect, before.at(name)) << name;
  }
  undoAll();
  makeElement();
  ASSERT_TRUE(open("pe"));
  auto moved = standing();
  moved["dmem"].y += 40;
  drag(grip("dmem"), grip("dmem") + QPointF(0, 40));
  EXPECT_EQ(standing(), moved);
  undoAll();
}

TEST_F(TemplatesTest, AnArrayIsWrittenOut) {
  openOneMac();
  makeElement();
  select({"pe.alu"});
  EXPECT_FALSE(enabled("arrange.openArray"));
  editor->askTexts = [](const Question&) { return QStringList{"2", ""}; };
  run("arrange.array");
  key(Qt::Key_Asterisk);
  key(Qt::Key_Asterisk);
  ASSERT_TRUE(has("pe[1].alu"));
  select({"pe[1].alu"});
  EXPECT_TRUE(enabled("arrange.openArray"));
  run("arrange.openArray");
  EXPECT_THAT(bytes(), HasSubstr("\"pe[1]\": {template: element}"));
  EXPECT_TRUE(has("pe[1].alu"));
  undoAll();
}

TEST_F(TemplatesTest, BlocksMoveIntoATemplateAndOut) {
  openOneMac();
  makeElement();
  select({"regs"});
  EXPECT_FALSE(enabled("arrange.intoTemplate"));
  select({"regs", "pe.alu"});
  ASSERT_TRUE(enabled("arrange.intoTemplate"));
  run("arrange.intoTemplate");
  EXPECT_EQ(window.documents().history().undoText(), "Move regs into pe");
  ASSERT_TRUE(has("pe.regs"));
  select({"pe.regs"});
  run("arrange.outOfTemplate");
  EXPECT_EQ(window.documents().history().undoText(), "Move regs out of pe");
  EXPECT_TRUE(has("regs"));
  EXPECT_FALSE(has("pe.regs"));
  undoAll();
}

TEST_F(TemplatesTest, AWireBetweenElementsAsksWhichRule) {
  openOneMac();
  makeElement();
  select({"regs", "pe.alu"});
  run("arrange.intoTemplate");
  editor->askTexts = [](const Question&) { return QStringList{"2", "3"}; };
  select({"pe.alu"});
  run("arrange.array");
  key(Qt::Key_Asterisk);
  key(Qt::Key_Asterisk);
  ASSERT_TRUE(has("pe[1][2].alu"));
  view->fit();
  key(Qt::Key_W);
  click(grip("pe[0][0].alu"));
  click(grip("pe[0][1].regs"));
  auto* menu = view->findChild<QMenu*>("ruleMenu");
  ASSERT_TRUE(menu) << said.toStdString();
  std::vector<std::string> sentences;
  for (const QAction* action : menu->actions()) sentences.push_back(action->text().toStdString());
  EXPECT_THAT(sentences, Contains("each pe.alu writes pe.regs of its right neighbour"));
  EXPECT_THAT(sentences, Contains("only pe[0][0].alu writes pe[0][1].regs"));
  menu->actions().front()->trigger();
  EXPECT_EQ(window.documents().history().undoText(),
            "Connect: each pe.alu writes pe.regs of its right neighbour");
  EXPECT_THAT(bytes(), HasSubstr("{writes: [\"pe[r][c].alu\", \"pe[r][c + 1].regs\"], for: {r: 2, c: 2}}"));
  menu->close();
  undoAll();
}

TEST_F(TemplatesTest, TheArrayToolDragsOutRowsAndColumns) {
  openOneMac();
  makeElement();
  select({"regs", "pe.alu"});
  run("arrange.intoTemplate");
  const Rect r = block("pe.execute").rect;
  key(Qt::Key_A, Qt::ShiftModifier);
  const QPointF from = grip("pe.execute");
  Rect all = r;
  const Rect regs = block("pe.regs").rect;
  all.x = std::min(r.x, regs.x);
  all.width = std::max(r.right(), regs.right()) - all.x;
  press(from);
  mouseMove(from + QPointF(all.width + 12, 0));
  EXPECT_THAT(editor->hint().toStdString(), HasSubstr("2 elements"));
  release(from + QPointF(all.width + 12, 0));
  EXPECT_THAT(bytes(), HasSubstr("pe: {template: element, size: 2}"));
  key(Qt::Key_Z, Qt::ControlModifier);
  key(Qt::Key_A, Qt::ShiftModifier);
  const std::string before = bytes();
  press(from);
  mouseMove(from + QPointF(200, 200));
  key(Qt::Key_Escape);
  release(from + QPointF(200, 200));
  EXPECT_EQ(bytes(), before) << "Esc leaves no trace";
  editor->askTexts = [](const Question& q) {
    EXPECT_THAT(q.title.toStdString(), HasSubstr("pe"));
    return QStringList{"mac_latency", "2"};
  };
  key(Qt::Key_A, Qt::ShiftModifier);
  click(grip("pe.execute"));
  EXPECT_THAT(bytes(), HasSubstr("size: [mac_latency, 2]"));
  undoAll();
}

TEST_F(TemplatesTest, TheLibraryIsInThePaletteAndPlacedWithItsTemplate) {
  openOneMac();
  auto* tree = window.findChild<PalettePanel*>()->tree();
  const auto found = tree->findItems("element · Systolic array", Qt::MatchExactly | Qt::MatchRecursive);
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found.front()->parent()->text(0), "Library");
  mouseMove(QPointF(40, 40));
  key(Qt::Key_A);
  QuickAdd& box = editor->quickAddBox();
  auto* line = box.findChild<QLineEdit*>();
  QTest::keyClicks(line, "neighbours systolic");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_THAT(bytes(), HasSubstr("from: systolic-array"));
  EXPECT_THAT(bytes(), HasSubstr("  element: {template: element}"));
  ASSERT_TRUE(has("element.alu")) << said.toStdString();
  EXPECT_EQ(window.documents().history().count(), 1);
  select({"element.alu"});
  EXPECT_FALSE(enabled("arrange.updateTemplate"));
  EXPECT_THAT(window.commands().action("arrange.updateTemplate")->toolTip().toStdString(),
              HasSubstr("nothing to update"));
  // Changed here, it can be brought back.
  ASSERT_TRUE(
      window.documents().edit("x", {SetAttribute{"alu", "latency", yamlScalar("9"), "element"}}).isEmpty());
  select({"element.alu"});
  ASSERT_TRUE(enabled("arrange.updateTemplate"));
  run("arrange.updateTemplate");
  EXPECT_THAT(said.toStdString(), HasSubstr("element updated: alu: latency 9 → element_latency"));
  undoAll();
}

TEST_F(TemplatesTest, ReplacingABlockKeepsItsWiresAndTellsWhichBecomeIllegal) {
  openOneMac();
  const std::size_t wires = document().shown->connections.size();
  select({"dmem"});
  editor->replaceBy(ObjectClass::Dram);
  EXPECT_EQ(document().shown->connections.size(), wires);
  EXPECT_EQ(said, QString());
  select({"dmem"});
  editor->replaceBy(ObjectClass::PipelineStage);
  EXPECT_EQ(document().shown->connections.size(), wires);
  EXPECT_THAT(said.toStdString(), HasSubstr("dmem has 2 wires that a PipelineStage cannot have: lsu ("));
  EXPECT_TRUE(document().hasProblems());
  undoAll();
}

TEST_F(TemplatesTest, TheDialogSaysWhyAnAnswerWillNotDo) {
  openOneMac();
  Question asked;
  editor->askTexts = [&](const Question& question) {
    asked = question;
    QuestionDialog dialog(theme, question);
    dialog.show();
    auto* ok = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    auto* line = dialog.findChildren<QLineEdit*>().front();
    auto* message = dialog.findChild<QLabel*>("message");
    EXPECT_TRUE(ok->isEnabled());
    EXPECT_EQ(ok->text(), "Make template");
    line->setText("two words");
    EXPECT_FALSE(ok->isEnabled());
    EXPECT_THAT(message->text().toStdString(), HasSubstr("letters, digits and _"));
    EXPECT_EQ(ok->toolTip().isEmpty(), false);
    line->setText("element");
    EXPECT_TRUE(ok->isEnabled());
    dialog.findChildren<QLineEdit*>().back()->setText("regs");
    EXPECT_FALSE(ok->isEnabled());
    EXPECT_THAT(message->text().toStdString(), HasSubstr("There is a block regs already"));
    return std::optional<QStringList>();
  };
  select({"execute"});
  run("arrange.template");
  EXPECT_EQ(asked.title, "Make template");
  EXPECT_EQ(bytes(), original);
}

}  // namespace
}  // namespace taktwerk::test
