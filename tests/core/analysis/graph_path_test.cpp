// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/graph_neighbours.h"
#include "core/analysis/graph_search.h"
#include "core/analysis/layer_window.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/core/analysis/small_machine.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

GraphWindow windowOf(const std::shared_ptr<const Machine>& machine, const Program& program,
                     std::int64_t first, std::int64_t end) {
  Progress progress;
  auto window = graphWindowOf(machine, program, {first, end}, progress);
  EXPECT_TRUE(window);
  return window ? std::move(*window) : GraphWindow{};
}

/// A load to r0, an instruction that needs it, and one that needs nothing.
const char* const chainTrace =
    "{\"operation\": \"load\", \"writes\": [\"regs.r0\"], "
    "\"memory_reads\": [{\"memory\": \"dmem\", \"address\": 0}]}\n"
    "{\"operation\": \"wait\", \"reads\": [\"regs.r0\"], \"writes\": [\"regs.r1\"]}\n"
    "{\"operation\": \"add\"}\n";

TEST(GraphPath, StepsAddUpToTheCyclesByCause) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = 100;
  int graphs = 0;
  for (int i = 0; i < propertyCount(80); ++i) {
    SCOPED_TRACE("seed " + std::to_string(32'000'000 + i));
    const RandomCase one = randomCase(32'000'000 + static_cast<std::uint64_t>(i), options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    Progress progress;
    const std::int64_t all = sizeOf(*program).instructions;
    const auto window = graphWindowOf(machine, *program, {0, all}, progress);
    if (!window) continue;
    ++graphs;
    Breakdown byCause;
    Cycles at = 0;
    for (const PathStep& step : criticalSteps(*window)) {
      ASSERT_EQ(step.begins, at) << "the path has no gap";
      at += step.duration;
      ASSERT_EQ(step.cumulative, at);
      byCause[step.cause] += step.duration;
    }
    ASSERT_EQ(at, window->graph.cycles);
    ASSERT_EQ(byCause, window->criticalPath);
  }
  EXPECT_GT(graphs, 20);
}

TEST(GraphPath, OfAWindowIsWhatLeadsThere) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  const GraphWindow window = windowOf(machine, program, 100, 130);
  const std::vector<PathStep> steps = criticalSteps(window);
  ASSERT_FALSE(steps.empty());
  Cycles sum = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    sum += steps[i].duration;
    EXPECT_EQ(steps[i].cumulative, sum);
    EXPECT_EQ(steps[i].begins, window.graph.nodes[steps[i].node].enter);
    if (i > 0) {
      EXPECT_GE(steps[i].begins, steps[i - 1].begins);
    }
  }
  EXPECT_LE(steps.back().begins + steps.back().duration, window.graph.cycles);
}

TEST(GraphPath, SaysWhatANodeWaitedForAndHowLong) {
  const auto machine = twoLanes();
  const GraphWindow window = windowOf(machine, programOf(*machine, chainTrace), 0, 3);
  EXPECT_EQ(waitOf(window.graph, 0), std::nullopt) << "the first fetch waits for nothing";
  Cycles waited = 0;
  for (std::uint32_t n = 0; n < window.graph.nodes.size(); ++n) {
    const GraphNode& node = window.graph.nodes[n];
    const auto edges = edgesInto(window.graph, n);
    for (const GraphEdge& edge : edges) EXPECT_EQ(edge.to, n);
    const auto wait = waitOf(window.graph, n);
    ASSERT_EQ(wait.has_value(), !edges.empty());
    if (!wait) continue;
    EXPECT_TRUE(wait->edge.binding);
    EXPECT_EQ(wait->cause, causeOf(wait->edge));
    EXPECT_GE(wait->cycles.value_or(0), 0);
    if (node.instruction == 1 && node.kind == NodeKind::Unit) {
      waited = wait->cycles.value_or(0);
      EXPECT_EQ(wait->cause.wait, WaitCause::Data);
      EXPECT_EQ(wait->cause.detail, WaitDetail::RegisterRaw);
      EXPECT_EQ(wait->edge.instruction, 0);
    }
  }
  EXPECT_GT(waited, 0);
}

