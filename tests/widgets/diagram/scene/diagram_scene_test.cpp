// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/diagram_scene.h"

#include <QHelpEvent>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "widgets/diagram/scene/block_text.h"
#include "widgets/diagram/scene/diagram_items.h"
#include "widgets/diagram/scene/diagram_legend.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/session/selection_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DiagramSceneTest : public ::testing::Test {
 protected:
  DiagramSceneTest() {
    scene.setDocument(document);
    view.resize(900, 600);
    view.show();
    view.fit();
  }
  ShownId id(const char* name) { return document->shown->find(name)->shown; }
  QPoint middleOf(const char* name) {
    const Rect& r = document->diagram->blocks[id(name).index()].rect;
    return view.mapFromScene(QPointF(r.centre().x, r.centre().y));
  }
  std::string dump() { return scene.dump().toStdString(); }

  Theme theme{false};
  SelectionModel model;
  std::shared_ptr<const Document> document = oneMacDocument();
  ShownSelection selection{model, [this] { return document->shown; }};
  DiagramScene scene{theme, model};
  DiagramView view{scene, theme};
};

TEST_F(DiagramSceneTest, ShowsHowBusyBlocksWereWhileAsked) {
  std::vector<double> heat(document->diagram->blocks.size(), -1);
  heat[id("alu").index()] = 0.345;
  const auto picture = [&] { return view.grab().toImage(); };
  const QImage before = picture();
  scene.setHeat(heat);
  EXPECT_THAT(dump(), HasSubstr("state alu: busy 34.5"));
  EXPECT_THAT(dump(), Not(HasSubstr("state lsu")));
  EXPECT_NE(picture(), before);
  scene.setHeat({});
  EXPECT_THAT(dump(), Not(HasSubstr("busy")));
  EXPECT_EQ(picture(), before);
}

TEST_F(DiagramSceneTest, ShowsEveryBlockAndConnectionOfOneMac) {
  const std::string text = dump();
  for (const char* block :
       {"block imem [On-chip memory, SRAM]", "block fetch [Fetch / control, InstructionFetchStage]",
        "block decode [Pipeline stage, PipelineStage]", "block alu [Compute, FunctionalUnit]",
        "block lsu [Memory access, MemoryAccessUnit]", "block regs [Register file, RegisterFile]"}) {
    EXPECT_THAT(text, HasSubstr(block));
  }
  for (const char* wire :
       {"wire forward fetch -> decode:", "wire forward decode -> execute:", "wire reads imem -> imau:",
        "wire reads regs -> alu:", "wire writes lsu -> dmem:"}) {
    EXPECT_THAT(text, HasSubstr(wire));
  }
  EXPECT_THAT(text, Not(HasSubstr("wire contains")));
  EXPECT_EQ(scene.items().size(), 9 + 9 + 1) << "blocks, wires, and one item for the ports";
}

TEST_F(DiagramSceneTest, TextsAreReadableStayInTheirBlockAndOffEachOther) {
  for (const double scale :
       {0.13, 0.2, 0.3, 0.36, 0.42, 0.5, 0.56, 0.62, 0.7, 0.74, 0.8, 0.9, 1.0, 1.25, 2.0}) {
    std::size_t lines = 0;
    for (const Block& block : document->diagram->blocks) {
      double above = 0;
      for (const BlockText& text : textsOf(block, {}, scale)) {
        const std::string where =
            block.title + " at " + std::to_string(scale) + ": " + text.text.toStdString();
        const QFontMetricsF metrics(blockFont(text.pixels, text.bold));
        EXPECT_GE(text.pixels, 9) << where;
        EXPECT_GE(text.x, 0) << where;
        EXPECT_LE(text.x + metrics.horizontalAdvance(text.text), block.rect.width * scale + 0.5) << where;
        EXPECT_LE(text.baseline, block.rect.height * scale) << where;
        if (text.role == BlockText::Role::ClassName || text.role == BlockText::Role::Detail) {
          EXPECT_GE(text.baseline - metrics.capHeight(), std::max(above, headerHeight * scale)) << where;
          above = text.baseline;
          ++lines;
        }
      }
    }
    EXPECT_EQ(lines > 0, scale > 0.4) << scale;
  }
  const Block& regs = document->diagram->blocks[id("regs").index()];
  EXPECT_EQ(textsOf(regs, {}, 1).size(), 3 + regs.details.size()) << "at 100 % all of them";
  EXPECT_LT(textsOf(regs, {false, 20}, 0.6).size(), textsOf(regs, {}, 1).size()) << "none where a mark is";
}

