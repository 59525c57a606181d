// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_path.h"

#include <algorithm>

namespace taktwerk {

std::vector<PathStep> criticalSteps(const GraphWindow& window) {
  std::vector<PathStep> steps;
  const DependencyGraph& graph = window.graph;
  Cycles cumulative = 0;
  const auto add = [&](std::uint32_t node, std::int64_t instruction, Cycles duration, const Cause& cause) {
    if (duration <= 0) return;
    cumulative += duration;
    steps.push_back({node, instruction, graph.nodes[node].enter, duration, cumulative, cause});
  };
  // Edges stand in the order of the nodes they lead to, and every edge leads forward.
  for (const GraphEdge& edge : graph.edges) {
    if (edge.critical) add(edge.from, edge.instruction, edge.duration, causeOf(edge));
  }
  if (graph.last >= graph.nodes.size()) return steps;
  const GraphNode& last = graph.nodes[graph.last];
  const bool inside = last.instruction >= window.first && last.instruction < window.end;
  // A node that the window has left out is numbered 0, which is no end.
  if (inside && last.enter + graph.lastDuration == graph.cycles) {
    add(graph.last, last.instruction, graph.lastDuration, {WaitCause::Busy, {graph.lastObject}});
  }
  return steps;
}

std::span<const GraphEdge> edgesInto(const DependencyGraph& graph, std::uint32_t node) {
  const auto begin =
      std::lower_bound(graph.edges.begin(), graph.edges.end(), node,
                       [](const GraphEdge& edge, std::uint32_t wanted) { return edge.to < wanted; });
  auto end = begin;
  while (end != graph.edges.end() && end->to == node) ++end;
  return {begin, end};
}

std::optional<NodeWait> waitOf(const DependencyGraph& graph, std::uint32_t node) {
  std::optional<NodeWait> wait;
  Cycles byItself = -1;
  const GraphNode& entered = graph.nodes[node];
  for (const GraphEdge& edge : edgesInto(graph, node)) {
    if (edge.binding) wait = NodeWait{std::nullopt, edge, causeOf(edge)};
    const bool own = edge.kind == GraphEdgeKind::Forward && edge.instruction == entered.instruction;
    if (own || (entered.kind == NodeKind::Fetch && edge.fetching)) {
      byItself = std::max(byItself, graph.nodes[edge.from].enter + edge.duration);
    }
  }
  if (wait && byItself >= 0) wait->cycles = entered.enter - byItself;
  return wait;
}

}  // namespace taktwerk
