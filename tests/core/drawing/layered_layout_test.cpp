// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/layered_layout.h"

#include <gtest/gtest.h>

#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

bool overlapping(const LayoutGraph& graph, const std::vector<Point>& corners) {
  for (std::size_t i = 0; i < corners.size(); ++i) {
    for (std::size_t j = i + 1; j < corners.size(); ++j) {
      const Rect a{corners[i].x, corners[i].y, graph.boxes[i].width, graph.boxes[i].height};
      const Rect b{corners[j].x, corners[j].y, graph.boxes[j].width, graph.boxes[j].height};
      if (a.overlaps(b)) return true;
    }
  }
  return false;
}

TEST(LayeredLayout, PutsAChainInARowOfEqualMiddles) {
  const LayoutGraph graph{{{100, 60}, {120, 200}, {80, 40}}, {{0, 1}, {1, 2}}};
  const std::vector<Point> corners = layeredLayout(graph);
  EXPECT_GT(corners[1].x, corners[0].x + 100);
  EXPECT_GT(corners[2].x, corners[1].x + 120);
  EXPECT_DOUBLE_EQ(corners[0].y + 30, corners[1].y + 100);
  EXPECT_DOUBLE_EQ(corners[2].y + 20, corners[1].y + 100);
}

TEST(LayeredLayout, PutsSiblingsInAColumnAroundTheirParent) {
  const LayoutGraph graph{{{100, 60}, {100, 60}, {100, 60}}, {{0, 1}, {0, 2}}};
  const std::vector<Point> corners = layeredLayout(graph);
  EXPECT_EQ(corners[1].x, corners[2].x);
  EXPECT_DOUBLE_EQ((corners[1].y + corners[2].y) / 2, corners[0].y);
}

TEST(LayeredLayout, UncrossesEdgesThatNeedNotCross) {
  const LayoutGraph graph{{{80, 40}, {80, 40}, {80, 40}, {80, 40}}, {{0, 3}, {1, 2}}};
  const std::vector<Point> corners = layeredLayout(graph);
  EXPECT_EQ(corners[0].y < corners[1].y, corners[3].y < corners[2].y);
}

TEST(LayeredLayout, KeepsASourceBesideWhatItFeeds) {
  // 0 -> 1 -> 2 -> 3 and a lone 4 -> 3: 4 belongs into the column before 3.
  const LayoutGraph graph{{{80, 40}, {80, 40}, {80, 40}, {80, 40}, {80, 40}},
                          {{0, 1}, {1, 2}, {2, 3}, {4, 3}}};
  const std::vector<Point> corners = layeredLayout(graph);
  EXPECT_EQ(corners[4].x, corners[2].x);
}

TEST(LayeredLayout, LaysOutCyclesLoopsRepeatedAndWrongEdges) {
  const LayoutGraph graph{{{80, 40}, {80, 40}, {80, 40}},
                          {{0, 1}, {1, 2}, {2, 0}, {1, 1}, {0, 1}, {7, 0}, {0, 9}}};
  const std::vector<Point> corners = layeredLayout(graph);
  ASSERT_EQ(corners.size(), 3U);
  EXPECT_FALSE(overlapping(graph, corners));
  EXPECT_LT(corners[0].x, corners[1].x);
  EXPECT_LT(corners[1].x, corners[2].x);
}

TEST(LayeredLayout, IsEmptyForAnEmptyGraph) {
  EXPECT_TRUE(layeredLayout({}).empty());
}

TEST(LayeredLayout, NeverLetsBoxesOverlapAndRepeatsItself) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Random random(seed);
    LayoutGraph graph;
    const auto boxes = static_cast<std::uint32_t>(random.between(1, 40));
    for (std::uint32_t i = 0; i < boxes; ++i) {
      graph.boxes.push_back(
          {static_cast<double>(random.between(1, 300)), static_cast<double>(random.between(1, 300))});
    }
    for (std::int64_t i = random.between(0, 80); i > 0; --i) {
      graph.edges.push_back({static_cast<std::uint32_t>(random.between(0, boxes - 1)),
                             static_cast<std::uint32_t>(random.between(0, boxes - 1))});
    }
    const std::vector<Point> corners = layeredLayout(graph);
    EXPECT_FALSE(overlapping(graph, corners)) << "seed " << seed;
    EXPECT_EQ(corners, layeredLayout(graph)) << "seed " << seed;
    for (const Point& corner : corners) {
      EXPECT_GE(corner.x, 0) << "seed " << seed;
      EXPECT_GE(corner.y, -1e-6) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
