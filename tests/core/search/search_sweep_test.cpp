// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search_sweep.h"

#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/sweep_table.h"
#include "core/sweep/in_order.h"
#include "tests/core/search/searched_sweep.h"

namespace taktwerk::test {
namespace {

const std::vector<std::string> space = {"fetch_width=1:8", "mac_latency=1:16", "issue_buffer=1:64"};
const std::vector<std::string> objectives = {"cycles", "utilisation"};

std::string tableOf(unsigned jobs, std::uint64_t seed) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf(space), objectives, memory);
  SweepControl control;
  std::ostringstream text;
  SweepCsv csv(text, sweep);
  InOrder inOrder([&](const SweepRow& row) { csv.add(row); });
  const SweepTotals totals = searchSweep(sweep, {40, seed}, oneLayer(jobs), memory, control,
                                         [&](SweepRow row) { inOrder.add(std::move(row)); });
  EXPECT_EQ(totals.all(), 40);
  EXPECT_FALSE(totals.stopped);
  EXPECT_GT(totals.processorSeconds, 0);  // of all batches
  EXPECT_GT(totals.timingSeconds, 0);
  EXPECT_EQ(control.done.load(), 40);
  return text.str();
}

TEST(SearchSweep, GivesTheSameRowsForAnyNumberOfThreads) {
  const std::string one = tableOf(1, 1);
  EXPECT_EQ(std::count(one.begin(), one.end(), '\n'), 41);
  EXPECT_EQ(tableOf(3, 1), one);
  EXPECT_EQ(tableOf(8, 1), one);
  EXPECT_NE(tableOf(2, 2), one);
}

TEST(SearchSweep, NumbersItsRowsThroughAndEstimatesNoPointTwice) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf(space), objectives, memory);
  SweepControl control;
  std::set<std::int64_t> numbers, sequences;
  std::int64_t infeasible = 0;
  const SweepTotals totals =
      searchSweep(sweep, {60, 3}, oneLayer(2), memory, control, [&](const SweepRow& row) {
        numbers.insert(row.point.number);
        sequences.insert(row.sequence);
        infeasible += row.state == PointState::Infeasible ? 1 : 0;
      });
  EXPECT_EQ(numbers.size(), 60U);
  EXPECT_EQ(*sequences.begin(), 0);
  EXPECT_EQ(*sequences.rbegin(), 59);
  EXPECT_EQ(sequences.size(), 60U);
  EXPECT_EQ(totals.infeasible, infeasible);
}

TEST(SearchSweep, EndsWhenItIsCancelled) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf(space), objectives, memory);
  SweepControl control;
  std::int64_t rows = 0;
  const SweepTotals totals =
      searchSweep(sweep, {500, 1}, oneLayer(2), memory, control, [&](const SweepRow& row) {
        rows += row.state == PointState::Cancelled ? 0 : 1;
        if (rows == 20) control.work.cancel();
      });
  EXPECT_TRUE(totals.stopped);
  EXPECT_LT(totals.all(), 40);
}

TEST(ObjectiveValues, AreThoseOfRowsThatCanBeCompared) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf(space), {"utilisation", "cycles"}, memory);
  SweepRow row;
  row.figures.assign(sweep.figures.size(), 0);
  row.figures[*findFigure(sweep.figures, "cycles")] = 12;
  row.figures[*findFigure(sweep.figures, "utilisation")] = 0.5;
  EXPECT_EQ(objectiveValues(sweep, row), (ObjectiveValues{0.5, 12}));
  row.complete = false;
  EXPECT_TRUE(objectiveValues(sweep, row).empty());
  row.complete = true;
  row.state = PointState::Infeasible;
  EXPECT_TRUE(objectiveValues(sweep, row).empty());
  row.state = PointState::Done;
  row.figures.clear();
  EXPECT_TRUE(objectiveValues(sweep, row).empty());
}

}  // namespace
}  // namespace taktwerk::test
