// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/front/front.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/front/random_points.h"
#include "tests/support/property_seed.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// The definition, as it reads.
std::vector<std::size_t> judged(const std::vector<FrontColumn>& columns) {
  const std::size_t size = columns.front().values.size();
  const auto isMissing = [&](std::size_t p) {
    return std::any_of(columns.begin(), columns.end(),
                       [p](const FrontColumn& column) { return std::isnan(column.values[p]); });
  };
  const auto dominates = [&](std::size_t a, std::size_t b) {
    bool better = false;
    for (const FrontColumn& column : columns) {
      const double first = column.larger ? -column.values[a] : column.values[a];
      const double second = column.larger ? -column.values[b] : column.values[b];
      if (first > second) return false;
      better = better || first < second;
    }
    return better;
  };
  std::vector<std::size_t> front;
  for (std::size_t b = 0; b < size; ++b) {
    bool kept = !isMissing(b);
    for (std::size_t a = 0; a < size && kept; ++a) kept = isMissing(a) || !dominates(a, b);
    if (kept) front.push_back(b);
  }
  return front;
}

TEST(Front, OfTwoObjectivesIsWhatNothingIsBetterThan) {
  const std::vector<double> cycles = {10, 20, 30, 20, 5}, area = {4, 2, 1, 3, 9};
  EXPECT_THAT(nonDominated({{cycles}, {area}}), ElementsAre(0, 1, 2, 4));
}

TEST(Front, FollowsTheDirectionOfEachObjective) {
  const std::vector<double> cycles = {10, 20, 30}, use = {0.5, 0.4, 0.9};
  EXPECT_THAT(nonDominated({{cycles}, {use, true}}), ElementsAre(0, 2));
  EXPECT_THAT(nonDominated({{cycles, true}, {use, true}}), ElementsAre(2));
}

TEST(Front, KeepsEqualPointsTogether) {
  const std::vector<double> a = {1, 1, 2, 2, 1}, b = {2, 2, 1, 1, 3};
  EXPECT_THAT(nonDominated({{a}, {b}}), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(nonDominated({{a}}), ElementsAre(0, 1, 4));
  EXPECT_THAT(nonDominated({{a}, {b}, {a}}), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(nonDominated({{a}, {b}, {a}, {b}}), ElementsAre(0, 1, 2, 3));
}

TEST(Front, LeavesOutWhatHasNoValue) {
  const std::vector<double> a = {1, missing, 3, 0}, b = {5, 0, 4, missing};
  EXPECT_THAT(nonDominated({{a}, {b}}), ElementsAre(0, 2));
  EXPECT_THAT(nonDominated({{std::vector<double>{missing}}}), IsEmpty());
}

TEST(Front, TakesInfinitiesAndBothZerosForValues) {
  const std::vector<double> a = {infinite, -infinite, 1, 0.0, -0.0},
                            b = {-infinite, infinite, infinite, 7, 7};
  EXPECT_THAT(nonDominated({{a}, {b}}), ElementsAre(0, 1, 3, 4));
  EXPECT_THAT(nonDominated({{a, true}, {b, true}}), ElementsAre(0, 2));
  const std::vector<double> all(3, infinite);
  EXPECT_THAT(nonDominated({{all}, {all}}), ElementsAre(0, 1, 2));
  EXPECT_THAT(nonDominated({{all}, {all}, {all}}), ElementsAre(0, 1, 2));
}

TEST(Front, OfNothingIsEmpty) {
  EXPECT_THAT(nonDominated({}), IsEmpty());
  for (std::size_t objectives = 1; objectives < 5; ++objectives) {
    EXPECT_THAT(nonDominated(std::vector<FrontColumn>(objectives)), IsEmpty());
  }
}

TEST(Front, RefusesColumnsOfDifferentLengths) {
  const std::vector<double> a = {1, 2}, b = {1};
  EXPECT_THROW((void)nonDominated({{a}, {b}}), std::invalid_argument);
}

TEST(Front, OfPointsLeavesOutThoseWithoutValues) {
  EXPECT_THAT(nonDominated({{1, 5}, {}, {3, 9}, {4, 4}}, {false, true}), ElementsAre(0, 2));
  EXPECT_THAT(nonDominated({}, {false, true}), IsEmpty());
}

TEST(Front, OfRandomPointsIsThatOfTheDefinition) {
  const std::uint32_t first = test::propertySeed();
  for (std::uint32_t seed = first; seed < first + 300; ++seed) {
    SCOPED_TRACE(test::seedTrace(seed));
    test::Random random(seed);
    const std::size_t objectives = 1 + random.below(6);
    test::Points points =
        test::randomPoints(random, objectives, random.below(400), random.pick({2, 5, 20, 1000}));
    for (std::vector<double>& column : points.values) {
      for (double& value : column) {
        if (random.between(1, 200) == 1) value = random.pick({missing, infinite, -infinite});
      }
    }
    ASSERT_EQ(nonDominated(points.columns()), judged(points.columns()));
  }
}

TEST(Front, OfPointsThatAreAllOnItIsAllOfThem) {
  const std::uint32_t first = test::propertySeed();
  for (std::uint32_t seed = first; seed < first + 30; ++seed) {
    SCOPED_TRACE(test::seedTrace(seed));
    test::Random random(seed);
    const std::size_t objectives = 2 + random.below(4);
    // What one objective gains the last loses: points of a plane.
    test::Points points = test::randomPoints(random, objectives, 700, 30);
    std::fill(points.larger.begin(), points.larger.end(), false);
    std::vector<double>& last = points.values.back();
    for (std::size_t p = 0; p < last.size(); ++p) {
      last[p] = 0;
      for (std::size_t o = 0; o + 1 < objectives; ++o) last[p] -= points.values[o][p];
    }
    // One below the plane rules out all above it.
    const std::vector<std::size_t> all = nonDominated(points.columns());
    EXPECT_EQ(all.size(), 700U);
    for (std::vector<double>& column : points.values) column.push_back(column.front());
    last.back() -= 1;
    EXPECT_EQ(nonDominated(points.columns()), judged(points.columns()));
  }
}

}  // namespace
}  // namespace taktwerk
