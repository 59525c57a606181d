// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"

#include <iostream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"
#include "core/graph/recorder.h"
#include "core/reference/simulation.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

constexpr std::int64_t everything = std::int64_t{1} << 60;

/// What must hold of every graph: edges lead forward, none is later than the entry it is a reason for, the
/// binding one is as late as any, decides every tie in the order of GraphEdgeKind, and is exactly as late as
/// the entry.
void checkEdges(const DependencyGraph& graph) {
  std::vector<int> bindings(graph.nodes.size(), 0);
  std::vector<const GraphEdge*> binding(graph.nodes.size(), nullptr);
  for (const GraphEdge& edge : graph.edges) {
    ASSERT_LT(edge.from, edge.to);
    ASSERT_LE(graph.nodes[edge.from].enter + edge.duration, graph.nodes[edge.to].enter);
    if (!edge.binding) continue;
    ++bindings[edge.to];
    binding[edge.to] = &edge;
    ASSERT_EQ(graph.nodes[edge.from].enter + edge.duration, graph.nodes[edge.to].enter);
  }
  for (const GraphEdge& edge : graph.edges) {
    if (graph.nodes[edge.from].enter + edge.duration < graph.nodes[edge.to].enter) continue;
    const GraphEdge& decided = *binding[edge.to];
    ASSERT_LE(decided.kind, edge.kind);
    if (decided.kind == edge.kind) {
      ASSERT_LE(decided.instruction, edge.instruction);
    }
  }
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    ASSERT_LE(graph.nodes[n].enter, graph.nodes[n].leave);
    // Only the first fetch begins for no reason.
    ASSERT_EQ(bindings[n], n == 0 ? 0 : 1) << "node " << n;
  }
}

/// The longest path from cycle 0, by one pass over the nodes in their order.
Cycles longestPath(const DependencyGraph& graph) {
  if (graph.nodes.empty()) return 0;
  std::vector<Cycles> reached(graph.nodes.size(), 0);
  for (const GraphEdge& edge : graph.edges) {
    reached[edge.to] = std::max(reached[edge.to], reached[edge.from] + edge.duration);
  }
  return reached[graph.last] + graph.lastDuration;
}

struct Tally {
  int graphs = 0, same = 0, cacheless = 0;
};

void check(const Machine& machine, const Program& program, Tally& tally) {
  Progress progress;
  const Timing reference = simulate(machine, program, {}, progress);
  if (!reference.ok()) return;
  RecordedGraph recorded = recordGraph(machine, program, everything, progress);
  ASSERT_TRUE(recorded.timing.ok());
  DependencyGraph& graph = recorded.graph;
  ASSERT_EQ(graph.cycles, reference.cycles);
  ASSERT_NO_FATAL_FAILURE(checkEdges(graph));
  ASSERT_EQ(longestPath(graph), reference.cycles);

  Breakdown breakdown;
  Cycles sum = 0;
  for (const PathPart& part : markCriticalPath(graph)) {
    breakdown[part.cause] += part.duration;
    sum += part.duration;
  }
  ASSERT_EQ(sum, reference.cycles);
  // The engine follows paths of its own; where both must agree they do.
  const bool caches = std::any_of(machine.memories.begin(), machine.memories.end(),
                                  [](const Memory& memory) { return memory.kind == MemoryKind::Cache; });
  ++tally.graphs;
  if (caches) return;
  ++tally.cacheless;
  if (timeInFull(machine, program, {}, progress).breakdown == breakdown) ++tally.same;
}

TEST(DependencyGraph, LongestPathsAndBindingEdgesOfRandomProgramsAreRight) {
  Tally tally;
  for (const bool caches : {false, true}) {
    RandomOptions options;
    options.machine.caches = caches;
    options.program.loops = true;
    options.program.maximumInstructions = 150;
    for (int i = 0; i < propertyCount(500); ++i) {
      const RandomCase one = randomCase(11'000'000 + static_cast<std::uint64_t>(i), options);
      const auto machine = one.architecture.machine();
      const auto program = machine ? one.program.program(*machine) : std::nullopt;
      if (!program) continue;
      check(*machine, *program, tally);
      if (HasFailure()) {
        std::ostringstream text;
        text << "seed " << 11'000'000 + i << '\n' << one.architecture.text() << one.program.text();
        FAIL() << text.str();
      }
    }
  }
  std::cout << tally.graphs << " graphs; of " << tally.cacheless << " without caches " << tally.same
            << " have the engine's breakdown\n";
  EXPECT_GT(tally.graphs, 0);
  EXPECT_GE(tally.same, tally.cacheless * 99 / 100);
}

}  // namespace
}  // namespace taktwerk::test
