// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPen>
#include <array>

#include "core/drawing/palette.h"
#include "core/graph/graph.h"

namespace taktwerk {

class Theme;

/// Colours, pens and fonts of a graph in time, made when the theme changes and never while painting.
struct GraphColours {
  explicit GraphColours(const Theme& theme);

  /// Of a bar of a block's kind: what holds an instruction is a body with a border, what works is solid.
  struct Bar {
    QColor solid, body, border, solidText, bodyText;
  };
  [[nodiscard]] const Bar& bar(BlockKind kind, bool faint) const {
    return (faint ? faint_ : bars_)[static_cast<std::size_t>(kind)];
  }
  /// Told apart by dash and colour.
  [[nodiscard]] const QPen& pen(GraphEdgeKind kind) const { return pens_[static_cast<std::size_t>(kind)]; }

  QColor canvas, panel, grid, text, muted, accent, critical, warning, border;
  QFont label, small, strong;

 private:
  std::array<Bar, blockKindCount> bars_, faint_;
  std::array<QPen, 4> pens_;
};

/// "data", "structural", …: what the legend calls a kind of edge.
[[nodiscard]] QString edgeName(GraphEdgeKind kind);

}  // namespace taktwerk
