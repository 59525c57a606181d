// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/analysis/graph_window.h"
#include "core/program/program.h"

namespace taktwerk {

/// What the boxes of a folded graph are made of first: loops with what is in their bodies, or blocks with all
/// that happened in them.
enum class FoldBy : std::uint8_t { Loops, Blocks };

/// What a box stands for, from outside to inside.
enum class FoldedKind : std::uint8_t {
  Before,       ///< what the window waits for of instructions before it
  Loop,         ///< of the program, with all of its iterations in the window
  Iteration,    ///< one of a loop whose iterations are looked at apart
  Elements,     ///< an operation of a loop's body in all elements of an array
  Instruction,  ///< of a loop's body, in all of the iterations that it is not told apart by
  Array,        ///< of blocks: every element of it
  Instance,     ///< of a template
  Block,        ///< one object of the machine; of an instruction what it did there
  Node          ///< of the graph
};
[[nodiscard]] const char* toString(FoldedKind kind);

enum class FoldState : std::uint8_t {
  Closed,  ///< one box
  Open,    ///< what is in it; of a loop its body, once, whatever the number of iterations
  Apart    ///< of a loop: each iteration by itself
};

/// Which groups of a graph are open to look into, by their keys (`FoldedBox::key`). Those not named here are
/// closed, but for iterations.
struct GraphFold {
  FoldBy by = FoldBy::Loops;
  std::map<std::string, FoldState, std::less<>> states;

  friend bool operator==(const GraphFold&, const GraphFold&) = default;
};

/// A closed group, or a single node, as one box.
struct FoldedBox {
  FoldedKind kind = FoldedKind::Node;
  std::string key;     ///< says where in the program and the machine it is
  std::string within;  ///< key of the open group it stands in; empty: none
  std::string name;    ///< of the loop's variable, the operation, the array, instance or block; may be empty
  std::vector<std::uint32_t> nodes;   ///< of the graph, ascending
  std::string array;                  ///< of elements: where
  std::vector<std::int64_t> extents;  ///< of an array
  std::int64_t trips = 0;             ///< of a loop
  /// Of a loop the executions of its body that are in the window; of an iteration its number.
  std::int64_t iterations = 0;
  std::int64_t instructions = 0;  ///< that have nodes in it
  std::int64_t instruction = 0;   ///< the first of them
  Cycles enter = 0, leave = 0;    ///< of all nodes together
  Cycles critical = 0;            ///< of the critical path that were spent in it
  bool onPath = false;
  /// Edges between nodes of its own, by GraphEdgeKind, and how many of them lead to another iteration.
  std::array<std::int64_t, 4> inner{};
  std::int64_t innerCarried = 0;

  [[nodiscard]] bool canOpen() const { return nodes.size() > 1; }
};

/// All edges of a kind from nodes of one box to nodes of another.
struct FoldedEdge {
  std::uint32_t from = 0, to = 0;  ///< boxes
  GraphEdgeKind kind = GraphEdgeKind::Forward;
  std::int64_t count = 0;
  std::int64_t carried = 0;     ///< of these, lead from one iteration of a loop to another
  std::int64_t binding = 0;     ///< of these, decided when their node was entered
  bool critical = false;        ///< one of them is on the critical path
  Cycles longest = 0;           ///< duration
  std::uint32_t strongest = 0;  ///< edge of the graph: the critical one, else the longest
};

/// A dependency graph with groups of its nodes drawn together: an arrow between two boxes stands for all
/// edges of its kind between their nodes. Boxes stand in the order of their first nodes.
///
///     for k in 0..1024: load; mac     // four iterations in the window, the loop open
///
///     [before the window] ──▶ [load ×4] ──4 data──▶ [mac ×4]      (3 data edges of mac are carried by k)
struct FoldedGraph {
  static constexpr std::uint32_t inside = 0xFFFF'FFFF;  ///< in `edgeOf`: within a box
  std::vector<FoldedBox> boxes;
  std::vector<FoldedEdge> edges;      ///< by `to`, then `from`, then kind
  std::vector<std::uint32_t> boxOf;   ///< by node of the graph
  std::vector<std::uint32_t> edgeOf;  ///< by edge of the graph
};

/// Boxes that are laid out unasked, and at most.
inline constexpr std::size_t boxesUnasked = 500, boxesAtMost = 2000;

/// `program` is the one that the window is of. Near-linear in the size of the graph.
[[nodiscard]] FoldedGraph foldGraph(const GraphWindow& window, const Program& program, const GraphFold& fold);

/// How a graph is looked at first: closed, but for what is all of the window, as the loop is that it has
/// iterations of.
[[nodiscard]] GraphFold usualFold(const GraphWindow& window, const Program& program, FoldBy by);

/// With a box opened; where that shows a single box again, that is opened too.
[[nodiscard]] GraphFold withOpened(const GraphWindow& window, const Program& program, const GraphFold& fold,
                                   const FoldedBox& box, FoldState state = FoldState::Open);
/// With every box opened, down to single nodes, and every loop's iterations apart.
[[nodiscard]] GraphFold withAllOpened(const GraphWindow& window, const Program& program,
                                      const GraphFold& fold);
/// With the group closed that a box stands in; the same fold where it stands in none.
[[nodiscard]] GraphFold withClosed(const GraphFold& fold, const FoldedBox& box);

}  // namespace taktwerk
