// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernels/loop_finder.h"

#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"
#include "core/engine/steady/automaton.h"
#include "core/engine/steady/steady.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

/// Nothing if both unroll to the same, else where they first differ.
std::string difference(const Program& a, const Program& b) {
  ProgramWalker one(a), other(b);
  for (std::int64_t i = 0;; ++i) {
    const bool more = one.next();
    if (more != other.next()) return "one ends at instruction " + std::to_string(i);
    if (!more) return "";
    if (!(a.templates[one.step().instruction] == b.templates[other.step().instruction]) ||
        !std::equal(one.addresses().begin(), one.addresses().end(), other.addresses().begin(),
                    other.addresses().end())) {
      return "instruction " + std::to_string(i) + " differs";
    }
  }
}

/// A flat program of one-access instructions: (kind, address) pairs.
Program flat(const std::vector<std::pair<int, std::int64_t>>& instructions) {
  ProgramBuilder builder("flat");
  for (const auto& [kind, address] : instructions) {
    InstructionTemplate instruction;
    instruction.operation = OperationId{static_cast<std::uint32_t>(kind)};
    instruction.memoryReads = {{MemoryId{0}, 1}};
    builder.add(instruction, std::vector<std::int64_t>{address});
  }
  return std::move(builder).finish();
}

/// What LoopFinder makes of a program, unrolled.
Program loopsFound(const Program& program) {
  LoopFinder finder;
  ProgramWalker walker(program);
  while (walker.next()) finder.add(walker.step().instruction, walker.addresses(), walker.step().sourceLine);
  return std::move(finder).finish(program.name, program.file, program.templates);
}

/// What loops make small; the root does not count.
std::size_t stepsAndLoops(const Program& program) {
  return program.steps.size() + (program.loops.empty() ? 0 : program.loops.size() - 1);
}

TEST(LoopFinder, FindsALoopWithItsStridesAndTheRemainder) {
  std::vector<std::pair<int, std::int64_t>> instructions = {{9, 5}};
  for (int i = 0; i < 100; ++i) {
    instructions.emplace_back(0, 10 + 4 * i);
    instructions.emplace_back(1, 1000 - i);
  }
  instructions.emplace_back(0, 10 + 4 * 100);
  instructions.emplace_back(7, 0);
  const Program program = flat(instructions);
  const Program found = loopsFound(program);
  EXPECT_EQ(difference(program, found), "");
  ASSERT_EQ(found.loops.size(), 2u);
  EXPECT_EQ(found.loops[1].trips, 100);
  EXPECT_EQ(found.steps.size(), 1u + 2 + 2);
}

TEST(LoopFinder, FindsNestsWithUnequalStrides) {
  std::vector<std::pair<int, std::int64_t>> instructions;
  for (int i = 0; i < 6; ++i) {
    for (int j = 0; j < 5; ++j) {
      for (int k = 0; k < 4; ++k) instructions.emplace_back(0, 1000 * i + 100 * j + k);
      instructions.emplace_back(1, 7 * i + j);
    }
    instructions.emplace_back(2, i * i);  // not affine in i, but any two are: the six come as three pairs
  }
  const Program program = flat(instructions);
  const Program found = loopsFound(program);
  EXPECT_EQ(difference(program, found), "");
  EXPECT_EQ(stepsAndLoops(found), 3u * (1 + 2 + 2 + 1));
}

TEST(LoopFinder, ALastTileThatIsShorterIsALoopOfItsOwn) {
  std::vector<std::pair<int, std::int64_t>> instructions;
  for (int tile = 0; tile < 10; ++tile) {
    instructions.emplace_back(1, tile);
    for (int k = 0; k < (tile == 9 ? 7 : 16); ++k) instructions.emplace_back(0, 16 * tile + k);
    instructions.emplace_back(2, tile);
  }
  const Program program = flat(instructions);
  const Program found = loopsFound(program);
  EXPECT_EQ(difference(program, found), "");
  EXPECT_LE(stepsAndLoops(found), 5u + 4u);
}

TEST(LoopFinder, FindsLongBodiesWhoseInstructionsLookAlike) {
  Random random(3);
  std::vector<std::pair<int, std::int64_t>> body, instructions;
  for (int i = 0; i < 700; ++i) body.emplace_back(random.below(3), random.between(0, 9999));
  for (std::int64_t i = 0; i < 20; ++i) {
    for (const auto& [kind, address] : body) instructions.emplace_back(kind, address + 3 * i);
  }
  const Program program = flat(instructions);
  const Program found = loopsFound(program);
  EXPECT_EQ(difference(program, found), "");
  EXPECT_LE(stepsAndLoops(found), 2u * body.size());
}

TEST(LoopFinder, RandomNestsComeBackNoLargerThanTheyWere) {
  int programs = 0, larger = 0, settled = 0;
  std::size_t before = 0, after = 0;
  for (int i = 0; i < propertyCount(3000); ++i) {
    RandomOptions options;
    options.program.loops = i % 4 != 0;
    options.program.maximumInstructions = i % 10 == 0 ? 5000 : 300;
    const std::uint64_t seed = 13'000'000 + static_cast<std::uint64_t>(i);
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    const Program found = loopsFound(*program);
    ASSERT_EQ(difference(*program, found), "") << "seed " << seed << '\n' << one.program.text();
    ASSERT_EQ(sizeOf(found).instructions, sizeOf(*program).instructions);
    if (!options.program.loops) continue;
    ++programs;
    before += stepsAndLoops(*program);
    after += stepsAndLoops(found);
    if (stepsAndLoops(found) > stepsAndLoops(*program)) ++larger;
    if (i % 10 != 1) continue;
    // Timed with its loops it takes the cycles it takes without.
    Progress progress;
    engine::Automaton automaton(*machine);
    const SteadyTiming steady = timeBySteadyState(automaton, found, {}, progress);
    const ExplainedTiming full = timeInFull(*machine, *program, {}, progress);
    ASSERT_EQ(steady.explained.timing.ok(), full.timing.ok()) << "seed " << seed;
    if (!full.timing.ok()) continue;
    ASSERT_EQ(steady.explained.timing.cycles, full.timing.cycles) << "seed " << seed;
    ASSERT_EQ(steady.explained.breakdown, full.breakdown) << "seed " << seed;
    ASSERT_EQ(steady.explained.traffic, full.traffic) << "seed " << seed;
    if (steady.evaluatedInstructions < full.timing.instructions) ++settled;
  }
  std::cout << programs << " programs of " << before << " steps and loops become " << after << "; " << larger
            << " are larger than they were; skipped in " << settled << '\n';
  EXPECT_LE(after, before);
  EXPECT_LE(larger, programs / 100);
  EXPECT_GT(settled, 0);
}

}  // namespace
}  // namespace taktwerk::test
