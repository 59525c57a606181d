// SPDX-License-Identifier: GPL-3.0-or-later
// Points that share programs are run one after the other, and are the same points.
#include "core/sweep/gathered.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/sweep/shipped_sweep.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;

std::shared_ptr<const Sweep> sweepOf(const std::vector<std::string>& vary, StudyMemory& memory) {
  auto sweep = bindSpace(spaceOf(vary), shippedFiles("systolic-array", "tc-resnet8"), memory);
  for (const Diagnostic& problem : sweep.diagnostics) ADD_FAILURE() << toString(problem);
  return std::make_shared<const Sweep>(std::move(*sweep));
}

std::vector<SweepPoint> pointsOf(const PointSupply& supply) {
  std::vector<SweepPoint> points;
  const Progress progress;
  while (auto point = supply.stream(progress)) points.push_back(std::move(*point));
  return points;
}

TEST(Gathered, KnowsWhatDecidesPrograms) {
  StudyMemory memory;
  const auto sweep = sweepOf(
      {"rows=2:4", "element_latency=1,2", "network.batch=1,2", "memory_port_width=1,4", "columns=2:4"},
      memory);
  EXPECT_THAT(programColumns(*sweep), ElementsAre(true, false, true, false, true));
}

TEST(Gathered, PointsOfAGridAreTheSameWithThoseThatShareProgramsTogether) {
  StudyMemory memory;
  const auto sweep =
      sweepOf({"element_latency=1:12", "rows=2:4", "memory_port_width=1,2,4", "columns=2:4"}, memory);
  const std::vector<SweepPoint> points = pointsOf(pointsOf(sweep, {}));
  ASSERT_EQ(points.size(), 324U);
  std::set<std::int64_t> numbers, places;
  std::int64_t changes = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    numbers.insert(points[i].number);
    ASSERT_TRUE(points[i].sequence);
    EXPECT_EQ(*points[i].sequence, points[i].number) << "of a whole grid";
    places.insert(*points[i].sequence);
    const auto differs = [&](std::size_t column) {
      return points[i].values[column] != points[i - 1].values[column];
    };
    if (i > 0 && (differs(1) || differs(3))) ++changes;
  }
  EXPECT_EQ(numbers.size(), points.size());
  EXPECT_EQ(places.size(), points.size());
  EXPECT_EQ(changes, 8) << "9 groups; of the grid as it is 107";
}

TEST(Gathered, OfASampleToo) {
  StudyMemory memory;
  const auto sweep = sweepOf({"element_latency=1:20", "rows=2:3", "columns=2:3"}, memory);
  const std::vector<SweepPoint> points = pointsOf(pointsOf(sweep, {PointChoice::How::Random, 60, 7}));
  ASSERT_EQ(points.size(), 60U);
  std::set<std::pair<std::int64_t, std::int64_t>> groups;
  std::set<std::int64_t> places;
  for (std::size_t i = 0; i < points.size(); ++i) {
    places.insert(points[i].sequence.value());
    const std::pair group(points[i].values[1].value(), points[i].values[2].value());
    const bool isNew = groups.insert(group).second;
    EXPECT_TRUE(isNew || points[i - 1].values[1] == group.first) << "its group is over";
    EXPECT_TRUE(isNew || points[i - 1].values[2] == group.second);
  }
  EXPECT_EQ(*places.rbegin(), 59);
  EXPECT_EQ(places.size(), 60U);
  EXPECT_EQ(points.front().sequence, 0) << "groups stand in the order of their first point";
}

TEST(Gathered, StopsWhereItIsCancelledAndLeavesAloneWhatSharesNothing) {
  StudyMemory memory;
  const auto sweep = sweepOf({"element_latency=1:20", "rows=2:3"}, memory);
  const PointSupply supply = pointsOf(sweep, {});
  Progress progress;
  EXPECT_TRUE(supply.stream(progress));
  progress.cancel();
  EXPECT_FALSE(supply.stream(progress));
  const auto alone = sweepOf({"columns=2:4", "rows=2:3"}, memory);
  EXPECT_FALSE(pointsOf(pointsOf(alone, {})).front().sequence);
}

}  // namespace
}  // namespace taktwerk::test
