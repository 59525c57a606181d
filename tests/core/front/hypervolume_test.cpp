// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/front/hypervolume.h"

#include <cmath>
#include <limits>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/front/random_points.h"
#include "tests/support/property_seed.h"

namespace taktwerk {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

TEST(Hypervolume, OfTwoObjectivesIsTheAreaUnderTheStairs) {
  const std::vector<double> a = {1, 2, 3, 3}, b = {3, 2, 1, 3};
  EXPECT_DOUBLE_EQ(hypervolume({{a}, {b}}, {4, 4}), 3 + 2 + 1);
  EXPECT_DOUBLE_EQ(hypervolume({{a}, {b}}, {3, 4}), 2 + 1);  // what is not better than it adds nothing
  EXPECT_DOUBLE_EQ(hypervolume({{a}, {b}}, {1, 1}), 0);
}

TEST(Hypervolume, FollowsTheDirectionOfEachObjective) {
  const std::vector<double> cycles = {10, 20}, use = {0.25, 0.75};
  EXPECT_DOUBLE_EQ(hypervolume({{cycles}, {use, true}}, {40, 0}), 20 * 0.75 + 10 * 0.25);
}

TEST(Hypervolume, CountsLogarithmsOnALogarithmicScale) {
  const std::vector<double> a = {1, 10}, b = {100, 10};
  const double ten = std::log(10);
  EXPECT_DOUBLE_EQ(hypervolume({{a}, {b}}, {1000, 1000}, FrontScale::Logarithmic), 5 * ten * ten);
  EXPECT_TRUE(std::isnan(hypervolume({{a}, {b}}, {1000, 0}, FrontScale::Logarithmic)));
  const std::vector<double> zero = {0, 1};
  EXPECT_TRUE(std::isnan(hypervolume({{zero}, {b}}, {1000, 1000}, FrontScale::Logarithmic)));
}

TEST(Hypervolume, LeavesOutWhatHasNoValue) {
  const std::vector<double> a = {1, missing}, b = {1, 0};
  EXPECT_DOUBLE_EQ(hypervolume({{a}, {b}}, {2, 2}), 1);
  EXPECT_DOUBLE_EQ(hypervolume({}, {}), 0);
}

TEST(Hypervolume, RefusesColumnsOrAReferenceOfDifferentLengths) {
  const std::vector<double> a = {1, 2}, b = {1};
  EXPECT_THROW((void)hypervolume({{a}, {b}}, {3, 3}), std::invalid_argument);
  EXPECT_THROW((void)hypervolume({{a}}, {3, 3}), std::invalid_argument);
}

/// How many unit cells of a grid of `size` a side some point is better than: cell by cell.
double cellsBelow(const test::Points& points, std::int64_t size) {
  const std::size_t objectives = points.values.size(), count = points.values.front().size();
  std::vector<std::int64_t> cell(objectives, 0);
  double cells = 0;
  for (std::size_t at = 0; at < objectives;) {
    bool covered = false;
    for (std::size_t p = 0; p < count && !covered; ++p) {
      covered = true;
      for (std::size_t o = 0; o < objectives; ++o) {
        const double value = points.values[o][p];
        covered = covered && (points.larger[o] ? value > static_cast<double>(cell[o])
                                               : value <= static_cast<double>(cell[o]));
      }
    }
    cells += covered ? 1 : 0;
    for (at = 0; at < objectives && ++cell[at] == size; ++at) cell[at] = 0;
  }
  return cells;
}

TEST(Hypervolume, OfWholeNumbersIsHowManyCellsTheyDominate) {
  const std::uint32_t first = test::propertySeed();
  for (std::uint32_t seed = first; seed < first + 200; ++seed) {
    SCOPED_TRACE(test::seedTrace(seed));
    test::Random random(seed);
    const std::size_t objectives = 1 + random.below(5);
    const std::int64_t size = objectives > 3 ? 5 : 9;
    const test::Points points = test::randomPoints(random, objectives, 1 + random.below(25), size);
    std::vector<double> reference;
    reference.reserve(objectives);
    for (const bool larger : points.larger) reference.push_back(larger ? 0 : static_cast<double>(size));
    ASSERT_DOUBLE_EQ(hypervolume(points.columns(), reference), cellsBelow(points, size));
  }
}

TEST(Reference, LiesBeyondTheWorst) {
  const std::vector<double> cycles = {10, missing, 40}, use = {0.25, 0.5, missing}, none = {missing};
  EXPECT_THAT(referenceBeyond({{cycles}, {use, true}}), ElementsAre(DoubleEq(44), DoubleEq(0.25 / 1.1)));
  EXPECT_TRUE(std::isnan(referenceBeyond({{none}})[0]));
}

}  // namespace
}  // namespace taktwerk
