// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/front/front.h"
#include "core/front/hypervolume.h"
#include "core/space/count.h"
#include "core/space/sample.h"
#include "core/space/space_file.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::shared_ptr<const SpaceJudge> judgeOf(const std::string& text) {
  return std::make_shared<const SpaceJudge>(
      *SpaceJudge::create(*parseSpace("format: taktwerk-space/1\n" + text, "a.space.yaml")));
}

using Figures = std::function<ObjectiveValues(const SpacePoint&)>;

/// Judges points, and checks that none comes twice.
class Judge {
 public:
  explicit Judge(Figures figures) : figures_(std::move(figures)) {}
  std::vector<ObjectiveValues> operator()(const std::vector<NumberedPoint>& batch) {
    std::vector<ObjectiveValues> values;
    values.reserve(batch.size());
    for (const NumberedPoint& point : batch) {
      EXPECT_TRUE(seen_.insert(point.number).second) << point.number << " was judged before";
      values.push_back(figures_(point.point));
    }
    return values;
  }
  [[nodiscard]] const std::set<std::int64_t>& seen() const { return seen_; }

 private:
  Figures figures_;
  std::set<std::int64_t> seen_;
};

SearchOutcome searched(const std::shared_ptr<const SpaceJudge>& judge, const SearchOptions& options,
                       const Figures& figures) {
  Judge judging(figures);
  SearchOutcome outcome = searchFront(judge, options, std::ref(judging));
  EXPECT_EQ(judging.seen().size(), outcome.points.size());
  EXPECT_LE(std::ssize(outcome.points), options.evaluations);
  return outcome;
}

std::vector<std::int64_t> numbersOf(const SearchOutcome& outcome) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(outcome.points.size());
  for (const JudgedPoint& point : outcome.points) numbers.push_back(point.number);
  return numbers;
}

/// A grid of elements that share a memory, running layers of a network: 5,000 points.
const std::string array =
    "vary:\n"
    "  rows: {from: 2, to: 26}\n"
    "  columns: {from: 2, to: 26}\n"
    "  port: [1, 4]\n"
    "  latency: [1, 2, 4, 8]\n";

/// Cycles and area: tiles are filled by halves, the port or the elements decide, and quick elements are
/// large.
ObjectiveValues arrayFigures(const SpacePoint& point) {
  struct Layer {
    double outputs, length, places;
  };
  constexpr std::array<Layer, 8> layers = {{{16, 120, 98},
                                            {24, 144, 49},
                                            {24, 216, 49},
                                            {32, 216, 25},
                                            {32, 288, 25},
                                            {48, 288, 13},
                                            {48, 432, 13},
                                            {12, 48, 1}}};
  const auto at = [&](std::size_t d) { return static_cast<double>(*point.values[d]); };
  const double rows = at(0), columns = at(1), port = at(2), latency = at(3);
  double cycles = 0;
  for (const Layer& layer : layers) {
    const double tiles = std::ceil(layer.outputs / rows) * std::ceil(layer.places / columns);
    const double moved = layer.length * (rows + columns) / (4 * port);
    cycles += tiles * (std::max(layer.length * latency, moved) + rows + columns + 20);
  }
  const double area = rows * columns * (4 + 8 / latency) + 6 * (rows + 2 * columns) + 40 * port;
  return {cycles, area};
}

double volumeOf(const std::vector<ObjectiveValues>& points, const std::vector<double>& reference) {
  std::vector<std::vector<double>> columns(2);
  for (const ObjectiveValues& point : points) {
    for (std::size_t o = 0; o < 2; ++o) columns[o].push_back(point[o]);
  }
  return hypervolume(columnsOf(columns), reference, FrontScale::Logarithmic);
}

