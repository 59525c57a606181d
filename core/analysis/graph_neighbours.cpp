// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_neighbours.h"

#include <algorithm>
#include <utility>

namespace taktwerk {

GraphNeighbours::GraphNeighbours(const DependencyGraph& graph)
    : graph_(graph),
      firstInto_(graph.nodes.size() + 1, 0),
      firstOutOf_(graph.nodes.size() + 1, 0),
      outOf_(graph.edges.size()) {
  for (const GraphEdge& edge : graph.edges) {
    ++firstInto_[edge.to + 1];
    ++firstOutOf_[edge.from + 1];
  }
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    firstInto_[n + 1] += firstInto_[n];
    firstOutOf_[n + 1] += firstOutOf_[n];
  }
  std::vector<std::uint32_t> next = firstOutOf_;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) outOf_[next[graph.edges[e].from]++] = e;
}

void GraphNeighbours::spread(const std::vector<std::uint32_t>& from, int steps, bool back,
                             const EdgeKinds& kinds, std::size_t limit, Neighbourhood& result) const {
  std::vector<bool> seen(graph_.nodes.size(), false);
  for (const std::uint32_t n : from) seen[n] = true;
  std::vector<std::uint32_t> now = from, next;
  const std::vector<std::uint32_t>& first = back ? firstInto_ : firstOutOf_;
  for (int step = 0; !now.empty(); ++step, now = std::exchange(next, {})) {
    for (const std::uint32_t n : now) {
      for (std::uint32_t at = first[n]; at < first[n + 1]; ++at) {
        const std::uint32_t e = back ? at : outOf_[at];
        const GraphEdge& edge = graph_.edges[e];
        const std::uint32_t other = back ? edge.from : edge.to;
        if (!kinds[static_cast<std::size_t>(edge.kind)]) continue;
        const bool full = !seen[other] && result.nodes.size() >= limit;
        if (step >= steps || full) {
          result.more = result.more || !seen[other];
          continue;
        }
        result.edges.push_back(e);
        if (seen[other]) continue;
        seen[other] = true;
        result.nodes.push_back(other);
        next.push_back(other);
      }
    }
  }
}

Neighbourhood GraphNeighbours::around(const std::vector<std::uint32_t>& from, int back, int ahead,
                                      const EdgeKinds& kinds, std::size_t limit) const {
  Neighbourhood result;
  spread(from, back, true, kinds, limit, result);
  spread(from, ahead, false, kinds, limit, result);
  result.nodes.insert(result.nodes.end(), from.begin(), from.end());
  for (auto* list : {&result.nodes, &result.edges}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  return result;
}

}  // namespace taktwerk
