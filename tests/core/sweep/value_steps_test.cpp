// SPDX-License-Identifier: GPL-3.0-or-later
// Where figures jump and where they stay the same while one parameter changes.
#include "core/sweep/value_steps.h"

#include <cmath>
#include <functional>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = ValueStep::Kind;

RowTable emptyTable() {
  Figure cycles;
  cycles.name = cycles.unit = "cycles";
  return RowTable({{"network", {"small", "large"}}, {"arch.rows", {}}, {"arch.area", {}}}, {cycles});
}
void add(RowTable& table, std::int64_t network, std::int64_t rows, std::int64_t area, double cycles) {
  SweepRow row;
  row.point.number = static_cast<std::int64_t>(table.rows());
  row.point.values = {network, rows, area};
  row.figures = {cycles};
  if (std::isnan(cycles)) row.state = PointState::Infeasible;
  table.add(row);
}
/// One line over values of the parameter.
RowTable lineOf(const std::vector<std::int64_t>& values, const std::function<double(double)>& cycles) {
  RowTable table = emptyTable();
  for (const std::int64_t value : values) add(table, 0, value, 1, cycles(static_cast<double>(value)));
  return table;
}
std::vector<std::int64_t> upTo(std::int64_t last) {
  std::vector<std::int64_t> values(static_cast<std::size_t>(last));
  std::iota(values.begin(), values.end(), 1);
  return values;
}
ValueSteps stepsOf(const RowTable& table, std::vector<std::string> derived = {}) {
  std::vector<std::uint32_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), 0);
  return stepsAlong(table, rows, {*table.find("rows"), *table.find("cycles"), std::move(derived)},
                    Progress());
}
/// The values of the parameter on either side of each cliff.
std::vector<std::pair<double, double>> cliffsOf(const RowTable& table) {
  std::vector<std::pair<double, double>> cliffs;
  const std::size_t rows = *table.find("rows");
  for (const ValueStep& step : stepsOf(table).steps) {
    if (step.kind == Kind::Cliff)
      cliffs.emplace_back(table.number(rows, step.from), table.number(rows, step.to));
  }
  return cliffs;
}

TEST(ValueSteps, AreNoneWhereNeighboursExplainTheChange) {
  EXPECT_THAT(cliffsOf(lineOf(upTo(32), [](double x) { return 1e6 / x; })), IsEmpty());
  EXPECT_THAT(cliffsOf(lineOf(upTo(32), [](double x) { return 1e5 + 1e6 / x; })), IsEmpty());
  EXPECT_THAT(cliffsOf(lineOf({1, 2, 4, 8, 64, 512}, [](double x) { return 1e6 / x; })), IsEmpty())
      << "however far apart values are";
  EXPECT_THAT(cliffsOf(lineOf(upTo(20), [](double x) { return 1000 * std::exp(x / 2); })), IsEmpty());
  EXPECT_THAT(cliffsOf(lineOf({-4, -2, 0, 2, 4}, [](double x) { return 1000 * std::exp(x); })), IsEmpty());
  EXPECT_THAT(cliffsOf(lineOf({1, 2}, [](double x) { return 100 * x * x; })), IsEmpty())
      << "a step without neighbours";
}

TEST(ValueSteps, AreCliffsWhereAnotherPassIsNeeded) {
  const RowTable table = lineOf(upTo(26), [](double x) { return 1000 * std::ceil(24 / x); });
  EXPECT_THAT(cliffsOf(table), ElementsAre(std::pair(23, 24), std::pair(11, 12), std::pair(7, 8)));
  const ValueSteps steps = stepsOf(table);
  EXPECT_DOUBLE_EQ(steps.steps[0].change, -0.5);
  EXPECT_DOUBLE_EQ(steps.steps[0].explained, 0) << "it is flat on either side";
  EXPECT_EQ(steps.count(Kind::Cliff), 3);
  EXPECT_EQ(steps.staircases, 1);
  EXPECT_EQ(steps.lines(), 1);
  EXPECT_EQ(steps.points, 26);
}

