// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_window.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reference/simulation.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

Cycles sumOf(const Breakdown& breakdown) {
  return std::accumulate(breakdown.begin(), breakdown.end(), Cycles{0},
                         [](Cycles sum, const auto& each) { return sum + each.second; });
}

TEST(GraphWindow, HasAllThatIsShown) {
  const auto machine = smallMachine();
  const Program program = programOf(*machine, traceThatRuns);
  Progress progress;
  const auto window = graphWindowOf(machine, program, {0, 2}, progress);
  ASSERT_TRUE(window);
  EXPECT_TRUE(window.diagnostics.empty());
  EXPECT_FALSE(window->cancelled);
  EXPECT_EQ(window->machine, machine);
  EXPECT_EQ(window->title, "Small running test, instructions 0 to 1");
  EXPECT_EQ(window->first, 0);
  EXPECT_EQ(window->end, 2);
  EXPECT_THAT(window->operations, testing::ElementsAre(testing::Pair(0, "add"), testing::Pair(1, "wait")));
  EXPECT_EQ(window->graph.cycles, simulate(*machine, program, {}, progress).cycles);
  EXPECT_EQ(sumOf(window->criticalPath), window->graph.cycles);
  EXPECT_TRUE(std::any_of(window->graph.edges.begin(), window->graph.edges.end(),
                          [](const GraphEdge& edge) { return edge.critical; }));
}

TEST(GraphWindow, KnowsTheOperationsOfSourcesOutside) {
  const auto machine = smallMachine();
  Progress progress;
  const auto window = graphWindowOf(machine, programOf(*machine, traceThatRuns), {1, 2}, progress);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->title, "Small running test, instructions 1 to 1");
  for (const GraphNode& node : window->graph.nodes) {
    EXPECT_EQ(window->operations.at(node.instruction), node.instruction == 0 ? "add" : "wait");
  }
}

TEST(GraphWindow, OfNoInstructionsIsEmpty) {
  const auto machine = smallMachine();
  Progress progress;
  const auto window = graphWindowOf(machine, programOf(*machine, traceThatRuns), {0, 0}, progress);
  ASSERT_TRUE(window);
  EXPECT_EQ(window->title, "Small running test");
  EXPECT_TRUE(window->graph.edges.empty());
}

TEST(GraphWindow, SaysWhereItJams) {
  const auto machine = smallMachine();
  Progress progress;
  const auto window = graphWindowOf(machine, programOf(*machine, traceThatJams), {0, 2}, progress);
  EXPECT_FALSE(window);
  ASSERT_EQ(window.diagnostics.size(), 1U);
  const Diagnostic& problem = window.diagnostics[0];
  EXPECT_EQ(problem.code, "E0002");
  EXPECT_EQ(problem.file, "test.trace.jsonl");
  EXPECT_EQ(problem.position, (SourcePosition{1, 1}));
  EXPECT_EQ(problem.object, "test");
  EXPECT_EQ(
      problem.message,
      "deadlock at cycle 4: 0 (add in queue) waits for 1 to leave execute, 1 (add in execute) waits for "
      "0 to write regs.r0");
}

TEST(GraphWindow, IsVoidWhenItIsCancelled) {
  const auto machine = smallMachine();
  Progress progress;
  progress.cancel();
  const auto window = graphWindowOf(machine, programOf(*machine, traceThatRuns), {0, 2}, progress);
  ASSERT_TRUE(window);
  EXPECT_TRUE(window->cancelled);
  EXPECT_TRUE(window->graph.nodes.empty());
}

}  // namespace
}  // namespace taktwerk::test
