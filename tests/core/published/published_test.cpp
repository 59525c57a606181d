// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/published/published.h"

#include <cmath>
#include <iostream>

#include "tests/core/bounds/random_cases.h"
#include "tests/support/machine_from_text.h"
#include "tests/support/named.h"

namespace taktwerk::test {
namespace {

constexpr const char* oneMac = R"(
format: taktwerk-architecture/1
name: One unit
parameters:
  width: {default: 1}
objects:
  imem:    {class: SRAM, read_latency: 1, port_width: width}
  imau:    {class: InstructionMemoryAccessUnit, latency: 0}
  fetch:   {class: InstructionFetchStage, latency: 1, issue_buffer_size: 2 * width}
  execute: {class: ExecuteStage, latency: 1}
  alu:     {class: FunctionalUnit, operations: [mac], latency: 3}
  lsu:     {class: MemoryAccessUnit, operations: [load], latency: 1}
  regs:    {class: RegisterFile, registers: [a, b, c]}
  dmem:    {class: SRAM, read_latency: 4}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - contains: [execute, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, regs]
)";

/// Loads and multiplications, `trips` times, `outer` times over.
Program kernel(const Machine& machine, std::int64_t outer, std::int64_t trips) {
  ProgramBuilder builder("kernel");
  builder.openLoop(outer, "o");
  builder.openLoop(trips, "k");
  InstructionTemplate load;
  load.operation = machine.findOperation("load");
  load.writes = {test::registerNamed(machine, "regs.a")};
  load.memoryReads = {{machine.findMemory("dmem"), 1}};
  builder.add(load, std::vector<std::int64_t>{0, 1000, 1});
  InstructionTemplate mac;
  mac.operation = machine.findOperation("mac");
  mac.reads = {test::registerNamed(machine, "regs.a"), test::registerNamed(machine, "regs.c")};
  mac.writes = {test::registerNamed(machine, "regs.c")};
  builder.add(mac, {});
  return std::move(builder).finish();
}

TEST(Published, IsExactWhereEverythingIsReachedInProgramOrder) {
  const auto machine = machineFromText(oneMac);
  const Program program = kernel(*machine, 1, 1000);
  Progress progress;
  const Timing reference = simulate(*machine, program, {}, progress);
  const Published published = timeAsPublished(*machine, program, {}, progress);
  EXPECT_EQ(published.timing.cycles, reference.cycles);
  EXPECT_EQ(published.timing.instructions, 2000);
  EXPECT_LE(published.evaluatedIterations, 5);
  EXPECT_EQ(published.settledLoops, 1 + 0);
}

TEST(Published, SkipsAtEveryLevelOfANest) {
  const auto machine = machineFromText(oneMac);
  const Program program = kernel(*machine, 50, 200);
  Progress progress;
  const Timing reference = simulate(*machine, program, {}, progress);
  const Published published = timeAsPublished(*machine, program, {}, progress);
  EXPECT_EQ(published.timing.cycles, reference.cycles);
  EXPECT_LE(published.evaluatedIterations, 25);
}

TEST(Published, NeedsNoFallbackWhereItSettlesAndNoLoopAtAll) {
  const auto machine = machineFromText(oneMac);
  const Program program = kernel(*machine, 1, 10'000);
  Progress progress;
  PublishedOptions options;
  const Published all = timeAsPublished(*machine, program, options, progress);
  EXPECT_EQ(all.fallbackLoops, 0);
  // A program without loops is one pass.
  ProgramBuilder builder("flat");
  InstructionTemplate mac;
  mac.operation = machine->findOperation("mac");
  for (int i = 0; i < 20; ++i) builder.add(mac, {});
  const Program flat = std::move(builder).finish();
  const Published once = timeAsPublished(*machine, flat, options, progress);
  EXPECT_EQ(once.evaluatedInstructions, 20);
  EXPECT_EQ(once.timing.cycles, simulate(*machine, flat, {}, progress).cycles);
}

TEST(Published, IsNearTheTruthOnRandomProgramsAndSaysHowNear) {
  int cases = 0, equal = 0, settled = 0, fallen = 0;
  double error = 0, worst = 0;
  forRandomPrograms(9'000'000, 400, 500,
                    [&](const Machine& machine, const Program& program, Cycles reference) {
                      Progress progress;
                      const Published found = timeAsPublished(machine, program, {}, progress);
                      ASSERT_TRUE(found.timing.ok());
                      if (reference == 0) return;
                      ++cases;
                      if (found.timing.cycles == reference) ++equal;
                      if (found.settledLoops > 0) ++settled;
                      if (found.fallbackLoops > 0) ++fallen;
                      const auto truth = static_cast<double>(reference);
                      const double off = std::abs(static_cast<double>(found.timing.cycles) - truth) / truth;
                      error += off;
                      worst = std::max(worst, off);
                    });
  std::cout << cases << " programs: " << equal << " equal to the reference, mean error "
            << 100 * error / cases << " %, worst " << 100 * worst << " %; a fixed point in " << settled
            << ", the fallback in " << fallen << '\n';
  EXPECT_GT(equal, cases / 3);
  EXPECT_LT(error / cases, 0.2);
}

}  // namespace
}  // namespace taktwerk::test