TEST(ValueSteps, ArePlateausWhereNothingChanges) {
  const RowTable table = lineOf(upTo(26), [](double x) { return 1000 * std::ceil(24 / x); });
  std::vector<std::int64_t> lengths;
  for (const ValueStep& step : stepsOf(table).steps) {
    if (step.kind == Kind::Plateau) lengths.push_back(step.points);
  }
  EXPECT_THAT(lengths, ElementsAre(12, 4, 3, 2)) << "12 to 23, 8 to 11, 24 to 26, 6 to 7";
  const ValueSteps flat = stepsOf(lineOf(upTo(5), [](double) { return 700.0; }));
  ASSERT_EQ(flat.steps.size(), 1U);
  EXPECT_EQ(flat.steps[0], (ValueStep{Kind::Plateau, 0, 4, 0, 5, 0, 0}));
  EXPECT_EQ(flat.staircases, 0) << "one plateau is none";
}

TEST(ValueSteps, AreOfLinesThatDifferInNothingElse) {
  RowTable table = emptyTable();
  for (const std::int64_t network : {0, 1}) {
    // The larger one has no cliff; its rows come in the other order.
    for (std::int64_t i = 1; i <= 9; ++i) {
      const std::int64_t rows = network == 0 ? i : 10 - i;
      add(table, network, rows, 7, network == 0 ? (rows < 5 ? 4000 : 1000) : 90000.0 / double(rows));
    }
  }
  const ValueSteps steps = stepsOf(table);
  EXPECT_EQ(steps.lines(), 2);
  ASSERT_EQ(steps.count(Kind::Cliff), 1);
  EXPECT_EQ(steps.steps[0].from, 3U);
  EXPECT_EQ(steps.steps[0].to, 4U);
  EXPECT_DOUBLE_EQ(steps.steps[0].change, -0.75);
  EXPECT_EQ(steps.count(Kind::Plateau), 2);
}

TEST(ValueSteps, TakeDerivedParametersAlong) {
  RowTable table = emptyTable(), both = emptyTable();
  for (std::int64_t rows = 1; rows <= 8; ++rows) {
    add(table, 0, rows, 2 * rows, rows < 4 ? 4000 : 1000);
    for (const std::int64_t network : {0, 1}) add(both, network, rows, rows * (2 + network), 500);
  }
  EXPECT_EQ(stepsOf(table).lines(), 1) << "the area is twice the rows";
  EXPECT_EQ(stepsOf(both).lines(), 0) << "of what does it follow?";
  EXPECT_EQ(stepsOf(both).alone, 16);
  EXPECT_EQ(stepsOf(both, {"arch.area"}).lines(), 2);
}

TEST(ValueSteps, LeaveOutAndCountWhatHasNoFigure) {
  const RowTable table = lineOf(upTo(9), [](double x) {
    return x == 4 ? std::nan("") : x == 9 ? 0 : x < 6 ? 4000 : 1000;
  });
  const ValueSteps steps = stepsOf(table);
  EXPECT_EQ(steps.withoutFigure, 2);
  EXPECT_EQ(steps.points, 7);
  ASSERT_EQ(steps.count(Kind::Cliff), 1);
  EXPECT_EQ(steps.steps[0].from, 4U);
  EXPECT_TRUE(stepsAlong(table, {}, {1, 4, {}}, Progress()).steps.empty());
  EXPECT_FALSE(hasSteps(table, *table.find("network"))) << "words are no way to go along";
  EXPECT_TRUE(hasSteps(table, *table.find("rows")));
}

TEST(ValueSteps, AreFoundInManyRows) {
  RowTable table = emptyTable();
  for (std::int64_t area = 0; area < 2000; ++area) {
    for (std::int64_t rows = 1; rows <= 50; ++rows) add(table, area % 2, rows, area, rows < 25 ? 4000 : 1000);
  }
  const ValueSteps steps = stepsOf(table);
  EXPECT_EQ(steps.lines(), 2000);
  EXPECT_EQ(steps.points, 100'000);
  EXPECT_EQ(steps.count(Kind::Cliff), 2000) << "all of them";
  EXPECT_EQ(steps.count(Kind::Plateau), 4000);
}

}  // namespace
}  // namespace taktwerk::test
