// SPDX-License-Identifier: GPL-3.0-or-later
#include <sstream>

#include <gtest/gtest.h>

#include "core/program/trace_file.h"
#include "core/reference/simulation.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

TEST(Loops, AreTimedAsTheirUnrolledSequence) {
  RandomOptions options;
  options.program.loops = true;
  const int count = propertyCount(200);
  for (std::uint64_t seed = 1000; seed < 1000 + static_cast<std::uint64_t>(count); ++seed) {
    const RandomCase made = randomCase(seed, options);
    const auto machine = made.architecture.machine();
    ASSERT_TRUE(machine) << "seed " << seed;
    const auto program = made.program.program(*machine);
    ASSERT_TRUE(program) << "seed " << seed;
    std::stringstream trace;
    writeTrace(trace, *program, *machine);
    const auto unrolled = readTrace(trace, "unrolled", *machine);
    ASSERT_TRUE(unrolled) << "seed " << seed;
    const TimingFunction timeUnrolled = [&](const Machine& m, const Program&, const TimesSink& sink,
                                            Progress& progress) {
      return simulate(m, *unrolled, sink, progress);
    };
    EXPECT_EQ(compareTimings(*machine, *program, timeUnrolled).value_or(""), "") << "seed " << seed;
  }
}

/// What is drawn has to reach the rules: neither all deadlocks nor none, caches, DRAMs and errors of none.
TEST(RandomCases, AreValidAndVaried) {
  int deadlocks = 0, caches = 0, drams = 0, withAccesses = 0;
  const int count = 300;
  for (std::uint64_t seed = 0; seed < count; ++seed) {
    const RandomCase made = randomCase(seed, {});
    std::string problems;
    const auto machine = made.architecture.machine(&problems);
    ASSERT_TRUE(machine) << "seed " << seed << '\n' << problems << made.architecture.text();
    const auto program = made.program.program(*machine);
    ASSERT_TRUE(program) << "seed " << seed;
    Progress progress;
    bool accesses = false;
    const Timing timing = simulate(
        *machine, *program,
        [&](const InstructionTimes& one) { accesses = accesses || !one.accesses.empty(); }, progress);
    ASSERT_TRUE(timing.errors.empty()) << "seed " << seed << ": " << toString(timing.errors.front());
    if (timing.deadlock) ++deadlocks;
    if (accesses) ++withAccesses;
    for (const Memory& memory : machine->memories) {
      if (memory.kind == MemoryKind::Cache) ++caches;
      if (memory.kind == MemoryKind::Dram) ++drams;
    }
  }
  EXPECT_GT(deadlocks, count / 20);
  EXPECT_LT(deadlocks, count / 2);
  EXPECT_GT(caches, count / 5);
  EXPECT_GT(drams, count / 5);
  EXPECT_GT(withAccesses, count / 3);
}

TEST(ComparingTimings, FindsAndShrinksADifference) {
  // A candidate that is one cycle late where an instruction writes two or more words.
  const TimingFunction late = [](const Machine& machine, const Program& program, const TimesSink& sink,
                                 Progress& progress) {
    Timing timing = simulate(machine, program, sink, progress);
    ProgramWalker walker(program);
    bool writesWords = false;
    while (walker.next()) {
      for (const AccessShape& shape : program.templates[walker.step().instruction].memoryWrites) {
        writesWords = writesWords || shape.words > 1;
      }
    }
    if (writesWords) ++timing.cycles;
    return timing;
  };
  const auto differs = [&](const RandomCase& one) {
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    return program && compareTimings(*machine, *program, late, false).has_value();
  };
  std::uint64_t seed = 0;
  while (!differs(randomCase(seed, {}))) ++seed;
  const RandomCase small = shrink(randomCase(seed, {}), differs);
  EXPECT_TRUE(differs(small));
  ASSERT_EQ(small.program.body.size(), 1u);
  EXPECT_EQ(small.program.body[0].instruction.memoryWrites.size(), 1u);
  EXPECT_TRUE(small.program.body[0].instruction.memoryReads.empty());
  EXPECT_TRUE(small.program.body[0].instruction.writes.empty());
}

}  // namespace
}  // namespace taktwerk::test
