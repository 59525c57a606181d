// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/judge.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/space/count.h"
#include "core/space/grid.h"
#include "core/space/space_file.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::shared_ptr<const SpaceJudge> judgeOf(const std::string& text) {
  auto space = parseSpace("format: taktwerk-space/1\n" + text, "a.space.yaml");
  for (const Diagnostic& problem : space.diagnostics) ADD_FAILURE() << toString(problem);
  auto judge = SpaceJudge::create(space.value.value_or(Space{}));
  for (const Diagnostic& problem : judge.diagnostics) ADD_FAILURE() << toString(problem);
  return judge ? std::make_shared<const SpaceJudge>(std::move(*judge)) : nullptr;
}

std::string problemsOf(const std::string& text) {
  auto space = parseSpace("format: taktwerk-space/1\n" + text, "a.space.yaml");
  Diagnostics problems = space.diagnostics;
  if (space) problems = SpaceJudge::create(*space).diagnostics;
  std::string all;
  for (const Diagnostic& problem : problems) all += toString(problem) + '\n';
  return all;
}

/// The numbers of the points, and of all places judged one by one.
std::vector<std::int64_t> walked(const std::shared_ptr<const SpaceJudge>& judge) {
  std::vector<std::int64_t> numbers;
  GridWalk walk(judge);
  while (const auto point = walk.next()) numbers.push_back(point->number);
  EXPECT_TRUE(walk.atEnd());
  return numbers;
}
std::vector<std::int64_t> judgedSingly(const SpaceJudge& judge) {
  std::vector<std::int64_t> numbers;
  for (std::int64_t number = 0; number < judge.places(); ++number) {
    if (judge.judge(placesAt(judge.space(), number)).is == Judgement::Is::Point) numbers.push_back(number);
  }
  return numbers;
}

TEST(SpaceJudge, AGridHasAllCombinationsTheLastDimensionFastest) {
  const auto judge = judgeOf("vary: {rows: [2, 4], columns: {from: 1, to: 3}}\n");
  std::vector<std::vector<std::int64_t>> found;
  GridWalk walk(judge);
  while (const auto point = walk.next()) {
    found.push_back({point->number, *point->point.values[0], *point->point.values[1]});
  }
  EXPECT_THAT(found, ElementsAre(ElementsAre(0, 2, 1), ElementsAre(1, 2, 2), ElementsAre(2, 2, 3),
                                 ElementsAre(3, 4, 1), ElementsAre(4, 4, 2), ElementsAre(5, 4, 3)));
  EXPECT_EQ(countPoints(*judge), (PointCount{6, 6}));
}

TEST(SpaceJudge, ConstraintsRuleOutAndSayWithWhichValues) {
  const auto judge = judgeOf(
      "vary: {rows: {from: 1, to: 40}, columns: {from: 1, to: 40}, latency: [1, 2, 3]}\n"
      "constraints: [{condition: rows * columns <= 256, reason: the array has 256 elements}]\n");
  EXPECT_EQ(walked(judge), judgedSingly(*judge));
  std::int64_t pairs = 0;
  for (int r = 1; r <= 40; ++r) pairs += std::min(40, 256 / r);
  EXPECT_EQ(countPoints(*judge), (PointCount{3 * pairs, 3 * pairs}));
  const Judgement last = judge->judge(std::vector<std::int64_t>{39, 39, 0});
  EXPECT_EQ(last.is, Judgement::Is::Excluded);
  EXPECT_EQ(last.reason, "the array has 256 elements (rows = 40, columns = 40)");
}

TEST(SpaceJudge, WhatIsNotVariedHasOnePlace) {
  const auto judge = judgeOf(
      "vary:\n  mode: [0, 1]\n  tile: {values: [8, 4, 2], when: mode == 1}\n  depth: {from: 1, to: 2, when: "
      "mode == 0}\n");
  EXPECT_EQ(walked(judge), judgedSingly(*judge));
  std::vector<std::vector<std::int64_t>> found;
  GridWalk walk(judge);
  while (const auto point = walk.next()) {
    const auto& values = point->point.values;
    found.push_back({*values[0], values[1].value_or(-1), values[2].value_or(-1)});
  }
  EXPECT_THAT(found, ElementsAre(ElementsAre(0, -1, 1), ElementsAre(0, -1, 2), ElementsAre(1, 8, -1),
                                 ElementsAre(1, 4, -1), ElementsAre(1, 2, -1)));
  EXPECT_EQ(countPoints(*judge), (PointCount{5, 5}));
}

