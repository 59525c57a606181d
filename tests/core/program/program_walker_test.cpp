// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <gtest/gtest.h>

#include "core/program/program.h"
#include "tests/support/random.h"

namespace taktwerk {
namespace {

using test::Random;

struct Visit {
  std::uint32_t operation = 0;
  std::vector<std::int64_t> addresses;
  std::vector<std::int64_t> variables;
  friend bool operator==(const Visit&, const Visit&) = default;
};

std::vector<Visit> walk(const Program& program) {
  std::vector<Visit> visits;
  ProgramWalker walker(program);
  while (walker.next()) {
    visits.push_back({program.templates[walker.step().instruction].operation.value,
                      {walker.addresses().begin(), walker.addresses().end()},
                      {walker.loopVariables().begin(), walker.loopVariables().end()}});
  }
  return visits;
}

/// The unrolled program by recursion, computing every address from its definition.
void unroll(const Program& program, std::uint32_t loopIndex, std::vector<std::int64_t>& variables,
            std::vector<Visit>& visits) {
  const Program::Loop& loop = program.loops[loopIndex];
  for (std::int64_t trip = 0; trip < loop.trips; ++trip) {
    if (loopIndex > 0) variables.push_back(trip);
    for (const Program::Item& item : program.body(loop)) {
      if (item.isLoop) {
        unroll(program, item.index, variables, visits);
        continue;
      }
      const Program::Step& step = program.steps[item.index];
      const InstructionTemplate& instruction = program.templates[step.instruction];
      Visit visit{instruction.operation.value, {}, variables};
      std::size_t at = step.firstCoefficient;
      for (std::size_t access = 0; access < instruction.accessCount(); ++access) {
        std::int64_t address = program.coefficients[at++];
        for (const std::int64_t variable : variables) address += program.coefficients[at++] * variable;
        visit.addresses.push_back(address);
      }
      visits.push_back(std::move(visit));
    }
    if (loopIndex > 0) variables.pop_back();
  }
}

void addRandomBody(Random& random, ProgramBuilder& builder, int& left) {
  const std::int64_t parts = random.between(0, 4);
  for (std::int64_t part = 0; part < parts && left > 0; ++part) {
    --left;
    if (random.chance(45) && builder.depth() < 4) {
      builder.openLoop(random.between(0, 4));
      addRandomBody(random, builder, left);
      builder.closeLoop();
      continue;
    }
    InstructionTemplate instruction;
    instruction.operation = OperationId{static_cast<std::uint32_t>(random.below(5))};
    instruction.memoryReads.resize(random.below(3), {MemoryId{0}, 1});
    instruction.memoryWrites.resize(random.below(2), {MemoryId{1}, 2});
    std::vector<std::int64_t> affine(instruction.accessCount() * (1 + builder.depth()));
    for (std::int64_t& number : affine) number = random.between(-20, 20);
    builder.add(std::move(instruction), affine);
  }
}

TEST(ProgramWalker, UnrollsRandomTrees) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Random random(seed);
    ProgramBuilder builder("random");
    int left = 14;
    while (left > 0) {
      addRandomBody(random, builder, left);
      --left;
    }
    const Program program = std::move(builder).finish();
    std::vector<Visit> expected;
    std::vector<std::int64_t> variables;
    unroll(program, 0, variables, expected);
    ASSERT_EQ(walk(program), expected) << "seed " << seed;
    ASSERT_EQ(sizeOf(program).instructions, static_cast<std::int64_t>(expected.size())) << "seed " << seed;
  }
}

/// A program put together by hand, as no builder would.
Program handMade(std::int64_t outerTrips, std::int64_t innerTrips, std::uint32_t innerItems) {
  Program program;
  program.loops = {{1, 0, 2, 0, ""}, {outerTrips, 2, 1, 1, ""}, {innerTrips, 3, innerItems, 2, ""}};
  program.items = {{true, 1}, {false, 0}, {true, 2}, {false, 1}};
  InstructionTemplate instruction;
  instruction.operation = OperationId{7};
  program.steps = {{program.templates.intern(instruction), 0, 0},
                   {program.templates.intern(instruction), 0, 0}};
  return program;
}

TEST(ProgramWalker, PassesOverLoopsThatHoldNothing) {
  const std::int64_t huge = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(walk(handMade(huge, huge, 0)).size(), 1u);
  EXPECT_EQ(walk(handMade(huge, 0, 1)).size(), 1u);
  EXPECT_EQ(walk(handMade(0, huge, 1)).size(), 1u);
  EXPECT_EQ(walk(handMade(3, 2, 1)).size(), 7u);
  EXPECT_EQ(sizeOf(handMade(huge, 0, 1)).loopIterations, 1);
}

TEST(ProgramWalker, AnEmptyProgramHasNoInstruction) {
  const Program built = ProgramBuilder("p").finish();
  EXPECT_FALSE(ProgramWalker(built).next());
  const Program bare;
  EXPECT_FALSE(ProgramWalker(bare).next());
}

TEST(ProgramWalker, StartsALoopOfAnyNumberOfTrips) {
  ProgramBuilder builder("p");
  InstructionTemplate load;
  load.operation = OperationId{0};
  load.memoryReads = {{MemoryId{0}, 1}};
  builder.openLoop(std::numeric_limits<std::int64_t>::max());
  builder.add(load, std::vector<std::int64_t>{5, 3});
  const Program program = std::move(builder).finish();
  ProgramWalker walker(program);
  for (std::int64_t i = 0; i < 1000; ++i) {
    ASSERT_TRUE(walker.next());
    ASSERT_EQ(walker.addresses()[0], 5 + 3 * i);
  }
}

}  // namespace
}  // namespace taktwerk
