// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "core/analysis/graph_neighbours.h"
#include "core/drawing/graph_in_time.h"
#include "widgets/graph/graph_colours.h"
#include "widgets/graph/graph_data.h"

class QPainter;

namespace taktwerk {

/// What of a graph in time is in sight: rows behind a gutter with their names, below an axis of cycles.
struct GraphScale {
  static constexpr double gutter = 132, axis = 24;
  double perCycle = 8;     ///< pixels
  double laneHeight = 16;  ///< pixels
  double left = 0;         ///< cycle at the border of the gutter
  double top = 0;          ///< pixels of rows above the sight

  [[nodiscard]] double xOf(double cycle) const { return gutter + (cycle - left) * perCycle; }
  [[nodiscard]] double cycleAt(double x) const { return left + (x - gutter) / perCycle; }
  [[nodiscard]] double gap() const { return laneHeight * 0.35; }
  [[nodiscard]] double yOf(const GraphInTime& layout, std::uint32_t lane) const {
    return axis - top + lane * laneHeight + (layout.bandOfLane[lane] + 0.5) * gap();
  }
  [[nodiscard]] double heightOf(const GraphInTime& layout) const {
    return layout.lanes() * laneHeight + static_cast<double>(layout.bands.size()) * gap();
  }
  /// The lane at a height, or the one before it; none of an empty layout and above the rows.
  [[nodiscard]] std::optional<std::uint32_t> laneAt(const GraphInTime& layout, double y) const;
};

/// What of a graph is shown, and what stands out.
struct GraphLook {
  EdgeKinds kinds{true, true, true, true};
  bool critical = true;
  bool allEdges = false;  ///< else only those about the selected node
  std::optional<std::uint32_t> selected;
  Neighbourhood near;        ///< of the selected node's instruction
  std::vector<bool> marked;  ///< by object of the machine: its block is selected; may be empty
  std::vector<bool> found;   ///< by node; empty while nothing is looked for
};

/// What was drawn, for tests: pieces of bars, edges besides the critical path, edges of that.
struct GraphPainted {
  int bars = 0, lines = 0, critical = 0;
};

/// Draws on a canvas of `size` pixels.
GraphPainted paintGraph(QPainter& painter, const QSizeF& size, const LayerGraph& graph, GraphRows rows,
                        const GraphScale& scale, const GraphLook& look, const GraphColours& colours);

}  // namespace taktwerk
