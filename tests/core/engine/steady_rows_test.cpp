// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/engine/steady/steady.h"
#include "tests/support/machine_from_text.h"
#include "tests/support/program_sketch.h"
#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

std::string streamer(int slots, int rowWords, int banks, int latency, int inFlight) {
  return R"(
format: taktwerk-architecture/1
name: Streams through a DRAM
objects:
  imem: {class: SRAM, read_latency: 1, port_width: 4}
  imau: {class: InstructionMemoryAccessUnit, latency: 0}
  fetch: {class: InstructionFetchStage, latency: 1, issue_buffer_size: 12}
  left: {class: ExecuteStage}
  right: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [mac], latency: 2}
  in: {class: MemoryAccessUnit, operations: [load], latency: 1, max_in_flight: )" +
         std::to_string(inFlight) + R"(, release: grant}
  out: {class: MemoryAccessUnit, operations: [store], latency: 1}
  regs: {class: RegisterFile, registers: [a, b, c], data_width: 32}
  dram: {class: DRAM, row_words: )" +
         std::to_string(rowWords) + ", banks: " + std::to_string(banks) +
         ", t_rcd: " + std::to_string(latency) +
         ", t_cas: 3, t_rp: 4, max_concurrent_requests: " + std::to_string(slots) + R"(}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, left]
  - forward: [fetch, right]
  - contains: [left, alu]
  - contains: [left, out]
  - contains: [right, in]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - writes: [in, regs]
  - reads: [out, regs]
  - reads: [in, dram]
  - writes: [out, dram]
)";
}

ProgramSketch::Node instruction(ProgramSketch::Instruction content) {
  ProgramSketch::Node node;
  node.instruction = std::move(content);
  return node;
}

ProgramSketch::Node loop(std::int64_t trips, std::vector<ProgramSketch::Node> body) {
  ProgramSketch::Node node;
  node.isLoop = true;
  node.trips = trips;
  node.body = std::move(body);
  return node;
}

ProgramSketch::Instruction load(const std::string& to, ProgramSketch::Range from) {
  ProgramSketch::Instruction result;
  result.operation = "load";
  result.writes = {to};
  result.memoryReads = {std::move(from)};
  return result;
}

ProgramSketch::Instruction store(const std::string& from, ProgramSketch::Range to) {
  ProgramSketch::Instruction result;
  result.operation = "store";
  result.reads = {from};
  result.memoryWrites = {std::move(to)};
  return result;
}

ProgramSketch::Instruction mac() {
  ProgramSketch::Instruction result;
  result.operation = "mac";
  result.reads = {"regs.a", "regs.b", "regs.c"};
  result.writes = {"regs.c"};
  return result;
}

/// outer × inner products of two streams, the sum stored after each inner loop; strides by outer and inner.
Program products(const Machine& machine, std::int64_t outer, std::int64_t inner,
                 const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b, std::int64_t words) {
  ProgramSketch sketch;
  const std::vector<ProgramSketch::Node> body{instruction(load("regs.a", {"dram", 0, a, words})),
                                              instruction(load("regs.b", {"dram", 500'000, b, 1})),
                                              instruction(mac())};
  sketch.body = {loop(outer, {loop(inner, body), instruction(store("regs.c", {"dram", 1'000'000, {1}, 1}))})};
  return *sketch.program(machine);
}

void expectExact(engine::Automaton& automaton, const Machine& machine, const Program& program,
                 std::int64_t mostBodies) {
  Progress progress;
  const SteadyTiming steady = timeBySteadyState(automaton, program, {}, progress);
  const ExplainedTiming full = timeInFull(machine, program, {}, progress);
  EXPECT_EQ(steady.method, "steady state");
  EXPECT_EQ(steady.explained.timing.cycles, full.timing.cycles);
  EXPECT_EQ(steady.explained.breakdown, full.breakdown);
  EXPECT_EQ(steady.explained.traffic, full.traffic);
  EXPECT_LE(steady.evaluatedBodies, mostBodies);
}

TEST(SteadyStateOverRows, AStreamEvaluatesAHandfulOfBodies) {
  const auto machine = machineFromText(streamer(4, 512, 8, 9, 3));
  engine::Automaton automaton(*machine);
  expectExact(automaton, *machine, products(*machine, 300, 700, {0, 1}, {700, 1}, 1), 1000);
}

TEST(SteadyStateOverRows, AStrideLongerThanARowMissesEveryTime) {
  const auto machine = machineFromText(streamer(2, 64, 4, 7, 2));
  engine::Automaton automaton(*machine);
  expectExact(automaton, *machine, products(*machine, 20, 3000, {0, 80}, {3, 0}, 1), 1000);
}

TEST(SteadyStateOverRows, EqualsFullOnRandomStreams) {
  Random random(20261);
  for (int k = 0; k < 60; ++k) {
    const auto pick = [&](std::int64_t low, std::int64_t high) { return random.between(low, high); };
    const auto machine = machineFromText(streamer(
        static_cast<int>(pick(1, 5)), static_cast<int>(1 << pick(2, 7)), static_cast<int>(1 << pick(0, 3)),
        static_cast<int>(pick(0, 9)), static_cast<int>(pick(1, 4))));
    // One automaton for several programs: what it keeps of one must not show in the next.
    engine::Automaton automaton(*machine);
    for (int program = 0; program < 4; ++program) {
      SCOPED_TRACE("machine " + std::to_string(k) + ", program " + std::to_string(program));
      const std::int64_t outer = pick(1, 30), inner = pick(1, 200);
      const std::vector<std::int64_t> a{pick(0, 300), pick(0, 40)}, b{pick(0, 300), pick(0, 9)};
      const Program stream = products(*machine, outer, inner, a, b, pick(1, 9));
      expectExact(automaton, *machine, stream, outer * (inner + 1));
      // … nor in what counts as evaluated.
      Progress progress;
      engine::Automaton fresh(*machine);
      const SteadyTiming alone = timeBySteadyState(fresh, stream, {}, progress);
      const SteadyTiming again = timeBySteadyState(automaton, stream, {}, progress);
      EXPECT_EQ(again.evaluatedBodies, alone.evaluatedBodies);
      EXPECT_EQ(again.evaluatedInstructions, alone.evaluatedInstructions);
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
