// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/reference/run_trace.h"

namespace taktwerk::test {
namespace {

/// A queue of two before the slow unit, and a way past it.
std::shared_ptr<const Machine> machineThatJams() {
  return machineFromText(R"(
format: taktwerk-architecture/1
name: jam
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  queue: {class: PipelineStage, latency: 3}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add, wait]}
  regs: {class: RegisterFile, registers: [r0, r1], data_width: 32}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, queue]
  - forward: [fetch, execute]
  - forward: [queue, execute]
  - contains: [execute, alu]
  - reads: [alu, regs]
  - writes: [alu, regs]
)");
}

TEST(Deadlock, NamesTheLastCycleAndTheChain) {
  // 0 goes into the queue, 1 past it into the execute stage, where it needs what 0 will write.
  const TraceRun run = runTrace(*machineThatJams(),
                                "{\"operation\": \"add\", \"writes\": [\"regs.r0\"]}\n"
                                "{\"operation\": \"add\", \"reads\": [\"regs.r0\"]}\n");
  ASSERT_TRUE(run.timing.deadlock);
  EXPECT_FALSE(run.timing.ok());
  // Fetched and issued at 1; the latency of the queue is over at 4.
  EXPECT_EQ(run.timing.deadlock->cycle, 4);
  EXPECT_THAT(run.timing.deadlock->instructions, testing::ElementsAre(0, 1));
  EXPECT_EQ(run.timing.deadlock->sourceLine, 1u);
  EXPECT_EQ(run.timing.deadlock->chain,
            "0 (add in queue) waits for 1 to leave execute, 1 (add in execute) waits for 0 to write regs.r0");
}

TEST(Deadlock, WithoutADependenceNothingJams) {
  const TraceRun run = runTrace(*machineThatJams(),
                                "{\"operation\": \"add\", \"writes\": [\"regs.r0\"]}\n"
                                "{\"operation\": \"add\", \"reads\": [\"regs.r1\"]}\n");
  EXPECT_TRUE(run.timing.ok());
  EXPECT_EQ(run.times.at(0).start, 4);
  EXPECT_EQ(run.times.at(1).start, 1);
  EXPECT_EQ(run.timing.cycles, 5);
}

}  // namespace
}  // namespace taktwerk::test
