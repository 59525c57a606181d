// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <QColor>
#include <QFont>
#include <QPen>
#include <array>

#include "core/drawing/palette.h"
#include "core/graph/graph.h"
#include "core/program/cause.h"

namespace taktwerk {

class Theme;

/// Colours, brushes and fonts of a timeline, made when the theme changes and never while painting.
struct TimelineColours {
  explicit TimelineColours(const Theme& theme);

  static constexpr std::size_t shadeCount = 33;
  /// Of a block's kind: what holds an instruction is a body with a border, what works is solid.
  struct Kind {
    QColor solid, body, solidText, bodyText;
    std::array<QColor, shadeCount> shades;  ///< from the ground to the solid colour
  };
  [[nodiscard]] const Kind& kind(BlockKind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] const QColor& shade(BlockKind of, double share) const;
  /// Grey hatches, one for each of what can be waited for.
  [[nodiscard]] const QBrush& wait(const Cause& cause) const;
  [[nodiscard]] const QPen& edge(GraphEdgeKind kind) const { return edges_[static_cast<std::size_t>(kind)]; }

  QColor canvas, panel, grid, text, muted, accent, warning, border, stall, band, bandEven, measured;
  QFont label, small, strong;

 private:
  std::array<Kind, blockKindCount> kinds_;
  std::array<QBrush, 4> waits_;
  std::array<QPen, 4> edges_;
};

}  // namespace taktwerk
