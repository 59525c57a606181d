// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/wire_bends.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/folding/fold.h"

namespace taktwerk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Line = std::vector<Point>;

/// Two blocks of 100 by 100 side by side, connected at the middle of the sides that face each other.
LineEnds ends(double fromX = 0, double fromY = 0, double toX = 400, double toY = 0) {
  return {{{fromX + 100, fromY + 50}, Side::Right, {fromX, fromY, 100, 100}},
          {{toX, toY + 50}, Side::Left, {toX, toY, 100, 100}}};
}

TEST(LineThrough, GoesThroughItsBends) {
  EXPECT_THAT(lineThrough(ends(), {{120, 50}, {120, 200}, {380, 200}, {380, 50}}),
              ElementsAre(Point{100, 50}, Point{120, 50}, Point{120, 200}, Point{380, 200}, Point{380, 50},
                          Point{400, 50}));
  EXPECT_THAT(lineThrough(ends(), {{200, 200}}), ElementsAre(Point{100, 50}, Point{200, 50}, Point{200, 200},
                                                             Point{380, 200}, Point{380, 50}, Point{400, 50}))
      << "one point by hand: there and on";
}

TEST(LineThrough, BendsSlideWithTheirPorts) {
  const Line bends{{120, 50}, {120, 200}, {380, 200}, {380, 50}};
  EXPECT_THAT(lineThrough(ends(0, -40), bends), ElementsAre(Point{100, 10}, Point{120, 10}, Point{120, 200},
                                                            Point{380, 200}, Point{380, 50}, Point{400, 50}));
  EXPECT_THAT(lineThrough(ends(0, 0, 460, 30), bends),
              ElementsAre(Point{100, 50}, Point{120, 50}, Point{120, 200}, Point{380, 200}, Point{380, 80},
                          Point{460, 80}));
  EXPECT_THAT(lineThrough(ends(60, 0), bends), ElementsAre(Point{160, 50}, Point{180, 50}, Point{180, 200},
                                                           Point{380, 200}, Point{380, 50}, Point{400, 50}))
      << "the stub goes along with the block that moved past it";
}

TEST(LineThrough, LeavesOutWhatABlockHasMovedPast) {
  EXPECT_THAT(lineThrough(ends(200, 0, 600, 60), {{250, 50}, {250, 110}}), IsEmpty());
  EXPECT_THAT(lineThrough(ends(380, 0, 0, 0), {{120, 50}, {120, 200}, {380, 200}, {380, 50}}), IsEmpty());
}

TEST(LineThrough, NeverCrossesItsOwnBlocks) {
  // Down, and back to the left below its own block would be right; through it would not.
  EXPECT_THAT(lineThrough(ends(0, 0, 400, 0), {{120, 50}, {120, 60}, {-50, 60}, {-50, 200}, {380, 200}}),
              IsEmpty());
  EXPECT_THAT(lineThrough(ends(0, 0, 400, 0), {{120, 50}, {120, 150}, {-50, 150}, {-50, 200}, {380, 200}}),
              ::testing::SizeIs(8));
}

TEST(BendsAfterDrag, MovesThePiecesAndKeepsStubsAtThePorts) {
  EXPECT_THAT(bendsAfterDrag({{100, 50}, {250, 50}, {250, 110}, {400, 110}}, 1, 303),
              ElementsAre(Point{300, 50}, Point{300, 110}));
  EXPECT_THAT(bendsAfterDrag({{100, 50}, {400, 50}}, 0, 200),
              ElementsAre(Point{120, 50}, Point{120, 200}, Point{380, 200}, Point{380, 50}));
  EXPECT_THAT(bendsAfterDrag({{100, 50}, {250, 50}, {250, 110}, {400, 110}}, 0, 20),
              ElementsAre(Point{120, 50}, Point{120, 20}, Point{250, 20}, Point{250, 110}));
  EXPECT_THAT(bendsAfterDrag({{100, 50}, {250, 50}, {250, 110}, {400, 110}}, 2, 160),
              ElementsAre(Point{250, 50}, Point{250, 160}, Point{380, 160}, Point{380, 110}));
  EXPECT_THAT(bendsAfterDrag({{100, 50}, {120, 50}, {120, 200}, {380, 200}, {380, 50}, {400, 50}}, 2, 50),
              IsEmpty())
      << "dragged back to a straight line";
}

