// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/drawing/palette.h"
#include "core/graph/graph.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// What the rows of a graph in time are.
enum class GraphRows : std::uint8_t { Instructions, Objects };

/// Which part of a graph is the window, and how its instructions are told apart.
struct GraphInTimeOptions {
  GraphRows rows = GraphRows::Instructions;
  std::int64_t first = 0, end = 0;  ///< instructions of the window; nodes of others are sources of edges
  /// Instructions of one iteration and where the first begins; length 0: iterations are not told apart.
  std::int64_t loopStart = 0, loopLength = 0;
};

/// A node: a stretch of time in a lane.
struct GraphBar {
  Cycles enter = 0, leave = 0;
  std::uint32_t lane = 0;
  BlockKind kind = BlockKind::Unknown;  ///< of the block it is in, which gives the colour
  NodeKind node = NodeKind::Fetch;
  bool inside = true;  ///< of the window
};

/// An edge: from when its reason was over, in the lane of `from`, to the entry of `to`.
struct GraphLine {
  Cycles begins = 0;  ///< entry of `from`
  Cycles over = 0;    ///< when the reason was over
  Cycles enters = 0;  ///< entry of `to`
  std::uint32_t fromLane = 0, toLane = 0;
  bool carried = false;  ///< by a loop, or from before the window: its ends are of different iterations
};

/// A row: lanes of one instruction or object, one below the other.
struct GraphBand {
  std::int64_t key = 0;  ///< instruction, or object of the machine
  std::uint32_t firstLane = 0, lanes = 0;
  bool inside = true;  ///< something of the window is in it
};

/// A dependency graph drawn along time: cycles to the right, instructions or objects down. Nodes that are at
/// the same time in a row stand in lanes of their own, so bars never overlap; a node takes the first lane
/// that is free, so it stands where it stood when the graph is made again. Bars are numbered as nodes, lines
/// as edges.
struct GraphInTime {
  std::vector<GraphBand> bands;
  std::vector<GraphBar> bars;
  std::vector<GraphLine> lines;
  /// By lane its place in `laneBars`, and one more; there bars stand in order of time.
  std::vector<std::uint32_t> laneFirst;
  std::vector<std::uint32_t> laneBars;
  std::vector<std::uint32_t> bandOfLane;
  /// What is worth showing: the window's nodes and of others as much as is near. A cycle at least.
  Cycles from = 0, to = 1;
  std::int64_t steps = 0;  ///< nodes, edges and rows handled: the counted work

  [[nodiscard]] std::uint32_t lanes() const { return static_cast<std::uint32_t>(bandOfLane.size()); }
};

/// In O(V log V + E).
[[nodiscard]] GraphInTime layOutInTime(const DependencyGraph& graph, const Machine& machine,
                                       const GraphInTimeOptions& options);

/// The bar of a lane at a cycle, or the nearest within `reach` cycles of it; none without one. Found by
/// halving.
[[nodiscard]] std::optional<std::uint32_t> barAt(const GraphInTime& layout, std::uint32_t lane, double cycle,
                                                 double reach);

/// A bar as it is drawn, or several that are less than a pixel wide together.
struct GraphPiece {
  Cycles enter = 0, leave = 0;
  std::uint32_t bar = 0;    ///< the first
  std::uint32_t count = 1;  ///< bars in it
};
/// What is seen of a lane between two cycles when a pixel is `perPixel` cycles: at most about one piece a
/// pixel, however many bars there are. `pieces` is replaced.
void piecesOf(const GraphInTime& layout, std::uint32_t lane, double from, double to, double perPixel,
              std::vector<GraphPiece>& pieces);

}  // namespace taktwerk
