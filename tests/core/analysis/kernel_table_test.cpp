// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kernel_table.h"

#include <limits>
#include <utility>

#include <gtest/gtest.h>

#include "core/kernels/loop_finder.h"
#include "core/kernels/trace_kernels.h"

namespace taktwerk {
namespace {

/// Two instructions, then 3 times (one, 4 times two, one), then 5 times one; lines count them.
Program nest() {
  ProgramBuilder builder("nest");
  std::uint32_t line = 0;
  const auto add = [&](int count) {
    for (int i = 0; i < count; ++i) builder.add(InstructionTemplate{}, {}, ++line);
  };
  add(2);
  builder.openLoop(3, "oc");
  add(1);
  builder.openLoop(4, "k");
  add(2);
  builder.closeLoop();
  add(1);
  builder.closeLoop();
  builder.openLoop(5);
  add(1);
  builder.closeLoop();
  return std::move(builder).finish();
}

/// The program with the loops that are in its unrolled instructions.
Program withLoopsFound(const Program& program) {
  LoopFinder finder;
  ProgramWalker walker(program);
  while (walker.next()) finder.add(walker.step().instruction, walker.addresses(), walker.step().sourceLine);
  return std::move(finder).finish(program.name, program.file, program.templates);
}

TEST(KernelTable, HasEveryLoopWithItsPlaceAndSize) {
  const KernelTable table = kernelTableOf(nest());
  EXPECT_EQ(table.program, "nest");
  EXPECT_EQ(table.instructions, 2 + 3 * 10 + 5);
  EXPECT_EQ(table.loopIterations, 3 * 4 + 5);
  EXPECT_EQ(table.foldedInstructions, 7);
  ASSERT_EQ(table.kernels.size(), 3U);
  const KernelRow &oc = table.kernels[0], &k = table.kernels[1], &last = table.kernels[2];
  EXPECT_EQ(oc.variable, "oc");
  EXPECT_EQ(oc.depth, 0U);
  EXPECT_EQ(oc.start, 2);
  EXPECT_EQ(oc.length, 10);
  EXPECT_EQ(oc.trips, 3);
  EXPECT_EQ(oc.executions, 3);
  EXPECT_EQ(oc.sourceLine, 3U);
  EXPECT_EQ(k.variable, "k");
  EXPECT_EQ(k.depth, 1U);
  EXPECT_EQ(k.start, 3);
  EXPECT_EQ(k.length, 2);
  EXPECT_EQ(k.trips, 4);
  EXPECT_EQ(k.executions, 12);
  EXPECT_EQ(k.sourceLine, 4U);
  EXPECT_EQ(last.variable, "");
  EXPECT_EQ(last.depth, 0U);
  EXPECT_EQ(last.start, 32);
  EXPECT_EQ(last.executions, 5);
}

TEST(KernelTable, SaysTheSameAsTheKernelsOfATrace) {
  const Program program = withLoopsFound(nest());
  const std::vector<Kernel> kernels = kernelsOf(program);
  const KernelTable table = kernelTableOf(program);
  ASSERT_EQ(table.kernels.size(), kernels.size());
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    EXPECT_EQ(table.kernels[i].start, kernels[i].start);
    EXPECT_EQ(table.kernels[i].length, kernels[i].length);
    EXPECT_EQ(table.kernels[i].trips, kernels[i].repetitions);
    EXPECT_EQ(table.kernels[i].depth, kernels[i].depth);
    EXPECT_EQ(table.kernels[i].sourceLine, kernels[i].sourceLine);
  }
}

TEST(KernelTable, LoopsWithoutInstructionsAndWithTooManyAreFine) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  ProgramBuilder builder("large");
  builder.openLoop(most / 2, "a");
  builder.openLoop(3, "b");
  builder.add(InstructionTemplate{}, {}, 9);
  builder.closeLoop();
  builder.closeLoop();
  const KernelTable table = kernelTableOf(std::move(builder).finish());
  ASSERT_EQ(table.kernels.size(), 2U);
  EXPECT_EQ(table.kernels[0].sourceLine, 9U);
  EXPECT_EQ(table.kernels[0].length, 3);
  EXPECT_EQ(table.kernels[1].executions, most);
  EXPECT_EQ(table.instructions, most);

  Program hollow;
  hollow.loops = {{1, 0, 1, 0, {}}, {2, 1, 0, 1, "empty"}};
  hollow.items = {{true, 1}};
  const KernelTable empty = kernelTableOf(hollow);
  ASSERT_EQ(empty.kernels.size(), 1U);
  EXPECT_EQ(empty.kernels[0].length, 0);
  EXPECT_EQ(empty.kernels[0].sourceLine, 0U);
  EXPECT_TRUE(kernelTableOf(Program{}).kernels.empty());
}

}  // namespace
}  // namespace taktwerk
