// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/graph.h"

#include <algorithm>

namespace taktwerk {

const char* toString(NodeKind kind) {
  switch (kind) {
    case NodeKind::Fetch:
      return "fetch";
    case NodeKind::Buffer:
      return "buffer";
    case NodeKind::Stage:
      return "stage";
    case NodeKind::Unit:
      return "unit";
    case NodeKind::Compute:
      return "compute";
    case NodeKind::Access:
      return "access";
  }
  return "";
}

const char* toString(GraphEdgeKind kind) {
  switch (kind) {
    case GraphEdgeKind::Data:
      return "data";
    case GraphEdgeKind::Structural:
      return "structural";
    case GraphEdgeKind::BufferFill:
      return "buffer fill";
    case GraphEdgeKind::Forward:
      return "forward";
  }
  return "";
}

Cause causeOf(const GraphEdge& edge) {
  if (edge.fetching || edge.kind == GraphEdgeKind::BufferFill) return {WaitCause::Fetch, {}};
  if (edge.kind == GraphEdgeKind::Forward) return {WaitCause::Busy, {edge.object}};
  const bool data = edge.kind == GraphEdgeKind::Data;
  return {data ? WaitCause::Data : WaitCause::Structural, {edge.object}, edge.detail};
}

std::vector<PathPart> markCriticalPath(DependencyGraph& graph) {
  std::vector<PathPart> path;
  if (graph.nodes.empty()) return path;
  std::vector<std::uint32_t> bindingOf(graph.nodes.size(), static_cast<std::uint32_t>(graph.edges.size()));
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    graph.edges[e].critical = false;
    if (graph.edges[e].binding) bindingOf[graph.edges[e].to] = e;
  }
  if (graph.lastDuration > 0) {
    path.push_back({graph.last, graph.lastDuration, {WaitCause::Busy, {graph.lastObject}}});
  }
  for (std::uint32_t at = graph.last; bindingOf[at] < graph.edges.size();) {
    GraphEdge& edge = graph.edges[bindingOf[at]];
    edge.critical = true;
    if (edge.duration > 0) {
      path.push_back({edge.from, edge.duration, causeOf(edge)});
    }
    at = edge.from;
  }
  return path;
}

DependencyGraph windowOf(const DependencyGraph& graph, std::int64_t first, std::int64_t end) {
  const auto inside = [&](std::uint32_t node) {
    return graph.nodes[node].instruction >= first && graph.nodes[node].instruction < end;
  };
  std::vector<bool> kept(graph.nodes.size(), false);
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) kept[n] = inside(n);
  std::vector<bool> own = kept;
  for (const GraphEdge& edge : graph.edges) {
    if (!own[edge.to]) continue;
    kept[edge.from] = true;
  }
  DependencyGraph window;
  std::vector<std::uint32_t> numberOf(graph.nodes.size(), 0);
  for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
    if (!kept[n]) continue;
    numberOf[n] = static_cast<std::uint32_t>(window.nodes.size());
    window.nodes.push_back(graph.nodes[n]);
  }
  for (GraphEdge edge : graph.edges) {
    if (!own[edge.to]) continue;
    edge.from = numberOf[edge.from];
    edge.to = numberOf[edge.to];
    window.edges.push_back(edge);
  }
  window.cycles = graph.cycles;
  window.lastDuration = graph.lastDuration;
  window.lastObject = graph.lastObject;
  window.last = kept.empty() || !kept[graph.last] ? 0 : numberOf[graph.last];
  return window;
}

}  // namespace taktwerk
