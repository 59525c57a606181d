// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/alignment_guides.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr double grid = 10;

TEST(AlignmentGuides, ShowWhatIsInLineAlready) {
  const Rect other{0, 0, 100, 40};
  const Aligned aligned = alignWith({0, 200, 60, 40}, {other}, 0, grid);
  EXPECT_EQ(aligned.by, Point());
  EXPECT_THAT(aligned.guides, ElementsAre(AlignmentGuide{{0, 0}, {0, 240}}));
  EXPECT_THAT(alignWith({10, 200, 60, 40}, {other}, 0, grid).guides, IsEmpty());
}

TEST(AlignmentGuides, BringIntoLineWithinReach) {
  const Rect other{0, 0, 100, 40};
  // Right sides.
  const Aligned right = alignWith({30, 200, 80, 40}, {other}, 10, grid);
  EXPECT_EQ(right.by, (Point{-10, 0}));
  EXPECT_THAT(right.guides, ElementsAre(AlignmentGuide{{100, 0}, {100, 240}}));
  // Both at once: middles above each other, and tops.
  const Aligned both = alignWith({-10, 10, 120, 20}, {other, {300, 0, 40, 60}}, 10, grid);
  EXPECT_EQ(both.by, (Point{0, 0})) << "the middles are at 50 and 20 as it is";
  EXPECT_THAT(both.guides,
              ElementsAre(AlignmentGuide{{50, 0}, {50, 40}}, AlignmentGuide{{-10, 20}, {110, 20}}));
}

TEST(AlignmentGuides, NeverLeaveTheGrid) {
  // Middles 5 apart: that line is none for a block on the grid.
  EXPECT_EQ(alignWith({200, 200, 50, 30}, {{175, 0, 90, 40}}, 9, grid).by, Point());
  std::mt19937 random(7);
  const auto place = [&] { return grid * static_cast<double>(static_cast<int>(random() % 41) - 20); };
  const auto size = [&] { return grid * static_cast<double>(1 + random() % 12); };
  for (int round = 0; round < 2000; ++round) {
    const Rect moved{place(), place(), size(), size()};
    std::vector<Rect> others;
    for (std::size_t i = 0; i < random() % 6; ++i) others.push_back({place(), place(), size(), size()});
    const double reach = static_cast<double>(random() % 30);
    const Aligned aligned = alignWith(moved, others, reach, grid);
    EXPECT_EQ(std::fmod(aligned.by.x, grid), 0);
    EXPECT_EQ(std::fmod(aligned.by.y, grid), 0);
    EXPECT_LE(std::abs(aligned.by.x), reach);
    EXPECT_LE(std::abs(aligned.by.y), reach);
    // Where it was brought into line there is a line, and it stays there.
    const Rect to{moved.x + aligned.by.x, moved.y + aligned.by.y, moved.width, moved.height};
    const Aligned again = alignWith(to, others, 0, grid);
    EXPECT_EQ(again.guides, aligned.guides);
    if (aligned.by != Point()) {
      EXPECT_FALSE(aligned.guides.empty());
    }
  }
}

TEST(AlignmentGuides, OfEqualLinesTakeTheNearestBlock) {
  const std::vector<Rect> others{{0, -1000, 40, 40}, {0, 100, 80, 40}};
  EXPECT_THAT(alignWith({0, 200, 60, 40}, others, 0, grid).guides,
              ElementsAre(AlignmentGuide{{0, 100}, {0, 240}}));
}

}  // namespace
}  // namespace taktwerk