TEST(Search, FindsTheFrontOfAnArrayWithATenthOfItsPoints) {
  const auto judge = judgeOf(array);
  const auto valuesAt = [&](std::int64_t number) {
    return arrayFigures(judge->judge(placesAt(judge->space(), number)).point);
  };
  std::vector<ObjectiveValues> all;
  all.reserve(5000);
  for (std::int64_t number = 0; number < judge->places(); ++number) all.push_back(valuesAt(number));
  ASSERT_THAT(all, SizeIs(5000));
  std::vector<double> reference(2, 0);
  for (const ObjectiveValues& values : all) {
    for (std::size_t o = 0; o < 2; ++o) reference[o] = std::max(reference[o], 1.1 * values[o]);
  }
  const double whole = volumeOf(all, reference);
  double sum = 0, randomSum = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const SearchOutcome outcome = searched(judge, {{false, false}, 500, seed}, arrayFigures);
    EXPECT_THAT(outcome.points, SizeIs(500));
    std::vector<ObjectiveValues> found, drawn;
    found.reserve(500);
    drawn.reserve(500);
    for (const JudgedPoint& point : outcome.points) found.push_back(point.values);
    for (const std::int64_t number : drawRandom(*judge, 500, seed).places) drawn.push_back(valuesAt(number));
    const double share = volumeOf(found, reference) / whole;
    EXPECT_GE(share, 0.90);
    sum += share;
    randomSum += volumeOf(drawn, reference) / whole;
  }
  EXPECT_GE(sum / 10, 0.95);
  EXPECT_GT(sum, randomSum);
}

TEST(Search, IsTheSameForASeedAndAnotherForAnother) {
  const auto judge = judgeOf(array);
  const auto numbers = [&](std::uint64_t seed) {
    return numbersOf(searched(judge, {{false, false}, 200, seed}, arrayFigures));
  };
  EXPECT_EQ(numbers(3), numbers(3));
  EXPECT_NE(numbers(3), numbers(4));
}

TEST(Search, NamesThePointsThatNothingIsBetterThan) {
  const auto judge = judgeOf(array);
  const SearchOutcome outcome = searched(judge, {{false, false}, 150, 1}, arrayFigures);
  std::vector<ObjectiveValues> values;
  values.reserve(outcome.points.size());
  for (const JudgedPoint& point : outcome.points) values.push_back(point.values);
  EXPECT_EQ(outcome.front, nonDominated(values, {false, false}));
  EXPECT_FALSE(outcome.all);
}

TEST(Search, FollowsTheDirectionOfEachObjective) {
  const auto judge = judgeOf(array);
  const auto negated = [](const SpacePoint& point) {
    const ObjectiveValues values = arrayFigures(point);
    return ObjectiveValues{1 / values[0], values[1]};
  };
  const SearchOutcome plain = searched(judge, {{false, false}, 200, 5}, arrayFigures);
  const SearchOutcome turned = searched(judge, {{true, false}, 200, 5}, negated);
  EXPECT_EQ(numbersOf(plain), numbersOf(turned));  // logarithms of a value and of its inverse
  EXPECT_EQ(plain.front, turned.front);
}

