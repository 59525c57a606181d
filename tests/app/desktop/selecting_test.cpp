// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected, found, placed and shown on the canvas, by mouse and keyboard.
#include <QDockWidget>
#include <QTest>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/outline/outline_panel.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class SelectingTest : public EditorTest {
 protected:
  void run(const char* command) { ASSERT_TRUE(window.commands().command(command).run()) << command; }
  [[nodiscard]] std::vector<std::string> selected() {
    std::vector<std::string> names;
    for (const ShownId id : window.selection().objects())
      names.push_back(document().shown->objects[id.index()].name);
    return names;
  }
  [[nodiscard]] std::string scene() { return window.findChild<DiagramScene*>()->dump().toStdString(); }
  /// A point in the middle of a piece of a wire from one block to another.
  [[nodiscard]] QPointF onWire(const char* from, const char* to) {
    for (const Wire& wire : document().diagram->wires) {
      if (wire.from != block(from).object.value || wire.to != block(to).object.value) continue;
      for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
        const Point a = wire.points[k], b = wire.points[k + 1];
        if (std::abs(a.x - b.x) + std::abs(a.y - b.y) >= 20) return {(a.x + b.x) / 2, (a.y + b.y) / 2};
      }
    }
    throw std::runtime_error("no such wire");
  }
};

TEST_F(SelectingTest, InvertsAndTakesAllOfAClass) {
  openOneMac();
  click(grip("imem"));
  run("edit.selectClass");
  EXPECT_THAT(selected(), UnorderedElementsAre("imem", "dmem"));
  const std::size_t all = document().shown->objects.size();
  key(Qt::Key_I, Qt::ControlModifier);
  EXPECT_EQ(selected().size(), all - 2);
  EXPECT_THAT(selected(), Not(testing::Contains("imem")));
  key(Qt::Key_I, Qt::ControlModifier);
  EXPECT_THAT(selected(), UnorderedElementsAre("imem", "dmem"));
  EXPECT_EQ(bytes(), original);
}

TEST_F(SelectingTest, SelectsByWhatIsTyped) {
  openOneMac();
  std::vector<QString> previews;
  editor->askTexts = [&](const Question& question) {
    EXPECT_TRUE(question.problem({"SRAM with prots < 2"}));
    EXPECT_TRUE(question.problem({"DRAM"})) << "there is none";
    EXPECT_FALSE(question.problem({"SRAM"}));
    previews.push_back(question.preview({"SRAM"}));
    return std::optional(QStringList{"SRAM"});
  };
  key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_THAT(selected(), UnorderedElementsAre("imem", "dmem"));
  EXPECT_THAT(previews, ElementsAre(QString("2 blocks")));
  editor->askTexts = [](const Question& question) {
    EXPECT_EQ(question.fields.front().text, "SRAM") << "what was asked the last time";
    return std::optional<QStringList>();
  };
  run("edit.selectWhere");
  EXPECT_THAT(selected(), UnorderedElementsAre("imem", "dmem")) << "as it was";
}

TEST_F(SelectingTest, ReturnInTheOutlinesFilterGoesFromBlockToBlock) {
  openOneMac();
  key(Qt::Key_F, Qt::ControlModifier);
  auto* filter = window.findChild<OutlinePanel*>()->findChild<QLineEdit*>();
  ASSERT_TRUE(filter->hasFocus());
  QTest::keyClicks(filter, "mem");
  std::vector<std::string> steps;
  for (int i = 0; i < 3; ++i) {
    QTest::keyClick(filter, Qt::Key_Return);
    ASSERT_EQ(selected().size(), 1U);
    steps.push_back(selected().front());
  }
  EXPECT_THAT(std::vector(steps.begin(), steps.begin() + 2), UnorderedElementsAre("imem", "dmem"));
  EXPECT_EQ(steps[2], steps[0]) << "round the end";
  QTest::keyClick(filter, Qt::Key_Return, Qt::ShiftModifier);
  EXPECT_THAT(selected(), ElementsAre(steps[1]));
  EXPECT_TRUE(filter->hasFocus()) << "to go on";
}

TEST_F(SelectingTest, F3GoesOnFromTheDiagram) {
  openOneMac();
  EXPECT_FALSE(window.commands().command("edit.findNext").action()->isEnabled()) << "nothing is searched";
  key(Qt::Key_F, Qt::ControlModifier);
  auto* filter = window.findChild<OutlinePanel*>()->findChild<QLineEdit*>();
  QTest::keyClicks(filter, "mem");
  QTest::keyClick(filter, Qt::Key_F3);
  ASSERT_EQ(selected().size(), 1U);
  const std::string first = selected().front();
  view->zoomTo100();
  view->centerOn(QPointF(-3000, -3000));  // far from all blocks
  key(Qt::Key_F3);
  ASSERT_EQ(selected().size(), 1U);
  EXPECT_NE(selected().front(), first);
  const Rect found = block(selected().front().c_str()).rect;
  EXPECT_TRUE(view->mapToScene(view->viewport()->rect())
                  .boundingRect()
                  .contains(QRectF(found.x, found.y, found.width, found.height)))
      << "it is brought into sight";
  key(Qt::Key_F3, Qt::ShiftModifier);
  EXPECT_THAT(selected(), ElementsAre(first));
}

