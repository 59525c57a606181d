// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/graph/graph.h"

namespace taktwerk {

/// Which kinds of edge count, by `GraphEdgeKind`.
using EdgeKinds = std::array<bool, 4>;

/// What surrounds some nodes of a graph, ascending.
struct Neighbourhood {
  std::vector<std::uint32_t> nodes;  ///< with those asked about
  std::vector<std::uint32_t> edges;  ///< that lead to them, within the steps
  bool more = false;                 ///< there are more, beyond the steps or the limit
};

/// The neighbours in a graph, found from either end of an edge. The graph must outlive it.
class GraphNeighbours {
 public:
  explicit GraphNeighbours(const DependencyGraph& graph);

  /// What is at most `back` edges before and `ahead` edges behind `from`, up to `limit` nodes besides those.
  [[nodiscard]] Neighbourhood around(const std::vector<std::uint32_t>& from, int back, int ahead,
                                     const EdgeKinds& kinds, std::size_t limit = 2000) const;

 private:
  void spread(const std::vector<std::uint32_t>& from, int steps, bool back, const EdgeKinds& kinds,
              std::size_t limit, Neighbourhood& result) const;

  const DependencyGraph& graph_;
  std::vector<std::uint32_t> firstInto_;   ///< by node, into the edges of the graph
  std::vector<std::uint32_t> firstOutOf_;  ///< by node, into `outOf_`
  std::vector<std::uint32_t> outOf_;       ///< edges, grouped by `from`
};

}  // namespace taktwerk
