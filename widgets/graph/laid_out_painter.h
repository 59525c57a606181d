// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>
#include <vector>

#include "core/analysis/graph_neighbours.h"
#include "widgets/graph/graph_colours.h"
#include "widgets/graph/laid_out_graph.h"

class QPainter;

namespace taktwerk {

/// What of a laid out graph is in sight.
struct LaidOutSight {
  static constexpr double flatBelow = 0.12, textFrom = 0.4;
  double zoom = 1;
  QPointF corner;  ///< of the picture, at the upper left of the sight

  [[nodiscard]] QPointF toSight(const QPointF& point) const { return (point - corner) * zoom; }
  [[nodiscard]] QPointF toPicture(const QPointF& point) const { return point / zoom + corner; }
  [[nodiscard]] QRectF toSight(const QRectF& rect) const {
    return {toSight(rect.topLeft()), rect.size() * zoom};
  }
};

/// What is shown, and what stands out.
struct LaidOutLook {
  EdgeKinds kinds{true, true, true, true};
  bool critical = true;
  std::optional<std::uint32_t> selected;  ///< box
  Neighbourhood near;                     ///< of the selected box, by box and arrow
  std::vector<bool> marked, found;        ///< by box; may be empty
};

/// What was drawn, for tests: boxes, those with their text, arrows besides the critical path, arrows of that,
/// round arrows.
struct LaidOutPainted {
  int boxes = 0, texts = 0, arrows = 0, critical = 0, carried = 0;
};

/// Draws what is in sight on a canvas of `size` pixels.
LaidOutPainted paintLaidOut(QPainter& painter, const QSizeF& size, const LaidOutGraph& graph,
                            const LaidOutSight& sight, const LaidOutLook& look, const GraphColours& colours);

/// The tab of a box by which it is opened, in the picture.
[[nodiscard]] QRectF openingTab(const LaidOutBox& box);

}  // namespace taktwerk
