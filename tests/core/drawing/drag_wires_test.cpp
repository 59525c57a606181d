// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/drag_wires.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/folding/fold.h"
#include "tests/support/stage_row.h"

namespace taktwerk {
namespace {

BlockDiagram drawn(const std::string& text) {
  const Result<Architecture> a = parseArchitecture(text, "drag.arch.yaml");
  return drawBlockDiagram(unfolded(*a));
}

void expectRectangular(const std::vector<Point>& line) {
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    EXPECT_TRUE(line[k].x == line[k + 1].x || line[k].y == line[k + 1].y) << "piece " << k;
  }
}

bool crosses(const std::vector<Point>& line, const Rect& r) {
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Point a = line[k], b = line[k + 1];
    if (std::max(a.x, b.x) > r.left() && std::min(a.x, b.x) < r.right() && std::max(a.y, b.y) > r.top() &&
        std::min(a.y, b.y) < r.bottom())
      return true;
  }
  return false;
}

/// Three stages in a row: the first forwards to the last.
const std::string row = R"(format: taktwerk-architecture/1
objects:
  a: {class: PipelineStage, latency: 1, at: [0, 0]}
  b: {class: PipelineStage, latency: 1, at: [300, 300]}
  c: {class: PipelineStage, latency: 1, at: [600, 0]}
connections:
  - forward: [a, c]
)";

TEST(WiresWhileDragging, GoRoundOtherBlocks) {
  const BlockDiagram diagram = drawn(row);
  for (const double y : {0.0, 200.0, 300.0, 320.0}) {
    const std::vector<Wire> wires = wiresWhileDragging(diagram, {2}, {0, y});
    ASSERT_EQ(wires.size(), 1U);
    const std::vector<Point>& line = wires[0].points;
    expectRectangular(line);
    EXPECT_FALSE(crosses(line, diagram.blocks[1].rect)) << y;
    EXPECT_EQ(line.front(), diagram.wires[0].points.front());
    EXPECT_EQ(line.back(), (Point{diagram.wires[0].points.back().x, diagram.wires[0].points.back().y + y}));
  }
  // Both down behind the block between them: a straight line would cross it.
  const std::vector<Wire> wires =
      wiresWhileDragging(drawn(std::string(row).replace(row.find("[0, 0]"), 6, "[0, 300]")), {2}, {0, 300});
  EXPECT_FALSE(crosses(wires[0].points, diagram.blocks[1].rect));
}

TEST(WiresWhileDragging, KeepTheirShapeBetweenDraggedBlocksAndTheirBends) {
  const BlockDiagram diagram = drawn(row);
  const std::vector<Wire> together = wiresWhileDragging(diagram, {0, 2}, {30, 40});
  ASSERT_EQ(together.size(), 1U);
  for (std::size_t i = 0; i < together[0].points.size(); ++i) {
    EXPECT_EQ(together[0].points[i],
              (Point{diagram.wires[0].points[i].x + 30, diagram.wires[0].points[i].y + 40}));
  }
  EXPECT_TRUE(wiresWhileDragging(diagram, {1}, {30, 40}).empty()) << "it has no wires";
  std::string bent = row;
  bent.replace(bent.find("forward: [a, c]"), 15, "{forward: [a, c], via: [[400, -100], [500, -100]]}");
  const std::vector<Wire> kept = wiresWhileDragging(drawn(bent), {2}, {0, 200});
  EXPECT_THAT(kept[0].points, ::testing::Contains(Point{400, -100}));
  EXPECT_THAT(kept[0].points, ::testing::Contains(Point{500, -100}));
  expectRectangular(kept[0].points);
}

/// Steps of the search for the wires of what is dragged, the most of several places.
std::int64_t stepsOfDrag(const BlockDiagram& diagram, const std::set<std::uint32_t>& dragged) {
  std::int64_t most = 0;
  for (int round = 0; round < 9; ++round) {
    std::int64_t steps = 0;
    const std::vector<Wire> wires =
        wiresWhileDragging(diagram, dragged, {40.0 * round, 20.0 * round}, &steps);
    EXPECT_FALSE(wires.empty());
    for (const Wire& wire : wires) expectRectangular(wire.points);
    most = std::max(most, steps);
  }
  return most;
}

TEST(WiresWhileDragging, SearchNoMoreInALargeDiagramThanInASmallOne) {
  const BlockDiagram small = drawn(rowsOfStages(80)), large = drawn(rowsOfStages(332));
  ASSERT_GE(large.blocks.size(), 997U);
  // A stage in the middle with its unit.
  const std::set<std::uint32_t> stage{1 + 3 * 50, 2 + 3 * 50};
  const std::int64_t inSmall = stepsOfDrag(small, stage), inLarge = stepsOfDrag(large, stage);
  EXPECT_GT(inSmall, 0) << "its wires are searched for";
  EXPECT_LE(inLarge, mostDragWork);
  EXPECT_LE(inLarge, inSmall + inSmall / 2);
  // The memory that everything reads: too many wires to search for.
  EXPECT_EQ(stepsOfDrag(large, {0}), 0);
}

}  // namespace
}  // namespace taktwerk
