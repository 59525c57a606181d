// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/wire_router.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

Block blockAt(std::uint32_t id, double x, double y, double width = 100, double height = 60) {
  Block block;
  block.object = ShownId{id};
  block.rect = {x, y, width, height};
  return block;
}

RouteRequest across(const std::vector<Block>& blocks, std::uint32_t from, std::uint32_t to,
                    std::uint32_t net) {
  const Rect& a = blocks[from].rect;
  const Rect& b = blocks[to].rect;
  return {{a.right(), a.y + 30}, Side::Right, from, {b.left(), b.y + 30}, Side::Left, to, net};
}

bool touches(const std::vector<Point>& line, const Rect& r) {
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (std::min(line[i].x, line[i + 1].x) <= r.right() && std::max(line[i].x, line[i + 1].x) >= r.left() &&
        std::min(line[i].y, line[i + 1].y) <= r.bottom() && std::max(line[i].y, line[i + 1].y) >= r.top()) {
      return true;
    }
  }
  return false;
}

TEST(WireRouter, GoesStraightWhereNothingIsInTheWay) {
  const std::vector<Block> blocks{blockAt(0, 0, 0), blockAt(1, 300, 0)};
  const auto lines = routeWires(blocks, {across(blocks, 0, 1, 0)});
  EXPECT_EQ(lines[0], (std::vector<Point>{{100, 30}, {300, 30}}));
}

TEST(WireRouter, GoesRoundABlockInTheWay) {
  const std::vector<Block> blocks{blockAt(0, 0, 0), blockAt(1, 400, 0), blockAt(2, 200, -40, 100, 140)};
  const auto lines = routeWires(blocks, {across(blocks, 0, 1, 0)});
  EXPECT_FALSE(touches(lines[0], blocks[2].rect));
  EXPECT_EQ(lines[0].front(), (Point{100, 30}));
  EXPECT_EQ(lines[0].back(), (Point{400, 30}));
}

TEST(WireRouter, ReachesABlockThatLiesBehind) {
  const std::vector<Block> blocks{blockAt(0, 400, 0), blockAt(1, 0, 0)};
  const auto lines = routeWires(blocks, {across(blocks, 0, 1, 0)});
  EXPECT_GE(lines[0].size(), 6U);
  const Point afterStart = lines[0][1];
  const Point beforeEnd = lines[0][lines[0].size() - 2];
  EXPECT_GT(afterStart.x, 500);
  EXPECT_LT(beforeEnd.x, 0);
}

TEST(WireRouter, KeepsDifferentNetsApartAndJoinsEqualOnes) {
  std::vector<Block> blocks{blockAt(0, 0, 0), blockAt(1, 0, 200), blockAt(2, 400, 100, 100, 200)};
  RouteRequest a = across(blocks, 0, 2, 1);
  RouteRequest b = across(blocks, 1, 2, 2);
  a.to = {400, 180};
  b.to = {400, 200};
  const auto apart = routeWires(blocks, {a, b});
  for (std::size_t i = 0; i + 1 < apart[0].size(); ++i) {
    for (std::size_t j = 0; j + 1 < apart[1].size(); ++j) {
      const bool bothUpright = apart[0][i].x == apart[0][i + 1].x && apart[1][j].x == apart[1][j + 1].x;
      const double low =
          std::max(std::min(apart[0][i].y, apart[0][i + 1].y), std::min(apart[1][j].y, apart[1][j + 1].y));
      const double high =
          std::min(std::max(apart[0][i].y, apart[0][i + 1].y), std::max(apart[1][j].y, apart[1][j + 1].y));
      EXPECT_FALSE(bothUpright && apart[0][i].x == apart[1][j].x && low < high) << "two nets on one line";
    }
  }
  b.to = a.to;
  b.net = a.net;
  const auto joined = routeWires(blocks, {a, b});
  EXPECT_EQ(joined[0].back(), joined[1].back());
  const double apartAtTheEnd = joined[0][joined[0].size() - 2].x - joined[1][joined[1].size() - 2].x;
  EXPECT_LE(std::abs(apartAtTheEnd), 3 * gridStep) << "they arrive together";
}

TEST(WireRouter, LeavesAStageOnlyAcrossItsBorderAndNotThroughItsHeader) {
  std::vector<Block> blocks{blockAt(0, 0, 0, 200, 200), blockAt(1, 20, 60, 160, 100),
                            blockAt(2, 400, 0, 100, 40)};
  blocks[1].parent = 0;
  blocks[0].children = {1};
  RouteRequest request = across(blocks, 1, 2, 0);
  request.from = {180, 110};
  request.to = {400, 30};
  const auto lines = routeWires(blocks, {request});
  for (const Point& p : lines[0]) {
    const bool inHeader = p.x >= 0 && p.x <= 200 && p.y >= 0 && p.y < headerHeight;
    EXPECT_FALSE(inHeader);
  }
  EXPECT_EQ(lines[0].back(), (Point{400, 30}));
}

TEST(WireRouter, DrawsStraightThroughWhenThePictureIsTooLarge) {
  const std::vector<Block> blocks{blockAt(0, 0, 0), blockAt(1, 900000, 900000)};
  const auto lines = routeWires(blocks, {across(blocks, 0, 1, 0)});
  EXPECT_EQ(lines[0].size(), 4U);
  EXPECT_EQ(lines[0].front(), (Point{100, 30}));
  EXPECT_EQ(lines[0].back(), (Point{900000, 900030}));
}

}  // namespace
}  // namespace taktwerk::test
