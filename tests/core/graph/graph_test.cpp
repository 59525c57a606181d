// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"

#include <iostream>
#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"
#include "core/graph/recorder.h"
#include "core/reference/simulation.h"
#include "tests/support/random_property.h"
#include "tests/support/vector_case.h"

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

/// The same, found without the order of the nodes and without what is said to bind: every edge is taken again
/// and again, in an order that means nothing, until none makes any node later.
Cycles longestPathByForce(const DependencyGraph& graph) {
  std::vector<std::size_t> order(graph.edges.size());
  for (std::size_t e = 0; e < order.size(); ++e) order[e] = e * 7919 % std::max<std::size_t>(1, order.size());
  if (std::gcd(order.size(), std::size_t{7919}) != 1) std::iota(order.begin(), order.end(), 0);
  std::vector<Cycles> reached(graph.nodes.size(), 0);
  for (bool later = true; later;) {
    later = false;
    for (const std::size_t e : order) {
      const GraphEdge& edge = graph.edges[e];
      const Cycles by = reached[edge.from] + edge.duration;
      if (by <= reached[edge.to]) continue;
      reached[edge.to] = by;
      later = true;
    }
  }
  // No node is entered later than its longest path says, and none earlier.
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) EXPECT_EQ(reached[n], graph.nodes[n].enter) << n;
  return reached[graph.last] + graph.lastDuration;
}

class GraphOfVectors : public testing::TestWithParam<VectorCase> {};

TEST_P(GraphOfVectors, HasTheLongestPathAsItsCriticalOne) {
  const auto byGraph = [](const Machine& machine, const Program& program, const TimesSink& sink,
                          Progress& progress) {
    Timing timing = simulate(machine, program, sink, progress);
    if (!timing.ok()) return timing;
    RecordedGraph recorded = recordGraph(machine, program, everything, progress);
    DependencyGraph& graph = recorded.graph;
    checkEdges(graph);
    timing.cycles = graph.nodes.empty() ? 0 : longestPathByForce(graph);
    Cycles sum = 0;
    std::uint32_t at = graph.last;
    for (const PathPart& part : markCriticalPath(graph)) sum += part.duration;
    EXPECT_EQ(sum, timing.cycles);
    // What is marked is one path, from its end to a node that nothing keeps waiting.
    std::size_t marked = 0;
    for (auto edge = graph.edges.rbegin(); edge != graph.edges.rend(); ++edge) {
      if (!edge->critical) continue;
      EXPECT_EQ(edge->to, at);
      at = edge->from;
      ++marked;
    }
    EXPECT_TRUE(graph.nodes.empty() || graph.nodes[at].enter == 0);
    EXPECT_TRUE(marked > 0 || graph.nodes.size() < 2);
    return timing;
  };
  EXPECT_EQ(checkVectorCase(GetParam(), byGraph), "");  // to the cycles that are written there
}

INSTANTIATE_TEST_SUITE_P(All, GraphOfVectors, testing::ValuesIn(loadVectorCases()),
                         [](const auto& parameter) { return parameter.param.testName(); });

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
