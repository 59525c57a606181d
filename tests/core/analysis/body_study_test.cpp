// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/body_study.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/estimate/estimate.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

struct Sample {
  std::shared_ptr<const Machine> machine = twoLanes();
  Program program = nestProgram(*machine);
  KernelStudy study;
  Sample() {
    Progress progress;
    study = std::move(*studyKernels(*machine, program, progress));
  }
  [[nodiscard]] BodyStudy body(std::optional<std::size_t> row, const BodyStudyOptions& options = {}) const {
    Progress progress;
    Result<BodyStudy> found = studyBody(*machine, program, study, row, progress, options);
    EXPECT_TRUE(found);
    return found ? std::move(*found) : BodyStudy{};
  }
};

/// The times are those of the engine that times every instruction.
void expectTimes(const Sample& sample, const BodyStudy& body) {
  EstimateOptions options;
  options.perInstruction = true;
  Progress progress;
  const NetworkEstimate estimate = estimateProgram(sample.machine, sample.program, options, progress);
  ASSERT_EQ(estimate.layers.size(), 1U);
  for (const BodyInstruction& each : body.instructions) {
    ASSERT_TRUE(each.timed);
    const InstructionTimes& times = estimate.layers[0].times[static_cast<std::size_t>(each.number)];
    EXPECT_EQ(each.arrives + body.begins, times.fetched);
    EXPECT_EQ(each.starts + body.begins, times.start);
    EXPECT_EQ(each.ends + body.begins, std::max(times.complete, times.release));
    EXPECT_EQ(each.unit.value, sample.machine->units[times.unit.index()].object);
    Cycles waited = 0;
    for (const BodyWait& wait : each.waits) {
      EXPECT_GT(wait.cycles, 0);
      waited += wait.cycles;
    }
    EXPECT_EQ(each.waited, waited);
    EXPECT_NE(std::find(each.objects.begin(), each.objects.end(), each.unit), each.objects.end());
  }
}

TEST(BodyStudy, ShowsTheFirstSteadyIterationOfALoop) {
  const Sample sample;
  const BodyStudy body = sample.body(3);
  ASSERT_EQ(body.instructions.size(), 3U);
  ASSERT_EQ(body.loops.size(), 3U);
  EXPECT_EQ(body.loops[0].variable, "oc");
  EXPECT_EQ(body.loops[1].variable, "k");
  EXPECT_EQ(body.untimed, 0U);
  EXPECT_EQ(body.instructions[0].arrives, 0);
  if (const engine::SteadyStretch* steady = sample.study.findings[3].steady()) {
    EXPECT_TRUE(body.steady);
    EXPECT_EQ(body.iteration, steady->first);
  } else {
    EXPECT_FALSE(body.steady);
    EXPECT_EQ(body.iteration, 4);
  }
  expectTimes(sample, body);
}

TEST(BodyStudy, NamesWhatAnInstructionWaitsFor) {
  const Sample sample;
  const BodyStudy body = sample.body(3);
  const BodyInstruction& add = body.instructions[1];  // needs what the load before it brings
  ASSERT_FALSE(add.waits.empty());
  const auto data = std::find_if(add.waits.begin(), add.waits.end(),
                                 [](const BodyWait& wait) { return wait.kind == GraphEdgeKind::Data; });
  ASSERT_NE(data, add.waits.end());
  EXPECT_EQ(data->operation, "load");
  EXPECT_EQ(data->before, 1);
  EXPECT_EQ(data->instruction, body.instructions[0].number);
  EXPECT_EQ(sample.machine->objectNames[data->at.index()], "alu");
}

TEST(BodyStudy, LeavesLoopsFurtherInOut) {
  const Sample sample;
  const BodyStudy body = sample.body(2);
  ASSERT_EQ(body.instructions.size(), 1U);
  EXPECT_EQ(body.instructions[0].listed.operation, "wait");
  EXPECT_TRUE(body.steady);
  expectTimes(sample, body);
  const BodyStudy none = sample.body(1);  // a loop around a loop alone
  EXPECT_TRUE(none.instructions.empty());
  EXPECT_TRUE(none.reached);
}

TEST(BodyStudy, IsBoundedAndSaysSo) {
  const Sample sample;
  EXPECT_EQ(sample.body(3, {.instructions = 2}).leftOut, 1U);
  const BodyStudy near = sample.body(3, {.reach = 6});
  EXPECT_FALSE(near.steady);
  EXPECT_EQ(near.iteration, 0);
  EXPECT_TRUE(near.reached);
  EXPECT_EQ(near.untimed, 0U);
  const BodyStudy beyond = sample.body(3, {.reach = 2});
  EXPECT_FALSE(beyond.reached);
  EXPECT_EQ(beyond.untimed, 3U);
  EXPECT_EQ(beyond.instructions.size(), 3U);
}

TEST(BodyStudy, IsTheSameHoweverLongTheProgramIs) {
  const Sample sample;
  Sample longer;
  for (Program::Loop& loop : longer.program.loops) {
    if (loop.variable == "oc") loop.trips = 2'000'000'000;  // to be walked through by nobody
  }
  Progress progress;
  longer.study = std::move(*studyKernels(*longer.machine, longer.program, progress));
  const BodyStudy body = sample.body(2), same = longer.body(2);
  ASSERT_EQ(body.instructions.size(), same.instructions.size());
  EXPECT_EQ(body.begins, same.begins);
  for (std::size_t i = 0; i < body.instructions.size(); ++i) {
    EXPECT_EQ(body.instructions[i].ends, same.instructions[i].ends);
    EXPECT_EQ(body.instructions[i].waited, same.instructions[i].waited);
  }
  EXPECT_LT(progress.done.load(), 1'000'000);
}

TEST(BodyStudy, OfAFlatProgramIsAllOfIt) {
  Sample sample;
  sample.program = programOf(*sample.machine, traceThatRuns);
  Progress progress;
  sample.study = std::move(*studyKernels(*sample.machine, sample.program, progress));
  const BodyStudy body = sample.body(std::nullopt);
  EXPECT_EQ(body.instructions.size(), 2U);
  EXPECT_TRUE(body.loops.empty());
  expectTimes(sample, body);
}

}  // namespace
}  // namespace taktwerk::test
