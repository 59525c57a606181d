// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/roofline.h"

#include <iostream>

#include "tests/core/bounds/random_cases.h"
#include "tests/support/machine_from_text.h"

namespace taktwerk::test {
namespace {

TEST(Roofline, BoundsHoldOnRandomPrograms) {
  int cases = 0;
  double tightness = 0, looseness = 0;
  forRandomPrograms(
      7'000'000, 1000, 200, [&](const Machine& machine, const Program& program, Cycles reference) {
        const Result<ProgramBounds> bounds = boundsOf(machine, program);
        ASSERT_TRUE(bounds);
        ASSERT_LE(bounds->roofline.lower(), reference)
            << "compute " << bounds->roofline.compute << " by " << bounds->roofline.computeLimit
            << ", memory " << bounds->roofline.memory << " by " << bounds->roofline.memoryLimit;
        ASSERT_GE(bounds->upper, reference);
        if (reference == 0) return;
        ++cases;
        tightness += static_cast<double>(bounds->roofline.lower()) / static_cast<double>(reference);
        looseness += static_cast<double>(bounds->upper) / static_cast<double>(reference);
      });
  ASSERT_GT(cases, 0);
  std::cout << cases << " programs; the mean lower bound is " << tightness / cases
            << " of the cycles, the mean upper bound " << looseness / cases << '\n';
  EXPECT_GT(tightness / cases, 0.3) << "a bound that says next to nothing";
}

constexpr const char* twoLanes = R"(
format: taktwerk-architecture/1
name: Two lanes
objects:
  imem:   {class: SRAM, read_latency: 1, port_width: 8}
  imau:   {class: InstructionMemoryAccessUnit, latency: 0}
  fetch:  {class: InstructionFetchStage, latency: 0, issue_buffer_size: 64}
  left:   {class: ExecuteStage, latency: 1}
  right:  {class: ExecuteStage, latency: 1}
  alu:    {class: FunctionalUnit, operations: [add], latency: 6}
  mul:    {class: FunctionalUnit, operations: [add, mul], latency: 4}
  load:   {class: MemoryAccessUnit, operations: [load], latency: 0, release: interval, initiation_interval: 1}
  regs:   {class: RegisterFile, registers: [r0, r1, r2, r3]}
  dmem:   {class: SRAM, read_latency: 5, max_concurrent_requests: 2, port_width: 4, read_write_ports: 1, beat_interval: 3}
  third:  {class: ExecuteStage, latency: 1}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, left]
  - forward: [fetch, right]
  - forward: [fetch, third]
  - contains: [left, alu]
  - contains: [right, mul]
  - contains: [third, load]
  - reads: [load, dmem]
  - writes: [load, regs]
)";

/// `count` times the same instruction.
Program repeated(const Machine& machine, const char* operation, std::int64_t count, Words words = 0) {
  ProgramBuilder builder("repeated");
  builder.openLoop(count, "i");
  InstructionTemplate instruction;
  instruction.operation = machine.findOperation(operation);
  if (words > 0) instruction.memoryReads.push_back({machine.findMemory("dmem"), words});
  builder.add(instruction, words > 0 ? std::vector<std::int64_t>{0, 0} : std::vector<std::int64_t>{});
  return std::move(builder).finish();
}

TEST(Roofline, FollowsFromTheUnitsThatCanTakeAnInstruction) {
  const auto machine = machineFromText(twoLanes);
  // 100 multiplications fit one unit of 4 cycles only, 100 additions two of at least 4.
  const auto mul = boundsOf(*machine, repeated(*machine, "mul", 100));
  ASSERT_TRUE(mul);
  EXPECT_EQ(mul->roofline.compute, 1 + 100 * 4);
  EXPECT_EQ(mul->roofline.computeLimit, "right");
  const auto add = boundsOf(*machine, repeated(*machine, "add", 100));
  ASSERT_TRUE(add);
  EXPECT_EQ(add->roofline.compute, 1 + 100 * 4 / 2);
}

TEST(Roofline, FollowsFromSlotsAndPortsOfAMemory) {
  const auto machine = machineFromText(twoLanes);
  // A word: 5 cycles of 2 slots, 3 of the port. 16 words: 5 + 3·3 of the slots, 4·3 of the port.
  const auto word = boundsOf(*machine, repeated(*machine, "load", 100, 1));
  ASSERT_TRUE(word);
  EXPECT_EQ(word->roofline.memory, 1 + 100 * 3 - 3);
  const auto line = boundsOf(*machine, repeated(*machine, "load", 100, 16));
  ASSERT_TRUE(line);
  EXPECT_EQ(line->roofline.memory, 1 + 100 * 12 - 3);
  EXPECT_EQ(line->roofline.memoryLimit, "dmem");
}

TEST(Roofline, OfNothingIsNothing) {
  const auto machine = machineFromText(twoLanes);
  const auto bounds = boundsOf(*machine, ProgramBuilder("empty").finish());
  ASSERT_TRUE(bounds);
  EXPECT_EQ(bounds->roofline.lower(), 0);
  EXPECT_EQ(bounds->upper, 0);
}

}  // namespace
}  // namespace taktwerk::test
