// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/machine/machine.h"
#include "core/program/cause.h"

namespace taktwerk {

/// What an instruction is at, as a node of its dependency graph.
enum class NodeKind : std::uint8_t {
  Fetch,    ///< its group is being fetched (one node a group, of its first instruction)
  Buffer,   ///< in the fetch stage's issue buffer
  Stage,    ///< in a pipeline or execute stage
  Unit,     ///< processed by a unit, from its start
  Compute,  ///< a memory access unit has its operands and computes what it writes (no time: compute_latency
            ///< follows)
  Access    ///< one piece of a memory access, from its grant until it is ready
};

/// Kinds of edge, in the order in which ties are decided.
enum class GraphEdgeKind : std::uint8_t { Data, Structural, BufferFill, Forward };

[[nodiscard]] const char* toString(NodeKind kind);
[[nodiscard]] const char* toString(GraphEdgeKind kind);

/// (instruction, object), with the cycles in which it was entered and left.
struct GraphNode {
  std::int64_t instruction = 0;
  NodeKind kind = NodeKind::Fetch;
  std::uint32_t object = 0;  ///< into Machine::objectNames
  Cycles enter = 0;
  Cycles leave = 0;
  Words address = 0, words = 0;  ///< of an access
  bool write = false;
};

/// A reason why `to` was not entered earlier: not before `duration` cycles after `from` was entered.
struct GraphEdge {
  std::uint32_t from = 0, to = 0;  ///< nodes; `from` is always the lower number
  GraphEdgeKind kind = GraphEdgeKind::Forward;
  Cycles duration = 0;
  std::uint32_t object = 0;              ///< what took the duration
  std::int64_t instruction = 0;          ///< whose place, slot, result or progress it was
  WaitDetail detail = WaitDetail::None;  ///< of a data or structural edge: the hazard, or what was short
  bool fetching = false;                 ///< the duration is that of a fetch
  bool binding = false;                  ///< the one that decided; one for each node that has edges
  bool critical = false;                 ///< on the critical path
};

/// The dependency graph of a run, or of a window of it. Nodes stand in an order in which every edge leads
/// forward, so one pass finds longest paths.
struct DependencyGraph {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;  ///< grouped by `to`, in its order
  /// The last event: `lastDuration` after `last` was entered an instruction completed or left, and nothing
  /// after it. `lastObject` took that long.
  std::uint32_t last = 0;
  Cycles lastDuration = 0;
  std::uint32_t lastObject = 0;
  Cycles cycles = 0;
};

/// A stretch of the critical path, from its end back to cycle 0 in `criticalPath`.
struct PathPart {
  std::uint32_t node = 0;  ///< where the time was spent
  Cycles duration = 0;
  Cause cause;
};

/// What the duration of an edge on the critical path was spent on.
[[nodiscard]] Cause causeOf(const GraphEdge& edge);

/// Follows binding edges back from the last event; marks them `critical`. The durations add up to `cycles`.
std::vector<PathPart> markCriticalPath(DependencyGraph& graph);

/// The part of a graph that belongs to instructions `first` up to, but not including, `end`: their nodes, the
/// edges between them, and as nodes of their own the others that edges of theirs come from.
[[nodiscard]] DependencyGraph windowOf(const DependencyGraph& graph, std::int64_t first, std::int64_t end);

}  // namespace taktwerk