TEST(BendsAfterDrag, GiveTheLineThatWasDraggedAndAlwaysARectangularOne) {
  std::mt19937 random(5);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  for (int round = 0; round < 300; ++round) {
    const LineEnds e = ends();
    Line line{{100, 50}, {400, 50}};
    for (int drag = 0; drag < 6; ++drag) {
      const auto piece = static_cast<std::size_t>(below(static_cast<int>(line.size()) - 1));
      const double to = isLevel(line, piece) ? below(60) * 10 - 300 : below(26) * 10 + 120;
      const Line bends = bendsAfterDrag(line, piece, to);
      const Line next = lineThrough(e, bends);
      if (next.empty()) continue;  // straight, or across a block
      line = next;
      ASSERT_EQ(line.front(), e.from.at);
      ASSERT_EQ(line.back(), e.to.at);
      for (std::size_t k = 0; k + 1 < line.size(); ++k) {
        ASSERT_NE(line[k].x == line[k + 1].x, line[k].y == line[k + 1].y) << "piece " << k;
      }
      // Moved by any way, the line still ends at the ports and is rectangular.
      const LineEnds moved =
          ends(below(40) * 10 - 200, below(40) * 10 - 200, below(60) * 10, below(40) * 10 - 200);
      const Line after = lineThrough(moved, bends);
      if (after.empty()) continue;
      ASSERT_EQ(after.front(), moved.from.at);
      ASSERT_EQ(after.back(), moved.to.at);
      for (std::size_t k = 0; k + 1 < after.size(); ++k) {
        ASSERT_TRUE(after[k].x == after[k + 1].x || after[k].y == after[k + 1].y);
      }
    }
  }
}

constexpr const char* pair = R"(format: taktwerk-architecture/1
objects:
  fetch: {class: InstructionFetchStage, latency: 1, at: [0, 0]}
  execute: {class: ExecuteStage, latency: 1, at: [400, 0]}
  regs: {class: RegisterFile, registers: [r0], at: [800, 0]}
  alu: {class: FunctionalUnit, operations: [add], latency: 1}
connections:
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - reads: [alu, regs]
)";

TEST(BentWires, AreDrawnThroughTheBendsOfTheFile) {
  std::string text = pair;
  const auto drawn = [&] {
    const Result<Architecture> a = parseArchitecture(text, "pair.arch.yaml");
    return drawBlockDiagram(unfolded(*a));
  };
  const BlockDiagram before = drawn();
  ASSERT_EQ(before.wires.size(), 2U);
  const Wire forward = before.wires[0];
  const Line bends = bendsAfterDrag(forward.points, 0, forward.points[0].y + 200);
  ASSERT_EQ(bends.size(), 4U);
  const auto viaOf = [](const Line& line) {
    std::string via = ", via: [";
    for (const Point& p : line) {
      via += (via.size() > 8 ? ", [" : "[") + std::to_string(static_cast<int>(p.x)) + ", " +
             std::to_string(static_cast<int>(p.y)) + "]";
    }
    return via + "]}";
  };
  text.replace(text.find("forward: [fetch, execute]"), 25, "{forward: [fetch, execute]" + viaOf(bends));
  const BlockDiagram after = drawn();
  EXPECT_TRUE(after.wires[0].bent);
  EXPECT_FALSE(after.wires[1].bent);
  EXPECT_EQ(after.wires[0].points, lineThrough({{forward.points.front(), Side::Right, after.blocks[0].rect},
                                                {forward.points.back(), Side::Left, after.blocks[1].rect}},
                                               bends));
  EXPECT_THAT(describe(after), HasSubstr("wire forward fetch -> execute bent:"));

  // A read is drawn from the storage to the unit, its bends stand in the file from the unit to the storage.
  const Wire read = after.wires[1];
  Line back = bendsAfterDrag(read.points, 0, read.points[0].y + 150);
  std::reverse(back.begin(), back.end());
  text.replace(text.find("reads: [alu, regs]"), 18, "{reads: [alu, regs]" + viaOf(back));
  const BlockDiagram both = drawn();
  ASSERT_TRUE(both.wires[1].bent);
  EXPECT_EQ(both.wires[1].points.front(), read.points.front());
  EXPECT_EQ(both.wires[1].points[2].y, read.points[0].y + 150);
}

}  // namespace
}  // namespace taktwerk