TEST(SpaceJudge, DerivedValuesFollowAndMustBeWhole) {
  const auto judge = judgeOf(
      "vary: {rows: {from: 1, to: 6}}\nderived: {half: rows / 2, columns: half + 1}\nconstraints: [columns < "
      "4]\n");
  std::vector<std::vector<std::int64_t>> found;
  GridWalk walk(judge);
  while (const auto point = walk.next()) {
    found.push_back({*point->point.values[0], *point->point.derived[0], *point->point.derived[1]});
  }
  EXPECT_THAT(found, ElementsAre(ElementsAre(2, 1, 2), ElementsAre(4, 2, 3)));
  EXPECT_THAT(judge->judge(std::vector<std::int64_t>{0}).reason, HasSubstr("rows / 2 is 1/2"));
}

TEST(SpaceJudge, WhatFollowsAnUnknownVariationIsNoNameThatIsMissing) {
  const auto judge = judgeOf(
      "vary:\n  rows: {from: 3, to: 6}\n  lanes: {values: [1, 2], when: rows > 12 // (rows - 3)}\n"
      "constraints: [lanes < 9]\n");
  const Judgement judged = judge->judge(std::vector<std::int64_t>{0, 0});
  EXPECT_EQ(judged.is, Judgement::Is::Point) << judged.reason;
  EXPECT_THAT(judged.point.problem, HasSubstr("whether lanes is varied"));
}

TEST(SpaceJudge, WhatCannotBeComputedIsAPointThatCannotBe) {
  const auto judge = judgeOf(
      "vary:\n  rows: {from: 3, to: 6}\n  lanes: {values: [1, 2], when: rows > 12 // (rows - 3)}\n"
      "derived: {share: 12 / (rows - 4), half: share / 2}\n"
      "constraints: [share < 12, 7 % (rows - 6) < 5, rows < 6 or lanes > 1]\n");
  const auto judged = [&](std::int64_t rows, std::int64_t lanes) {
    return judge->judge(std::vector<std::int64_t>{rows, lanes});
  };
  // Whether lanes are varied cannot be said for rows = 3: they are not.
  EXPECT_EQ(judged(0, 0).is, Judgement::Is::Point);
  EXPECT_EQ(judged(0, 0).point.problem,
            "whether lanes is varied: rows > 12 // (rows - 3) cannot be computed: division by 0 (rows = 3)");
  EXPECT_EQ(judged(0, 1).is, Judgement::Is::Repeated);
  // What needs a value that there is not is not said besides.
  const Judgement none = judged(1, 0);
  EXPECT_EQ(none.is, Judgement::Is::Point);
  EXPECT_EQ(none.point.problem, "share: 12 / (rows - 4) cannot be computed: division by 0 (rows = 4)");
  EXPECT_EQ(none.point.derived[0], std::nullopt);
  EXPECT_EQ(none.point.derived[1], std::nullopt);
  // A constraint that does not hold rules it out all the same.
  EXPECT_EQ(judged(2, 0).is, Judgement::Is::Excluded);
  EXPECT_EQ(judged(2, 0).reason, "share < 12 does not hold (share = 12)");
  EXPECT_EQ(judged(3, 0).is, Judgement::Is::Excluded);
  EXPECT_EQ(judged(3, 1).point.problem, "7 % (rows - 6) < 5 cannot be computed: division by 0 (rows = 6)");
  EXPECT_EQ(walked(judge), judgedSingly(*judge));
  const SpaceSurvey found = survey(*judge);
  EXPECT_EQ(found.count, (PointCount{3, 3}));
  ASSERT_EQ(found.problems.size(), 3U);  // each expression once
  EXPECT_EQ(
      toString(found.problems[1]),
      "a.space.yaml:5:21: warning: share: 12 / (rows - 4) cannot be computed: division by 0 (rows = 4); "
      "points like this are infeasible [S0111]");
}