TEST_F(SelectingTest, APlaceIsTyped) {
  openOneMac();
  click(grip("dmem"));
  editor->askTexts = [&](const Question& question) {
    EXPECT_TRUE(question.problem({"left", "20"}));
    EXPECT_TRUE(question.problem({"20", "1000001"}));
    return std::optional(QStringList{"1203", "-47"});
  };
  run("arrange.position");
  EXPECT_EQ(block("dmem").rect.x, 1200) << "on the grid";
  EXPECT_EQ(block("dmem").rect.y, -50);
  EXPECT_EQ(window.documents().history().count(), 1) << "one step";
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(SelectingTest, DraggedBlocksComeInLineWithOthers) {
  openOneMac();
  run("view.zoom100");
  for (int i = 0; i < 5; ++i) key(Qt::Key_Minus);
  ASSERT_LT(view->zoom(), 0.4) << "the reach is more than one step of the grid";
  const Rect fetch = block("fetch").rect, dmem = block("dmem").rect;
  // To one step of the grid beside the left side of fetch, far below everything.
  const QPointF by(fetch.x - 10 - dmem.x, 900 - dmem.y);
  const QPointF from = grip("dmem");
  mouseMove(from);
  press(from);
  mouseMove(from + by / 2);
  mouseMove(from + by);
  release(from + by);
  EXPECT_EQ(block("dmem").rect.x, fetch.x) << "in line";
  key(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_EQ(block("dmem").rect.x, dmem.x);
  mouseMove(from);
  press(from);
  mouseMove(from + by / 2);
  const QPoint to = pixel(from + by);
  QMouseEvent moved(QEvent::MouseMove, to, view->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                    Qt::ControlModifier);
  QApplication::sendEvent(view->viewport(), &moved);
  release(from + by, Qt::ControlModifier);
  EXPECT_NEAR(block("dmem").rect.x, fetch.x - 10, 1e-9) << "by the grid alone";
}

TEST_F(SelectingTest, PagesThatAreNotInFrontTakeNoRoomFromPanels) {
  openOneMac();
  window.resize(1280, 800);
  QApplication::processEvents();
  const auto* palette = window.findChild<QDockWidget*>("palette");
  ASSERT_TRUE(palette && palette->isVisible());
  EXPECT_EQ(window.width(), 1280);
  EXPECT_GE(palette->width(), 150) << "as its view says";
  for (const char* page : {"view.sweep", "view.calibrate", "view.compare", "view.diagram"}) {
    run(page);
    QApplication::processEvents();
    EXPECT_LE(window.minimumSizeHint().width(), 1024) << page;
  }
}

TEST_F(SelectingTest, TheWireUnderTheMouseIsShownFromEndToEnd) {
  openOneMac();
  const QPointF at = onWire("fetch", "decode");
  mouseMove(at);
  EXPECT_THAT(scene(), HasSubstr(" hovered\n"));
  EXPECT_THAT(scene(), HasSubstr("state fetch: hovered"));
  EXPECT_THAT(scene(), HasSubstr("state decode: hovered"));
  EXPECT_THAT(scene(), Not(HasSubstr("state dmem: hovered")));
  mouseMove(QPointF(view->mapToScene(QPoint(3, 3))));
  EXPECT_THAT(scene(), Not(HasSubstr("hovered")));
  mouseMove(at);
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(view, &leave);
  EXPECT_THAT(scene(), Not(HasSubstr("hovered")));
}

TEST_F(SelectingTest, KindsOfWiresAreHiddenAndCannotBeHit) {
  openOneMac();
  const QPointF at = onWire("fetch", "decode");
  run("view.forwardWires");
  EXPECT_FALSE(window.commands().action("view.forwardWires")->isChecked());
  EXPECT_THAT(scene(), HasSubstr(" hidden\n"));
  click(at);
  EXPECT_FALSE(window.selection().connection().valid());
  // It outlives an edit.
  click(grip("dmem"));
  key(Qt::Key_Right);
  EXPECT_THAT(scene(), HasSubstr(" hidden\n"));
  key(Qt::Key_Z, Qt::ControlModifier);
  run("view.forwardWires");
  EXPECT_THAT(scene(), Not(HasSubstr(" hidden\n")));
  click(at);
  EXPECT_TRUE(window.selection().connection().valid());
  EXPECT_EQ(bytes(), original);
}

TEST_F(SelectingTest, WiresThatDoNotTouchTheSelectionAreDimmed) {
  openOneMac();
  run("view.dimOthers");
  EXPECT_THAT(scene(), Not(HasSubstr("faint"))) << "nothing is selected";
  click(grip("dmem"));
  EXPECT_THAT(scene(), HasSubstr("faint"));
  key(Qt::Key_Escape);
  EXPECT_THAT(scene(), Not(HasSubstr("faint")));
}

}  // namespace
}  // namespace taktwerk::test
