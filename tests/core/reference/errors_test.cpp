// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/reference/run_trace.h"

namespace taktwerk::test {
namespace {

std::shared_ptr<const Machine> machine() {
  static const auto made = machineFromText(R"(
format: taktwerk-architecture/1
name: errors
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add, scale], latency: "10 - k"}
  plain: {class: FunctionalUnit, operations: [nop]}
  early: {class: FunctionalUnit, operations: [hurry], latency: 2, result_latency: {regs: k}}
  lsu: {class: MemoryAccessUnit, operations: [load, store], burst_words: 1}
  whole: {class: MemoryAccessUnit, operations: [load]}
  regs: {class: RegisterFile, registers: [r0], data_width: 32}
  dmem: {class: SRAM, address_ranges: [[0, 10], [10, 20], [30, 40]], read_latency: "12 - words"}
  big: {class: SRAM, read_latency: "12 - words", port_width: 64}
  crawl: {class: SRAM, beat_interval: 1099511627776}
  cache: {class: SetAssociativeCache, sets: 2, ways: 1, line_words: 8}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - contains: [execute, plain]
  - contains: [execute, early]
  - contains: [execute, lsu]
  - contains: [execute, whole]
  - reads: [alu, regs]
  - writes: [early, regs]
  - reads: [lsu, dmem]
  - reads: [lsu, big]
  - reads: [lsu, cache]
  - reads: [whole, crawl]
  - reads: [cache, dmem]
  - writes: [cache, dmem]
)");
  return made;
}

std::string errorOf(const std::string& trace) {
  const TraceRun run = runTrace(*machine(), trace);
  return run.timing.errors.empty() ? "" : toString(run.timing.errors.front());
}

std::string load(const std::string& memory, std::int64_t address, std::int64_t words) {
  return R"({"operation": "load", "memory_reads": [{"memory": ")" + memory + R"(", "address": )" +
         std::to_string(address) + R"(, "words": )" + std::to_string(words) + "}]}\n";
}

const std::string nop = "{\"operation\": \"nop\"}\n";

TEST(Errors, NoSupportingUnit) {
  EXPECT_EQ(errorOf(nop + R"({"operation": "nop", "writes": ["regs.r0"]})"),
            "test.trace.jsonl:2:1: error: instruction 1 (nop): no unit supports it: a unit must list the "
            "operation and be connected to every register file and memory the instruction reads and writes "
            "[P0001]");
  EXPECT_EQ(
      errorOf(R"({"operation": "nop", "unit": "alu"})"),
      "test.trace.jsonl:1:1: error: instruction 0 (nop): alu, the unit it names, does not support it: a "
      "unit must list the operation and be connected to every register file and memory the instruction "
      "reads and writes [P0001]");
}

TEST(Errors, AttributesThatCannotBeComputed) {
  EXPECT_THAT(errorOf(R"({"operation": "add"})"),
              testing::HasSubstr("instruction 0 (add): latency of alu cannot be computed (10 - k): "));
  EXPECT_THAT(errorOf(R"({"operation": "add", "immediates": {"k": 11}})"),
              testing::HasSubstr("latency of alu cannot be computed (10 - k): "));
  EXPECT_EQ(errorOf(R"({"operation": "add", "immediates": {"k": 10}})"), "");
  EXPECT_THAT(
      errorOf(R"({"operation": "hurry", "writes": ["regs.r0"], "immediates": {"k": 3}})"),
      testing::HasSubstr("result_latency of early for regs is 3, must be at most its latency, 2 [P0004]"));
}

TEST(Errors, AddressesOutsideTheRanges) {
  EXPECT_EQ(errorOf(load("dmem", 5, 15)), "");
  EXPECT_THAT(
      errorOf(nop + load("dmem", 19, 2)),
      testing::HasSubstr("test.trace.jsonl:2:1: error: instruction 1 (load): accesses 2 words of dmem from "
                         "address 19, outside its address_ranges [0, 10), [10, 20), [30, 40) [P0003]"));
  EXPECT_THAT(errorOf(load("dmem", 25, 1)), testing::HasSubstr("[P0003]"));
  EXPECT_THAT(errorOf(load("dmem", 39, 2)), testing::HasSubstr("[P0003]"));
}

TEST(Errors, ACacheReachesNoFurtherThanTheMemoryBehindIt) {
  EXPECT_EQ(errorOf(load("cache", 38, 2)), "");
  EXPECT_THAT(errorOf(load("cache", 38, 3)), testing::HasSubstr("accesses 3 words of dmem from address 38"));
}

TEST(Errors, AreFoundBeforeAnythingIsTimed) {
  const TraceRun run = runTrace(*machine(), nop + nop + load("dmem", 25, 1) + nop + load("dmem", 45, 1));
  ASSERT_EQ(run.timing.errors.size(), 2u);
  EXPECT_TRUE(run.times.empty());
  EXPECT_EQ(run.timing.errors[1].position.line, 5u);
  EXPECT_FALSE(run.timing.ok());
}

TEST(Errors, AccessesInMorePiecesThanAnyoneNeeds) {
  EXPECT_THAT(
      errorOf(load("big", 0, 1'000'001)),
      testing::HasSubstr(
          "a range of 1000001 words of big is cut into more than 1000000 accesses or cache lines [P0006]"));
}

TEST(Errors, AddressesThatLeaveNoRoomForALine) {
  EXPECT_THAT(errorOf(load("big", std::int64_t{1} << 62, 1)), testing::HasSubstr("[P0003]"));
  EXPECT_THAT(errorOf(load("big", 5, (std::int64_t{1} << 62) - 4)), testing::HasSubstr("[P0003]"));
}

TEST(Errors, TimesBeyond64Bits) {
  EXPECT_EQ(errorOf(load("crawl", 0, 1 << 10)), "");
  EXPECT_THAT(errorOf(load("crawl", 0, std::int64_t{1} << 30)),
              testing::HasSubstr("its times do not fit 64 bits [P0005]"));
}

TEST(Cancelling, StopsTheSimulation) {
  const auto made = machine();
  std::istringstream input(nop);
  const auto program = readTrace(input, "t", *made);
  ASSERT_TRUE(program);
  Progress progress;
  progress.cancel();
  const Timing timing = simulate(*made, *program, {}, progress);
  EXPECT_TRUE(timing.cancelled);
  EXPECT_FALSE(timing.ok());
}

TEST(Progressing, CountsInstructionsThatAreOver) {
  const auto made = machine();
  std::istringstream input(nop + nop + nop);
  const auto program = readTrace(input, "t", *made);
  ASSERT_TRUE(program);
  Progress progress;
  EXPECT_TRUE(simulate(*made, *program, {}, progress).ok());
  EXPECT_EQ(progress.done.load(), 3);
}

TEST(EmptySequence, TakesNoCycles) {
  const TraceRun run = runTrace(*machine(), "");
  EXPECT_TRUE(run.timing.ok());
  EXPECT_EQ(run.timing.cycles, 0);
  EXPECT_EQ(run.timing.instructions, 0);
}

}  // namespace
}  // namespace taktwerk::test