TEST_F(DiagramSceneTest, ATooltipHasTheWholeOfWhatABlockCuts) {
  const auto longNamed = documentOf(R"(format: taktwerk-architecture/1
name: long
objects:
  a_stage_with_a_name_that_is_longer_than_any_block_can_be_wide_on_any_screen: {class: PipelineStage, latency: 3}
connections: []
)");
  scene.setDocument(longNamed);
  view.fit();
  const Rect& r = longNamed->diagram->blocks[0].rect;
  const QPoint at = view.mapFromScene(QPointF(r.centre().x, r.centre().y));
  QHelpEvent event(QEvent::ToolTip, at, view.viewport()->mapToGlobal(at));
  QApplication::sendEvent(view.viewport(), &event);
  const std::string shown = QToolTip::text().toStdString();
  EXPECT_THAT(shown,
              HasSubstr("a_stage_with_a_name_that_is_longer_than_any_block_can_be_wide_on_any_screen"));
  EXPECT_THAT(shown, HasSubstr("latency: 3"));
  QToolTip::hideText();
}

TEST_F(DiagramSceneTest, TheLegendCoversNothingOfTheDiagram) {
  auto* legend = view.findChild<DiagramLegend*>();
  ASSERT_TRUE(legend);
  const auto covers = [&] {
    const QRectF part = view.mapToScene(legend->geometry()).boundingRect();
    for (const Block& block : document->diagram->blocks) {
      if (part.intersects(QRectF(block.rect.x, block.rect.y, block.rect.width, block.rect.height)))
        return true;
    }
    for (const Wire& wire : document->diagram->wires) {
      for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
        const QPointF a(wire.points[k].x, wire.points[k].y), b(wire.points[k + 1].x, wire.points[k + 1].y);
        if (part.intersects(QRectF(a, b).normalized().adjusted(-0.1, -0.1, 0.1, 0.1))) return true;
      }
    }
    return false;
  };
  for (const QSize size : {QSize(900, 600), QSize(900, 330), QSize(420, 600), QSize(500, 250)}) {
    view.resize(size);
    view.fit();
    EXPECT_TRUE(legend->isVisible()) << size.width() << " " << size.height() << ": there is room left for it";
    EXPECT_FALSE(covers()) << size.width() << " " << size.height();
  }
  // Wherever one goes it makes way, or is not there.
  view.resize(900, 600);
  view.zoomTo100();
  for (const Block& block : document->diagram->blocks) {
    for (const double zoom : {1.0, 2.5, 1.0}) {
      view.showPlace({block.rect.x, block.rect.bottom()}, zoom);
      EXPECT_FALSE(legend->isVisible() && covers()) << block.title;
    }
  }
  view.showPlace({document->diagram->bounds.x, document->diagram->bounds.y}, 1);
  EXPECT_TRUE(legend->isVisible());
}

TEST_F(DiagramSceneTest, SelectsTheBlockThatIsClicked) {
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, middleOf("alu"));
  EXPECT_EQ(selection.objects(), ShownSelection::Objects{id("alu")});
  EXPECT_THAT(dump(), HasSubstr("state alu: selected"));
  QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ControlModifier, middleOf("regs"));
  EXPECT_EQ(selection.objects(), (ShownSelection::Objects{id("alu"), id("regs")}));
  QTest::keyClick(&view, Qt::Key_Escape);
  EXPECT_TRUE(selection.objects().empty());
}

