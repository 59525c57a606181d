// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/analysis/graph_window.h"
#include "core/program/cause.h"

namespace taktwerk {

/// A stretch of the critical path, in the order of time.
struct PathStep {
  std::uint32_t node = 0;        ///< where the time was spent
  std::int64_t instruction = 0;  ///< whose progress, result, place or slot it was
  Cycles begins = 0;
  Cycles duration = 0;
  Cycles cumulative = 0;  ///< with those before it in the window
  Cause cause;
};

/// What of the critical path leads to nodes of the window's instructions, from its beginning to its end;
/// stretches of no duration are left out. Where the window begins with the program the durations add up to
/// the cycles of the graph.
[[nodiscard]] std::vector<PathStep> criticalSteps(const GraphWindow& window);

/// The edges that lead to a node, of the graph's; a span into it.
[[nodiscard]] std::span<const GraphEdge> edgesInto(const DependencyGraph& graph, std::uint32_t node);

/// Why a node was not entered earlier.
struct NodeWait {
  /// From when its instruction could have come by itself; none where the graph does not tell.
  std::optional<Cycles> cycles;
  GraphEdge edge;  ///< that decided
  Cause cause;
};
/// Nothing of a node without edges: the first, and sources from outside the window.
[[nodiscard]] std::optional<NodeWait> waitOf(const DependencyGraph& graph, std::uint32_t node);

}  // namespace taktwerk