TEST(GraphSearch, FindsByNumberOperationAndBlock) {
  const auto machine = twoLanes();
  const GraphWindow window = windowOf(machine, programOf(*machine, chainTrace), 0, 3);
  const auto instructionsOf = [&](const char* text) {
    std::set<std::int64_t> instructions;
    for (const std::uint32_t n : findNodes(window, text)) {
      instructions.insert(window.graph.nodes[n].instruction);
    }
    return instructions;
  };
  EXPECT_THAT(instructionsOf(" 1 "), ElementsAre(1));
  EXPECT_THAT(instructionsOf("WAI"), ElementsAre(1));
  EXPECT_THAT(instructionsOf("add"), ElementsAre(2));
  EXPECT_THAT(instructionsOf("a"), ElementsAre(0, 1, 2));
  EXPECT_THAT(instructionsOf("7"), IsEmpty());
  EXPECT_THAT(instructionsOf("  "), IsEmpty());
  for (const std::uint32_t n : findNodes(window, "alu")) {
    EXPECT_EQ(machine->objectNames[window.graph.nodes[n].object], "alu");
  }
  EXPECT_FALSE(findNodes(window, "alu").empty());
}

/// 0 → 1 → 2 → 3 by data, 0 → 3 by forward.
DependencyGraph diamond() {
  DependencyGraph graph;
  graph.nodes.resize(4);
  const auto add = [&](std::uint32_t from, std::uint32_t to, GraphEdgeKind kind) {
    GraphEdge edge;
    edge.from = from;
    edge.to = to;
    edge.kind = kind;
    graph.edges.push_back(edge);
  };
  add(0, 1, GraphEdgeKind::Data);
  add(1, 2, GraphEdgeKind::Data);
  add(0, 3, GraphEdgeKind::Forward);
  add(2, 3, GraphEdgeKind::Data);
  return graph;
}

TEST(GraphNeighbours, AreThoseWithinTheStepsAndKinds) {
  const DependencyGraph graph = diamond();
  const GraphNeighbours neighbours(graph);
  constexpr EdgeKinds all{true, true, true, true};
  Neighbourhood near = neighbours.around({3}, 1, 0, all);
  EXPECT_THAT(near.nodes, ElementsAre(0, 2, 3));
  EXPECT_THAT(near.edges, ElementsAre(2, 3));
  EXPECT_TRUE(near.more) << "1 is two steps away";
  near = neighbours.around({3}, 2, 0, all);
  EXPECT_THAT(near.nodes, ElementsAre(0, 1, 2, 3));
  EXPECT_FALSE(near.more);
  near = neighbours.around({0}, 0, 1, {true, true, true, false});
  EXPECT_THAT(near.nodes, ElementsAre(0, 1));
  EXPECT_TRUE(near.more);
  near = neighbours.around({0}, 0, 3, all, 1);
  EXPECT_THAT(near.nodes, testing::SizeIs(2)) << "the limit";
  EXPECT_TRUE(near.more);
}

TEST(LayerWindow, IterationsAreThoseOfTheLoopThatRunsMost) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);  // 2, then 3 times (2000 times (5 times 3))
  const ChosenWindow chosen = chooseWindow(program, {true, 1, 2}, 500);
  EXPECT_EQ(chosen.problem, "");
  EXPECT_GT(chosen.loopLength, 0);
  EXPECT_EQ(chosen.window.first, chosen.loopStart + chosen.loopLength);
  EXPECT_EQ(chosen.window.end, chosen.loopStart + 3 * chosen.loopLength);
  EXPECT_EQ(chosen.wanted, 2 * chosen.loopLength);
  const ChosenWindow cut = chooseWindow(program, {true, 3, 100}, 500);
  EXPECT_EQ(cut.window.end, chosen.loopStart + 5 * chosen.loopLength) << "the loop has five";
  EXPECT_THAT(chooseWindow(program, {true, 5, 1}, 500).problem, testing::HasSubstr("iterations 0 to 4"));
}

TEST(LayerWindow, IsCutAtACountedLimit) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  const std::int64_t all = sizeOf(program).instructions;
  const ChosenWindow cut = chooseWindow(program, {false, 10, 10'000}, 500);
  EXPECT_EQ(cut.window.first, 10);
  EXPECT_EQ(cut.window.end, 510);
  EXPECT_EQ(cut.wanted, 10'000);
  EXPECT_EQ(cut.problem, "");
  EXPECT_THAT(chooseWindow(program, {false, all, 1}, 500).problem,
              testing::HasSubstr("instructions 0 to " + std::to_string(all - 1)));
  EXPECT_NE(chooseWindow(Program{}, {}, 500).problem, "");
}

TEST(LayerWindow, AProgramWithoutLoopsIsOneIteration) {
  const auto machine = twoLanes();
  const ChosenWindow chosen = chooseWindow(programOf(*machine, chainTrace), {true, 0, 2}, 500);
  EXPECT_EQ(chosen.window.first, 0);
  EXPECT_EQ(chosen.window.end, 3);
  EXPECT_EQ(chosen.loopLength, 0);
}

}  // namespace
}  // namespace taktwerk::test
