// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/iteration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/analysis/sample_program.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Iteration, FollowsTheLoopsThatRunMost) {
  const auto machine = smallMachine();
  const Program program = sampleProgram(*machine);
  const std::vector<std::uint32_t> nest = heaviestNest(program);
  ASSERT_EQ(nest.size(), 3U);
  EXPECT_EQ(program.loops[nest[0]].variable, "oc");
  EXPECT_EQ(program.loops[nest[1]].variable, "k");
  const Iteration iteration = iterationOf(program, *machine, nest);
  ASSERT_EQ(iteration.loops.size(), 3U);
  EXPECT_EQ(iteration.loops[1].variable, "k");
  EXPECT_EQ(iteration.loops[1].trips, 2000);
  EXPECT_EQ(iteration.loops[2].variable, "i2") << "it has no name of its own";
  EXPECT_EQ(iteration.loops[2].trips, 5);
  EXPECT_EQ(iteration.leftOut, 0U);
}

TEST(Iteration, NamesWhatInstructionsWorkOn) {
  const auto machine = smallMachine();
  const Program program = sampleProgram(*machine);
  const Iteration iteration = iterationOf(program, *machine, heaviestNest(program));
  ASSERT_EQ(iteration.instructions.size(), 3U);
  const ListedOperation &load = iteration.instructions[0], &add = iteration.instructions[1],
                        &store = iteration.instructions[2];
  EXPECT_EQ(load.operation, "load");
  EXPECT_THAT(load.registersWritten, ElementsAre("regs.r0"));
  EXPECT_EQ(load.unit, "lsu");
  EXPECT_EQ(load.sourceLine, 8U);
  ASSERT_EQ(load.reads.size(), 1U);
  EXPECT_EQ(load.reads[0].memory, "dmem");
  EXPECT_EQ(load.reads[0].words, 4);
  EXPECT_EQ(load.reads[0].base, 10);
  EXPECT_THAT(load.reads[0].strides, ElementsAre(40, -1, 1));
  EXPECT_THAT(load.writes, IsEmpty());
  EXPECT_THAT(add.registersRead, ElementsAre("regs.r0", "regs.r1"));
  EXPECT_THAT(add.immediates, ElementsAre(Pair("round", 0), Pair("shift", 2)));
  EXPECT_EQ(add.unit, "");
  ASSERT_EQ(store.writes.size(), 1U);
  EXPECT_EQ(store.writes[0].base, 100) << "memory reads stand first";
  EXPECT_THAT(store.writes[0].strides, ElementsAre(0, -7, 0));
  EXPECT_EQ(store.reads[0].base, 0);
}

TEST(Iteration, LeavesLoopsFurtherInAndWhatIsTooMuchOut) {
  const auto machine = smallMachine();
  const Program program = sampleProgram(*machine);
  const std::vector<std::uint32_t> nest = heaviestNest(program);
  const Iteration outer = iterationOf(program, *machine, {nest[0], nest[1]});
  ASSERT_EQ(outer.instructions.size(), 1U);
  EXPECT_EQ(outer.instructions[0].operation, "wait");
  EXPECT_THAT(iterationOf(program, *machine, {}).instructions, IsEmpty()) << "there are loops only";
  const Iteration few = iterationOf(program, *machine, nest, 1);
  EXPECT_EQ(few.instructions.size(), 1U);
  EXPECT_EQ(few.leftOut, 2U);
}

TEST(Iteration, OfAProgramWithoutLoopsIsTheProgram) {
  const auto machine = smallMachine();
  const Program program = programOf(*machine, traceThatRuns);
  EXPECT_THAT(heaviestNest(program), IsEmpty());
  const Iteration iteration = iterationOf(program, *machine, {});
  EXPECT_THAT(iteration.loops, IsEmpty());
  EXPECT_EQ(iteration.instructions.size(), 2U);
  EXPECT_THAT(iterationOf(Program{}, *machine, heaviestNest(Program{})).instructions, IsEmpty());
}

}  // namespace
}  // namespace taktwerk::test
