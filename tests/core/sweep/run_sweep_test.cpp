// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/run_sweep.h"

#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <sstream>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include "core/architecture/architecture_file.h"
#include "core/estimate/threads.h"
#include "core/network/network_file.h"
#include "core/report/sweep_table.h"
#include "core/sweep/forecast.h"
#include "core/sweep/in_order.h"
#include "tests/core/sweep/shipped_sweep.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;

SweepOptions optionsFor(unsigned jobs) {
  SweepOptions options;
  options.jobs = jobs;
  options.study.how.jobs = 1;
  options.study.keep = false;
  return options;
}

std::shared_ptr<const Sweep> sweepOf(const std::vector<std::string>& vary, const std::string& architecture,
                                     StudyMemory& memory) {
  auto sweep = bindSpace(spaceOf(vary), shippedFiles(architecture, "tc-resnet8"), memory);
  for (const Diagnostic& problem : sweep.diagnostics) ADD_FAILURE() << toString(problem);
  return std::make_shared<const Sweep>(std::move(*sweep));
}

/// All rows in order, as a table, with their figures to the last bit.
std::string tableOf(const std::vector<std::string>& vary, const std::string& architecture, unsigned jobs) {
  StudyMemory memory;
  const auto sweep = sweepOf(vary, architecture, memory);
  SweepControl control;
  std::ostringstream text;
  SweepCsv csv(text, *sweep);
  InOrder inOrder([&](const SweepRow& row) {
    csv.add(row);
    for (const double figure : row.figures) text << std::bit_cast<std::uint64_t>(figure) << ' ';
  });
  const SweepTotals totals = runSweep(*sweep, pointsOf(sweep, {}).stream, optionsFor(jobs), memory, control,
                                      [&](SweepRow row) { inOrder.add(std::move(row)); });
  EXPECT_EQ(totals.cancelled, 0);
  EXPECT_FALSE(totals.stopped);
  EXPECT_EQ(totals.all(), control.done.load());
  EXPECT_GT(totals.timingSeconds, 0);
  EXPECT_LT(totals.timingSeconds, totals.processorSeconds);
  return text.str();
}

/// Also on computers of fewer cores.
class AnyNumberOfThreads : public testing::TestWithParam<unsigned> {
  const oneapi::tbb::global_control more_{oneapi::tbb::global_control::max_allowed_parallelism, 8};
};

TEST_P(AnyNumberOfThreads, GivesTheSameRows) {
  ASSERT_EQ(threadsOf(GetParam()), GetParam());
  const std::vector<std::string> array = {"rows=1:4", "columns=2,5,200", "memory_port_width=1,4"};
  const std::string one = tableOf(array, "systolic-array", 1);
  EXPECT_EQ(std::count(one.begin(), one.end(), '\n'), 25);
  EXPECT_EQ(tableOf(array, "systolic-array", GetParam()), one);
  const std::vector<std::string> gemmini = {"mesh=8,16,32", "scratchpad_rows=128,1024", "bus_bytes=8,16"};
  EXPECT_EQ(tableOf(gemmini, "gemmini", GetParam()), tableOf(gemmini, "gemmini", 1));
}

INSTANTIATE_TEST_SUITE_P(RunSweep, AnyNumberOfThreads, testing::Values(2U, 3U, 8U));

TEST(RunSweep, GivesEachPointWhatAnEstimateOfItGives) {
  StudyMemory memory;
  const auto sweep = sweepOf({"mesh=4:16:4", "bus_bytes=8,32"}, "gemmini", memory);
  SweepControl control;
  int compared = 0;
  (void)runSweep(
      *sweep, pointsOf(sweep, {}).stream, optionsFor(2), memory, control, [&](const SweepRow& row) {
        const auto architecture = readArchitecture(architecturePath("gemmini"));
        const auto network = readNetwork(networkPath("tc-resnet8"));
        const auto mappings = readMappingsBeside(architecturePath("gemmini"));
        const auto machine = elaborate(*architecture, row.point.settings.architecture);
        ASSERT_TRUE(machine && network && mappings);
        Progress progress;
        const NetworkEstimate expected = estimateNetwork(*machine, *network, *mappings, {}, progress);
        if (hasErrors(expected.diagnostics)) {
          EXPECT_EQ(row.state, PointState::Infeasible);
          EXPECT_EQ(row.reason, expected.diagnostics.front().message);
        } else {
          EXPECT_EQ(row.state, PointState::Done);
          EXPECT_EQ(row.cycles, expected.cycles);
          EXPECT_EQ(row.instructions, expected.instructions);
          EXPECT_EQ(row.exact, expected.exact);
          EXPECT_EQ(row.complete, expected.complete);
        }
        ++compared;
      });
  EXPECT_EQ(compared, 8);
}

TEST(RunSweep, WhatCannotBeIsARowWithItsReason) {
  StudyMemory memory;
  const auto sweep = sweepOf({"rows=0,4,1000"}, "systolic-array", memory);
  SweepControl control;
  std::map<std::int64_t, SweepRow> rows;
  const SweepTotals totals = runSweep(*sweep, pointsOf(sweep, {}).stream, optionsFor(2), memory, control,
                                      [&](SweepRow row) { rows[row.point.number] = std::move(row); });
  EXPECT_EQ(totals.done, 1);
  EXPECT_EQ(totals.infeasible, 2);
  EXPECT_EQ(rows.at(0).state, PointState::Infeasible);
  EXPECT_THAT(rows.at(0).reason, HasSubstr("\"rows\" must be at least 1"));
  EXPECT_THAT(rows.at(2).reason, HasSubstr("is 1000"));
  EXPECT_EQ(rows.at(1).state, PointState::Done);
}

