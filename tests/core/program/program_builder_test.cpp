// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <gtest/gtest.h>

#include "core/program/program.h"

namespace taktwerk {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

InstructionTemplate operation(std::uint32_t id) {
  InstructionTemplate instruction;
  instruction.operation = OperationId{id};
  return instruction;
}

TEST(TemplateTable, EqualContentsAreOneTemplate) {
  TemplateTable table;
  InstructionTemplate load = operation(1);
  load.memoryReads = {{MemoryId{0}, 4}};
  load.immediates = {{"k", 3}};
  InstructionTemplate other = load;
  other.immediates = {{"k", 4}};
  EXPECT_EQ(table.intern(load), TemplateId{0});
  EXPECT_EQ(table.intern(other), TemplateId{1});
  EXPECT_EQ(table.intern(load), TemplateId{0});
  EXPECT_EQ(table.size(), 2u);
  EXPECT_EQ(table[TemplateId{1}], other);
}

TEST(TemplateTable, ReadsAndWritesAreNotMixedUp) {
  TemplateTable table;
  InstructionTemplate reads = operation(0), writes = operation(0);
  reads.reads = {RegisterId{1}};
  writes.writes = {RegisterId{1}};
  EXPECT_NE(table.intern(reads), table.intern(writes));
}

TEST(ProgramBuilder, SortsImmediatesByName) {
  ProgramBuilder builder("p");
  InstructionTemplate one = operation(0), other = operation(0);
  one.immediates = {{"a", 1}, {"b", 2}};
  other.immediates = {{"b", 2}, {"a", 1}};
  builder.add(one, {});
  builder.add(other, {});
  EXPECT_EQ(std::move(builder).finish().templates.size(), 1u);
}

TEST(ProgramBuilder, DropsLoopsWithoutTripsAndEmptyLoops) {
  ProgramBuilder builder("p");
  builder.openLoop(0);
  builder.openLoop(5);
  EXPECT_EQ(builder.depth(), 2u);
  builder.add(operation(0), {});
  builder.closeLoop();
  builder.closeLoop();
  builder.openLoop(7);
  builder.openLoop(-1);
  builder.add(operation(1), {});
  builder.closeLoop();
  builder.closeLoop();
  builder.openLoop(1, "i");
  builder.add(operation(2), {});
  builder.closeLoop();
  const Program program = std::move(builder).finish();
  ASSERT_EQ(program.loops.size(), 2u);
  EXPECT_EQ(program.loops[1].trips, 1);
  EXPECT_EQ(program.loops[1].variable, "i");
  EXPECT_EQ(program.steps.size(), 1u);
  EXPECT_EQ(program.templates.size(), 1u);
}

TEST(ProgramBuilder, KeepsBodiesTogetherAndInOrder) {
  ProgramBuilder builder("p", "file");
  builder.add(operation(0), {}, 3);
  builder.openLoop(2);
  builder.add(operation(1), {});
  builder.openLoop(3);
  builder.add(operation(2), {});
  builder.closeLoop();
  builder.add(operation(3), {});
  builder.closeLoop();
  const Program program = std::move(builder).finish();
  EXPECT_EQ(program.file, "file");
  ASSERT_EQ(program.body(program.loops[0]).size(), 2u);
  const Program::Item outer = program.body(program.loops[0])[1];
  ASSERT_TRUE(outer.isLoop);
  const Program::Loop& loop = program.loops[outer.index];
  EXPECT_EQ(loop.depth, 1u);
  ASSERT_EQ(program.body(loop).size(), 3u);
  EXPECT_TRUE(program.body(loop)[1].isLoop);
  EXPECT_EQ(program.loops[program.body(loop)[1].index].depth, 2u);
  EXPECT_EQ(program.steps[0].sourceLine, 3u);
}

TEST(SizeOf, AnEmptyProgramHasNoIterations) {
  const ProgramSize size = sizeOf(ProgramBuilder("p").finish());
  EXPECT_EQ(size.instructions, 0);
  EXPECT_EQ(size.loopIterations, 0);
}

TEST(SizeOf, CountsInnermostBodies) {
  ProgramBuilder builder("p");
  builder.add(operation(0), {});
  EXPECT_EQ(sizeOf(ProgramBuilder(builder).finish()).loopIterations, 1);
  builder.openLoop(3);
  builder.add(operation(0), {});
  builder.openLoop(4);
  builder.add(operation(0), {});
  builder.add(operation(0), {});
  builder.closeLoop();
  builder.openLoop(5);
  builder.add(operation(0), {});
  builder.closeLoop();
  builder.closeLoop();
  const ProgramSize size = sizeOf(std::move(builder).finish());
  EXPECT_EQ(size.instructions, 1 + 3 * (1 + 4 * 2 + 5));
  EXPECT_EQ(size.loopIterations, 3 * (4 + 5));
}

TEST(SizeOf, Saturates) {
  ProgramBuilder builder("p");
  for (int i = 0; i < 4; ++i) builder.openLoop(std::int64_t{1} << 40);
  builder.add(operation(0), {});
  const ProgramSize size = sizeOf(std::move(builder).finish());
  EXPECT_EQ(size.instructions, largest);
  EXPECT_EQ(size.loopIterations, largest);
}

}  // namespace
}  // namespace taktwerk