TEST_F(DiagramSceneTest, SelectsTheWireThatIsClicked) {
  for (const Wire& wire : document->diagram->wires) {
    if (wire.kind != ConnectionKind::Forward) continue;
    const Point a = wire.points[0];
    const Point b = wire.points[1];
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {},
                      view.mapFromScene(QPointF((a.x + b.x) / 2, (a.y + b.y) / 2)));
    EXPECT_EQ(selection.connection(), wire.connection);
    EXPECT_TRUE(selection.objects().empty());
  }
}

TEST_F(DiagramSceneTest, FollowsSelectionAndHoverOfOtherViews) {
  selection.select(ShownSelection::Objects{id("dmem")});
  selection.hover({id("lsu"), id("alu")});
  EXPECT_THAT(dump(), HasSubstr("state dmem: selected"));
  EXPECT_THAT(dump(), HasSubstr("state lsu: hovered"));
  selection.hover({});
  selection.clear();
  EXPECT_THAT(dump(), Not(HasSubstr("state")));
}

TEST_F(DiagramSceneTest, ZoomsAtTheCursor) {
  const QPoint cursor = middleOf("regs");
  const QPointF before = view.mapToScene(cursor);
  const double zoom = view.zoom();
  QWheelEvent event(cursor, view.viewport()->mapToGlobal(cursor), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QTest::mouseMove(view.viewport(), cursor);
  QApplication::sendEvent(view.viewport(), &event);
  EXPECT_NEAR(view.zoom(), zoom * 1.44, 1e-9);
  const QPointF after = view.mapToScene(cursor);
  EXPECT_NEAR(after.x(), before.x(), 3 / view.zoom());
  EXPECT_NEAR(after.y(), before.y(), 3 / view.zoom());
  view.fit();
  EXPECT_NEAR(view.zoom(), zoom, 1e-9);
}

TEST_F(DiagramSceneTest, StaysWithinItsZoomLimits) {
  for (int i = 0; i < 200; ++i) view.zoomBy(2);
  EXPECT_LE(view.zoom(), 8);
  for (int i = 0; i < 200; ++i) view.zoomBy(0.5);
  EXPECT_GE(view.zoom(), 0.01);
}

TEST_F(DiagramSceneTest, PaintsAtEveryLevelOfDetail) {
  for (const double zoom : {0.05, 0.2, 1.0, 3.0}) {
    view.zoomTo100();
    view.zoomBy(zoom);
    const Rect& r = document->diagram->blocks[id("decode").index()].rect;
    view.centerOn(QPointF(r.centre().x, r.centre().y));
    const QImage image = view.grab().toImage();
    const QPointF header(r.right() - 8, r.top() + 6);
    const QPoint at = view.mapFromScene(zoom < flatBelow ? QPointF(r.centre().x, r.centre().y) : header);
    ASSERT_TRUE(image.rect().contains(at)) << zoom;
    EXPECT_EQ(image.pixelColor(at), theme.kind(BlockKind::Stage)) << zoom;
  }
}

TEST_F(DiagramSceneTest, MarksBlocksWithProblems) {
  const auto broken = documentOf(R"(format: taktwerk-architecture/1
name: broken
objects:
  a: {class: PipelineStage, latency: -3}
  b: {class: Teleporter}
connections: []
)");
  scene.setDocument(broken);
  EXPECT_THAT(dump(), HasSubstr("state a: error"));
  EXPECT_THAT(dump(), HasSubstr("block b [Unknown class, Teleporter]"));
  scene.setDocument(nullptr);
  EXPECT_TRUE(scene.dump().isEmpty());
  EXPECT_TRUE(scene.items().isEmpty());
}

}  // namespace
}  // namespace taktwerk::test