TEST(SpaceJudge, ASpaceWithoutAnyPointIsSaid) {
  const auto judge = judgeOf(
      "vary: {rows: [2, 4], columns: [1, 2]}\n"
      "constraints: [{condition: rows * columns > 8, reason: too few elements}]\n");
  const SpaceSurvey found = survey(*judge);
  EXPECT_EQ(found.count, (PointCount{0, 0}));
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(
      toString(found.problems[0]),
      "a.space.yaml:1:1: error: the space has no point, every combination is ruled out: too few elements "
      "(rows = 2, columns = 1) [S0112]");
  EXPECT_TRUE(survey(*judge, 3).problems.empty());  // it was not looked at
}

/// 10^12 places, of which few are points: neither listed nor looked at one by one.
TEST(SpaceJudge, HugeGridsAreWalkedAndCountedWithoutBeingListed) {
  const auto judge = judgeOf(
      "vary: {a: {from: 1, to: 1000}, b: {from: 1, to: 1000}, c: {from: 1, to: 1000000}}\n"
      "constraints: [a * b <= 2]\n");
  EXPECT_EQ(judge->places(), 1'000'000'000'000);
  EXPECT_EQ(countPoints(*judge), (PointCount{3'000'000, 3'000'000}));
  GridWalk walk(judge, 999'999);  // the last with a = b = 1
  EXPECT_EQ(walk.next()->number, 999'999);
  EXPECT_EQ(walk.next()->number, 1'000'000);
  GridWalk behind(judge, 1'000'999'999);  // the last point, with a = 2 and b = 1
  EXPECT_EQ(behind.next()->number, 1'000'999'999);
  EXPECT_FALSE(behind.next().has_value());
  EXPECT_LT(behind.leftOut().looks, 2'000'000);
  EXPECT_THAT(behind.leftOut().firstReason, HasSubstr("a * b <= 2"));
}

TEST(SpaceJudge, CountsOnlyBoundWhatWouldHaveToBeLookedAt) {
  const auto judge =
      judgeOf("vary: {a: {from: 1, to: 1000}, b: {from: 1, to: 1000}}\nconstraints: [a < b]\n");
  const PointCount count = countPoints(*judge, 1000);
  EXPECT_FALSE(count.exact());
  EXPECT_EQ(count, (PointCount{0, 1'000'000}));
  EXPECT_EQ(countPoints(*judge), (PointCount{499'500, 499'500}));
}

TEST(SpaceJudge, AWalkCanBeLeftBetweenPlaces) {
  const auto judge = judgeOf("vary: {a: {from: 1, to: 100}}\nconstraints: [a == 50]\n");
  GridWalk walk(judge);
  EXPECT_FALSE(walk.next(10).has_value());
  EXPECT_FALSE(walk.atEnd());
  std::optional<NumberedPoint> point;
  while (!point && !walk.atEnd()) point = walk.next(10);
  ASSERT_TRUE(point);
  EXPECT_EQ(point->number, 49);
}

TEST(SpaceJudge, WrongSpacesAreRefusedAtTheirPlaces) {
  EXPECT_THAT(problemsOf("vary: {a: [1]}\nderived: {b: c, c: b}\n"), HasSubstr("depends on itself"));
  EXPECT_THAT(problemsOf("vary: {a: [1]}\nconstraints: [a < q]\n"), HasSubstr("a.space.yaml:3:19: error: "));
  EXPECT_THAT(problemsOf("vary: {a: {from: 1, to: 4000000000}, b: {from: 1, to: 4000000000}}\n"),
              HasSubstr("more than 2^62 places"));
  EXPECT_THAT(problemsOf("name: nothing\n"), HasSubstr("varies nothing"));
  EXPECT_THAT(problemsOf("vary: {a: [1]}\nderived: {a: 2}\n"), HasSubstr("a is there twice"));
}

}  // namespace
}  // namespace taktwerk