TEST(RunSweep, ALayerThatIsNotThereIsSaidInTheRow) {
  StudyMemory memory;
  const auto sweep = sweepOf({"rows=4"}, "systolic-array", memory);
  SweepControl control;
  SweepOptions options = optionsFor(1);
  options.study.layer = "nowhere";
  SweepRow last;
  (void)runSweep(*sweep, pointsOf(sweep, {}).stream, options, memory, control,
                 [&](SweepRow row) { last = std::move(row); });
  EXPECT_EQ(last.state, PointState::Infeasible);
  EXPECT_EQ(last.reason, "the network has no such layer");
}

TEST(RunSweep, StopsBetweenAndWithinPoints) {
  StudyMemory memory;
  const auto sweep = sweepOf({"rows=1:100", "columns=1:100"}, "systolic-array", memory);
  SweepControl control;
  std::int64_t rows = 0;
  const SweepTotals totals =
      runSweep(*sweep, pointsOf(sweep, {}).stream, optionsFor(2), memory, control, [&](const SweepRow&) {
        if (++rows == 5) control.work.cancel();
      });
  EXPECT_TRUE(totals.stopped);
  EXPECT_GE(totals.all(), 4);
  EXPECT_LE(totals.all() + totals.cancelled, 8);  // those that were under way
}

/// Nothing of a point that was stopped is taken for known.
TEST(RunSweep, GoesOnAfterAStopAsIfThereHadBeenNone) {
  StudyMemory memory, afresh;
  const auto sweep = sweepOf({"rows=3", "columns=3"}, "systolic-array", memory);
  Progress stopped;
  stopped.cancel();
  const SweepPoint point = *pointsOf(sweep, {}).stream(Progress());
  EXPECT_EQ(estimatePoint(*sweep, point, optionsFor(1).study, memory, stopped).state, PointState::Cancelled);
  EXPECT_EQ(memory.counts().elaborations.machines, 0);
  EXPECT_EQ(memory.counts().estimates, EstimateCounts{});
  Progress progress;
  const SweepRow row = estimatePoint(*sweep, point, optionsFor(1).study, memory, progress);
  const SweepRow expected = estimatePoint(*sweep, point, optionsFor(1).study, afresh, progress);
  EXPECT_EQ(row.state, PointState::Done);
  EXPECT_EQ(row.cycles, expected.cycles);
  EXPECT_EQ(row.figures, expected.figures);
}

TEST(RunSweep, BeginsNoPointWhileItIsPaused) {
  StudyMemory memory;
  const auto sweep = sweepOf({"rows=1:4"}, "systolic-array", memory);
  SweepControl control;
  control.paused = true;
  std::atomic<int> rows = 0;
  std::thread runner([&] {
    (void)runSweep(*sweep, pointsOf(sweep, {}).stream, optionsFor(2), memory, control,
                   [&](const SweepRow&) { ++rows; });
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(rows, 0);
  control.paused = false;
  runner.join();
  EXPECT_EQ(rows, 4);
}

TEST(Forecast, MeasuresPointsAndLeavesRowsAsTheyAre) {
  StudyMemory memory;
  const auto sweep = sweepOf({"rows=1:10", "columns=1:10"}, "systolic-array", memory);
  const PointSupply supply = pointsOf(sweep, {});
  EXPECT_EQ(supply.count, (PointCount{100, 100}));
  EXPECT_GT(supply.probes.size(), 4U);
  Progress progress;
  const Forecast found = forecast(*sweep, supply.probes, optionsFor(1).study, memory, progress, 1e9);
  EXPECT_EQ(found.measured, std::ssize(supply.probes) - 1);
  EXPECT_GT(found.secondsEach, 0);
  EXPECT_EQ(supply.stream(progress)->number, 0);  // the stream has not moved
}

TEST(SweepTable, IsAsCommaSeparatedTextAndAsJson) {
  StudyMemory memory;
  const auto sweep = sweepOf({"rows=4,1000"}, "systolic-array", memory);
  SweepRow good;
  good.point = sweepPoint(*sweep, {0, {{4}, {}}});
  good.cycles = 12;
  good.instructions = 5;
  good.macs = 3;
  SweepRow bad;
  bad.point = sweepPoint(*sweep, {1, {{1000}, {}}});
  bad.state = PointState::Infeasible;
  bad.reason = "\"rows\" is large,\nvery";
  std::ostringstream text, json;
  SweepCsv csv(text, *sweep);
  csv.add(good);
  csv.add(bad);
  EXPECT_EQ(text.str(),
            "point,arch.rows,state,cycles,instructions,macs,exact,complete,missing_layers,reason\n"
            "0,4,done,12,5,3,true,true,0,\n"
            "1,1000,infeasible,,,,,,,\"\"\"rows\"\" is large, very\"\n");
  SweepJson object(json, *sweep);
  object.add(good);
  object.add(bad);
  object.finish();
  EXPECT_THAT(
      json.str(),
      HasSubstr("{\"point\": 0, \"values\": {\"arch.rows\": 4}, \"state\": \"done\", \"cycles\": 12"));
  EXPECT_THAT(json.str(),
              HasSubstr("\"state\": \"infeasible\", \"reason\": \"\\\"rows\\\" is large,\\nvery\"}"));
}

}  // namespace
}  // namespace taktwerk::test
