// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>
#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/folded_graph.h"
#include "core/analysis/graph_neighbours.h"
#include "core/base/progress.h"
#include "core/drawing/palette.h"
#include "widgets/graph/graph_data.h"

namespace taktwerk {

/// A box as it is drawn, in pixels at 100 %.
struct LaidOutBox {
  QRectF rect;
  QString title, content;
  std::optional<BlockKind> kind;  ///< of the block that did most of what is in it; none of loops
};

/// An arrow as it is drawn, from box to box: as a curve, and for small pictures as a line of few points.
struct LaidOutArrow {
  QPainterPath curve;
  QPolygonF line;
  QRectF bounds;
};

/// A dependency graph, folded, with places by the layout helper, or by a plainer layout and why.
struct LaidOutGraph {
  enum class State : std::uint8_t { Made, TooMany, Cancelled };
  State state = State::Made;
  std::shared_ptr<const LayerGraph> graph;
  GraphFold fold;
  FoldedGraph folded;
  std::vector<LaidOutBox> boxes;     ///< by box of `folded`
  std::vector<LaidOutArrow> arrows;  ///< by edge of `folded`
  QRectF bounds;
  DependencyGraph skeleton;  ///< boxes and arrows as nodes and edges, for `neighbours`
  std::optional<GraphNeighbours> neighbours;
  QString problem;  ///< what became of the helper, where the layout is not its
};

/// How long the helper may take for graphs that are laid out unasked.
inline constexpr int layoutPatience = 60'000;  // milliseconds

/// Folds the graph and has `program`, the layout helper, place its boxes from left to right, unless there are
/// more than `most`. What leads back to an earlier box is drawn against the direction and does not decide
/// where boxes stand. Where the program does not end well, boxes stand in columns all the same
/// (`FoldedLayout::plainly`). For job threads.
[[nodiscard]] std::shared_ptr<const LaidOutGraph> layOutFolded(const std::shared_ptr<const LayerGraph>& graph,
                                                               const GraphFold& fold, std::size_t most,
                                                               const QString& program, Progress& progress,
                                                               int patience = layoutPatience);

}  // namespace taktwerk
