// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_colours.h"

#include <QCoreApplication>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QPen edgePen(const QColor& colour, double width, const QList<qreal>& dashes) {
  QPen pen(colour, width);
  pen.setCapStyle(Qt::FlatCap);
  if (!dashes.isEmpty()) pen.setDashPattern(dashes);
  return pen;
}

}  // namespace

GraphColours::GraphColours(const Theme& theme)
    : canvas(theme.colour(&Palette::canvas)),
      panel(theme.colour(&Palette::panel)),
      grid(theme.colour(&Palette::grid)),
      text(theme.colour(&Palette::text)),
      muted(theme.colour(&Palette::mutedText)),
      accent(theme.colour(&Palette::accent)),
      critical(theme.colour(&Palette::critical)),
      warning(theme.colour(&Palette::warning)),
      border(theme.border()),
      label(theme.font(8.5)),
      small(theme.font(8)),
      strong(theme.font(8.5, true)) {
  const Palette& palette = theme.colours();
  constexpr double faintShare = 0.35;
  for (std::size_t k = 0; k < blockKindCount; ++k) {
    const auto kind = static_cast<BlockKind>(k);
    const auto faint = [&](Colour colour) { return toQColor(mix(colour, palette.canvas, faintShare)); };
    const Colour solid = palette.kind(kind), body = palette.kindBody(kind);
    bars_[k] = {toQColor(solid), toQColor(body), toQColor(solid), toQColor(palette.kindText(kind)),
                toQColor(palette.text)};
    faint_[k] = {faint(solid), faint(body), faint(solid), toQColor(palette.mutedText),
                 toQColor(palette.mutedText)};
  }
  const auto set = [&](GraphEdgeKind kind, const QColor& colour, const QList<qreal>& dashes) {
    pens_[static_cast<std::size_t>(kind)] = edgePen(colour, 1, dashes);
  };
  set(GraphEdgeKind::Data, accent, {});
  set(GraphEdgeKind::Structural, warning, {2, 3});
  set(GraphEdgeKind::BufferFill, theme.kind(BlockKind::Stage), {7, 3, 2, 3});
  set(GraphEdgeKind::Forward, theme.colour(&Palette::wire), {});
}

QString edgeName(GraphEdgeKind kind) {
  switch (kind) {
    case GraphEdgeKind::Data:
      return QCoreApplication::translate("taktwerk::GraphLegend", "Data");
    case GraphEdgeKind::Structural:
      return QCoreApplication::translate("taktwerk::GraphLegend", "Structural");
    case GraphEdgeKind::BufferFill:
      return QCoreApplication::translate("taktwerk::GraphLegend", "Buffer fill");
    case GraphEdgeKind::Forward:
      break;
  }
  return QCoreApplication::translate("taktwerk::GraphLegend", "Forward");
}

}  // namespace taktwerk
