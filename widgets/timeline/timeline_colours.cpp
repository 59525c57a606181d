// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_colours.h"

#include <algorithm>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QPen edgePen(const QColor& colour, const QList<qreal>& dashes) {
  QPen pen(colour, 1.4);
  pen.setCapStyle(Qt::FlatCap);
  if (!dashes.isEmpty()) pen.setDashPattern(dashes);
  return pen;
}

/// Data, a place, a memory, instructions.
std::size_t hatchOf(const Cause& cause) {
  if (cause.wait == WaitCause::Data) return 0;
  if (cause.wait != WaitCause::Structural) return 3;
  const bool memory =
      cause.detail == WaitDetail::Slot || cause.detail == WaitDetail::Port || cause.detail == WaitDetail::Row;
  return memory ? 2 : 1;
}

}  // namespace

TimelineColours::TimelineColours(const Theme& theme)
    : canvas(theme.colour(&Palette::canvas)),
      panel(theme.colour(&Palette::panel)),
      grid(theme.colour(&Palette::grid)),
      text(theme.colour(&Palette::text)),
      muted(theme.colour(&Palette::mutedText)),
      accent(theme.colour(&Palette::accent)),
      warning(theme.colour(&Palette::warning)),
      border(theme.border()),
      stall(theme.colour(&Palette::stall)),
      label(theme.font(8.5)),
      small(theme.font(8)),
      strong(theme.font(8.5, true)) {
  const Palette& palette = theme.colours();
  band = toQColor(mix(palette.wire, palette.canvas, 0.16));
  bandEven = toQColor(mix(palette.wire, palette.canvas, 0.28));
  measured = accent;
  measured.setAlpha(36);
  for (std::size_t k = 0; k < blockKindCount; ++k) {
    const auto kind = static_cast<BlockKind>(k);
    const Colour solid = palette.kind(kind);
    kinds_[k] = {toQColor(solid),
                 toQColor(palette.kindBody(kind)),
                 toQColor(palette.kindText(kind)),
                 toQColor(palette.text),
                 {}};
    for (std::size_t i = 0; i < shadeCount; ++i) {
      const double share = static_cast<double>(i) / (shadeCount - 1);
      // What is a little busy is not what is idle.
      kinds_[k].shades[i] = toQColor(mix(solid, palette.canvas, i == 0 ? 0 : 0.12 + 0.88 * share));
    }
  }
  waits_ = {QBrush(stall, Qt::BDiagPattern), QBrush(stall, Qt::DiagCrossPattern),
            QBrush(stall, Qt::FDiagPattern), QBrush(stall, Qt::Dense6Pattern)};
  const auto set = [&](GraphEdgeKind kind, const QColor& colour, const QList<qreal>& dashes) {
    edges_[static_cast<std::size_t>(kind)] = edgePen(colour, dashes);
  };
  set(GraphEdgeKind::Data, accent, {});
  set(GraphEdgeKind::Structural, warning, {2, 3});
  set(GraphEdgeKind::BufferFill, theme.kind(BlockKind::Stage), {7, 3, 2, 3});
  set(GraphEdgeKind::Forward, theme.colour(&Palette::wire), {});
}

const QColor& TimelineColours::shade(BlockKind of, double share) const {
  const double most = shadeCount - 1;
  double place = std::clamp(share, 0.0, 1.0) * most;
  if (place > 0 && place < 1) place = 1;
  return kind(of).shades[static_cast<std::size_t>(place + 0.5)];
}

const QBrush& TimelineColours::wait(const Cause& cause) const {
  return waits_[hatchOf(cause)];
}

}  // namespace taktwerk