TEST(Search, JudgesASmallSpaceAsAWhole) {
  const auto judge = judgeOf("vary: {a: [1, 2, 3], b: {values: [1, 2], when: a == 1}}\n");
  const SearchOutcome outcome = searched(judge, {{false}, 4, 0}, [](const SpacePoint& point) {
    return ObjectiveValues{static_cast<double>(*point.values[0])};
  });
  EXPECT_THAT(numbersOf(outcome), ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(outcome.front, ElementsAre(0, 1));
  EXPECT_TRUE(outcome.all);
}

TEST(Search, KeepsToConstraintsAndConditions) {
  const auto judge = judgeOf(
      "vary:\n  a: {from: 1, to: 200}\n  b: {from: 1, to: 200}\n  c: {from: 1, to: 50, when: a > b}\n"
      "constraints: [a + b <= 150]\n");
  const SearchOutcome outcome = searched(judge, {{false, false}, 300, 2}, [](const SpacePoint& point) {
    const auto a = static_cast<double>(*point.values[0]), b = static_cast<double>(*point.values[1]);
    EXPECT_LE(a + b, 150);
    EXPECT_EQ(point.values[2].has_value(), a > b);
    return ObjectiveValues{200 - a, 200 - b + static_cast<double>(point.values[2].value_or(0))};
  });
  EXPECT_THAT(outcome.points, SizeIs(300));
  double best = 1000;
  for (const std::size_t point : outcome.front) {
    best = std::min(best, outcome.points[point].values[0] + outcome.points[point].values[1]);
  }
  EXPECT_LE(best, 255);  // 250 is the least there is
}

TEST(Search, RanksPointsWithoutValuesBehindAllOthers) {
  const auto judge = judgeOf("vary: {a: {from: 1, to: 100}, b: {from: 1, to: 100}}\n");
  const double none = std::numeric_limits<double>::quiet_NaN();
  int without = 0;
  const SearchOutcome outcome = searched(judge, {{false, false}, 400, 3}, [&](const SpacePoint& point) {
    const auto a = static_cast<double>(*point.values[0]), b = static_cast<double>(*point.values[1]);
    const bool infeasible = a < 30 && b < 30;
    without += infeasible || b == 50 ? 1 : 0;
    return infeasible ? ObjectiveValues() : ObjectiveValues{a, b == 50 ? none : b};
  });
  EXPECT_GT(without, 0);
  EXPECT_LT(without, 200);
  ASSERT_FALSE(outcome.front.empty());
  bool reached = false;
  for (const std::size_t point : outcome.front) {
    const ObjectiveValues& values = outcome.points[point].values;
    ASSERT_THAT(values, SizeIs(2));
    reached = reached || values[0] + values[1] <= 34;  // 1 and 30, or 30 and 1, are the best
  }
  EXPECT_TRUE(reached);
}

TEST(Search, GoesOnWhereNoPointHasAValue) {
  const auto judge = judgeOf(array);
  const SearchOutcome outcome =
      searched(judge, {{false, false}, 100, 1}, [](const SpacePoint&) { return ObjectiveValues(); });
  EXPECT_THAT(outcome.points, SizeIs(100));
  EXPECT_THAT(outcome.front, IsEmpty());
}

TEST(Search, FindsTheBestInASingleObjective) {
  const auto judge = judgeOf("vary: {a: {from: -50, to: 50}, b: {from: -50, to: 50}}\n");
  const SearchOutcome outcome = searched(judge, {{false}, 300, 1}, [](const SpacePoint& point) {
    const auto a = static_cast<double>(*point.values[0]), b = static_cast<double>(*point.values[1]);
    return ObjectiveValues{(a - 7) * (a - 7) + (b + 31) * (b + 31)};
  });
  ASSERT_FALSE(outcome.front.empty());
  EXPECT_LE(outcome.points[outcome.front.front()].values[0], 2);
}

TEST(Search, TakesDimensionsOfOneValue) {
  const auto judge = judgeOf("vary: {a: [7], b: {from: 1, to: 1000}, c: [3]}\n");
  const SearchOutcome outcome = searched(judge, {{false}, 100, 1}, [](const SpacePoint& point) {
    return ObjectiveValues{std::abs(static_cast<double>(*point.values[1]) - 400)};
  });
  EXPECT_THAT(outcome.points, SizeIs(100));
  EXPECT_LE(outcome.points[outcome.front.front()].values[0], 5);
}

TEST(Search, TakesSpacesTooLargeForNumbersOfFloatingPoint) {
  const auto judge = judgeOf("vary: {a: {from: 0, to: 1152921504606846975}, b: [1, 2]}\n");
  const SearchOutcome outcome = searched(judge, {{true, false}, 120, 1}, [](const SpacePoint& point) {
    return ObjectiveValues{static_cast<double>(*point.values[0]), static_cast<double>(*point.values[1])};
  });
  EXPECT_THAT(outcome.points, SizeIs(120));
}

TEST(Search, EndsWhenHardlyAnyPointIsLeft) {
  // Too large to be counted, and hardly any place is a point.
  const auto judge =
      judgeOf("vary: {a: {from: 1, to: 1100}, b: {from: 1, to: 1000}}\nconstraints: [a == b, a <= 40]\n");
  const SearchOutcome outcome = searched(judge, {{false, false}, 100, 1}, [](const SpacePoint& point) {
    const auto a = static_cast<double>(*point.values[0]);
    return ObjectiveValues{a, 1 / a};
  });
  EXPECT_THAT(outcome.points, SizeIs(40));
}

TEST(Search, EndsWhenItsJudgeStops) {
  const auto judge = judgeOf(array);
  int batches = 0;
  const SearchOutcome outcome =
      searchFront(judge, {{false, false}, 500, 1}, [&](const std::vector<NumberedPoint>& batch) {
        std::vector<ObjectiveValues> values;
        values.reserve(batch.size());
        for (const NumberedPoint& point : batch) values.push_back(arrayFigures(point.point));
        if (++batches == 3) values.resize(2);
        return values;
      });
  EXPECT_TRUE(outcome.stopped);
  EXPECT_EQ(batches, 3);
  EXPECT_THAT(outcome.points, SizeIs(2 * 16 + 2));
}

}  // namespace
}  // namespace taktwerk
