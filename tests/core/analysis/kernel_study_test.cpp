// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kernel_study.h"

#include <gtest/gtest.h>

#include "core/estimate/estimate.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

KernelStudy studyOf(const Machine& machine, const Program& program, const KernelStudyOptions& options = {}) {
  Progress progress;
  Result<KernelStudy> study = studyKernels(machine, program, progress, options);
  EXPECT_TRUE(study) << toString(study.diagnostics.front());
  return study ? std::move(*study) : KernelStudy{};
}

/// The small machine with a cache before its memory.
std::shared_ptr<const Machine> machineWithCache() {
  return machineFromText(R"(
format: taktwerk-architecture/1
name: Cached
objects:
  imem: {class: SRAM, port_width: 1}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 2}
  execute: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [load]}
  regs: {class: RegisterFile, registers: [r0], data_width: 32}
  cache: {class: SetAssociativeCache, sets: 4, ways: 2, line_words: 8}
  dmem: {class: SRAM, read_latency: 9}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, lsu]
  - writes: [lsu, regs]
  - reads: [lsu, cache]
  - reads: [cache, dmem]
  - writes: [cache, dmem]
)");
}

Program loadsThrough(const Machine& machine, std::int64_t trips) {
  ProgramBuilder builder("loads", "loads.trace.jsonl");
  InstructionTemplate load;
  load.operation = machine.findOperation("load");
  load.writes = {registerNamed(machine, "regs.r0")};
  load.memoryReads = {{machine.findMemory("cache"), 1}};
  builder.openLoop(trips, "i");
  builder.add(load, std::vector<std::int64_t>{0, 1}, 1);
  builder.closeLoop();
  return std::move(builder).finish();
}

TEST(KernelStudy, FindsWhatEachLoopComesTo) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  const KernelStudy study = studyOf(*machine, program);
  ASSERT_EQ(study.findings.size(), 4U);
  EXPECT_TRUE(study.finished);
  EXPECT_FALSE(study.stepped);
  Progress progress;
  const NetworkEstimate estimate = estimateProgram(machine, program, {}, progress);
  EXPECT_EQ(study.cycles, estimate.cycles);

  EXPECT_EQ(study.table.kernels[0].variable, "x");
  EXPECT_EQ(study.findings[0].standing, LoopStanding::Few);
  EXPECT_EQ(study.findings[0].steady(), nullptr);
  EXPECT_EQ(study.findings[0].steadyAt(), std::nullopt);
  EXPECT_EQ(study.findings[0].first.start, 0);

  EXPECT_EQ(study.table.kernels[2].variable, "k");
  const KernelFinding& k = study.findings[2];
  EXPECT_EQ(k.standing, LoopStanding::Repeats);
  ASSERT_NE(k.steady(), nullptr);
  EXPECT_EQ(k.first.iterations, 2000);
  EXPECT_LT(k.first.run, 20);
  EXPECT_EQ(k.first.run + k.steady()->skipped, 2000);
  EXPECT_EQ(k.cyclesPerIteration(),
            static_cast<double>(k.steady()->periodCycles) / static_cast<double>(k.steady()->period));
  EXPECT_EQ(k.steadyAt(), k.first.start + k.steady()->begin);
  EXPECT_LE(k.evaluatedBodies, study.evaluatedBodies);
  // The loops make up the program, but for what drains.
  EXPECT_EQ(study.findings[0].first.cycles + study.findings[1].first.cycles + study.drain, study.cycles);
}

TEST(KernelStudy, StepsThroughWhatUsesACache) {
  const auto machine = machineWithCache();
  const Program program = loadsThrough(*machine, 40);
  const KernelStudy study = studyOf(*machine, program);
  EXPECT_TRUE(study.stepped);
  EXPECT_TRUE(study.finished);
  ASSERT_EQ(study.findings.size(), 1U);
  EXPECT_EQ(study.findings[0].standing, LoopStanding::Stepped);
  EXPECT_EQ(study.findings[0].first.first.size(), 40U);
  Progress progress;
  EXPECT_EQ(study.cycles, estimateProgram(machine, program, {}, progress).cycles);

  const KernelStudy cut = studyOf(*machine, program, {.stepped = 15});
  EXPECT_FALSE(cut.finished);
  EXPECT_EQ(cut.findings[0].standing, LoopStanding::Unfinished);
  EXPECT_EQ(cut.findings[0].first.iterations, 15);
  for (std::size_t i = 0; i < 15; ++i) {
    EXPECT_EQ(cut.findings[0].first.first[i], study.findings[0].first.first[i]);
  }
}

TEST(KernelStudy, SaysHowFarTheBudgetWent) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  const KernelStudy study = studyOf(*machine, program, {.budget = {.evaluated = 5}});
  EXPECT_FALSE(study.finished);
  EXPECT_EQ(study.findings[0].standing, LoopStanding::Few);
  EXPECT_EQ(study.findings[1].standing, LoopStanding::Unfinished);
  EXPECT_EQ(study.findings[1].first.iterations, 0);
  EXPECT_EQ(study.findings[1].cyclesPerIteration(), std::nullopt);
  EXPECT_EQ(study.findings[2].standing, LoopStanding::Unfinished);
  const KernelStudy less = studyOf(*machine, program, {.budget = {.evaluated = 2}});
  EXPECT_EQ(less.findings[2].standing, LoopStanding::Unfinished);
  EXPECT_EQ(less.findings[3].standing, LoopStanding::NotReached);
}

TEST(KernelStudy, OfAFlatProgramHasNoLoops) {
  const auto machine = smallMachine();
  const KernelStudy study = studyOf(*machine, programOf(*machine, traceThatRuns));
  EXPECT_TRUE(study.findings.empty());
  EXPECT_TRUE(study.finished);
  EXPECT_GT(study.cycles, 0);
}

TEST(KernelStudy, CanBeCancelledAndRefusesWhatJams) {
  const auto machine = smallMachine();
  Progress progress;
  const auto jams = studyKernels(*machine, programOf(*machine, traceThatJams), progress);
  ASSERT_FALSE(jams);
  EXPECT_EQ(jams.diagnostics.front().code, "E0002");
  progress.cancel();
  const auto other = twoLanes();
  const auto cancelled = studyKernels(*other, nestProgram(*other), progress);
  ASSERT_TRUE(cancelled);
  EXPECT_TRUE(cancelled->cancelled);
}

}  // namespace
}  // namespace taktwerk::test
