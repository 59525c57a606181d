// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/wire_shape.h"

#include <cmath>
#include <utility>

namespace taktwerk {

WireStyle styleOf(ConnectionKind kind) {
  switch (kind) {
    case ConnectionKind::Forward:
      return {2, 0, 0, true};
    case ConnectionKind::Reads:
      return {1.25, 5, 3, false};
    case ConnectionKind::Writes:
      return {1.25, 0, 0, false};
    case ConnectionKind::Contains:
      break;
  }
  return {1, 1, 3, false};
}

WireShape shapeOf(const Wire& wire) {
  WireShape shape;
  if (wire.points.size() < 2) return shape;
  const WireStyle style = styleOf(wire.kind);
  const double length = wire.kind == ConnectionKind::Forward ? 9 : 7;
  const double half = wire.kind == ConnectionKind::Forward ? 4.5 : 3.5;
  const Point tip = wire.points.back();
  const Point before = wire.points[wire.points.size() - 2];
  const double dx = tip.x > before.x ? 1 : tip.x < before.x ? -1 : 0;
  const double dy = tip.y > before.y ? 1 : tip.y < before.y ? -1 : 0;
  // The tip touches the port's outer edge.
  const Point point{tip.x - dx * portSize / 2, tip.y - dy * portSize / 2};
  const Point base{point.x - dx * length, point.y - dy * length};
  shape.arrow = {point, Point{base.x - dy * half, base.y + dx * half},
                 Point{base.x + dy * half, base.y - dx * half}};
  const double period = style.dash + style.gap;
  for (std::size_t i = 0; i + 1 < wire.points.size(); ++i) {
    Point a = wire.points[i];
    Point b = i + 2 == wire.points.size() ? base : wire.points[i + 1];
    if (a.x > b.x || a.y > b.y) std::swap(a, b);
    const double start = a.x == b.x ? a.y : a.x;
    shape.pieces.push_back({a, b, period > 0 ? start - std::floor(start / period) * period : 0});
  }
  return shape;
}

Colour wireColour(const BlockDiagram& diagram, const Wire& wire, const Palette& palette) {
  if (wire.kind != ConnectionKind::Reads && wire.kind != ConnectionKind::Writes) return palette.wire;
  const std::uint32_t storage = wire.kind == ConnectionKind::Reads ? wire.from : wire.to;
  return mix(palette.kind(diagram.blocks[storage].kind), palette.wire, 0.65);
}

Point portLabelPoint(const Port& port) {
  switch (port.side) {
    case Side::Left:
      return {port.at.x - 18, port.at.y - 4};
    case Side::Right:
      return {port.at.x + 6, port.at.y - 4};
    case Side::Top:
      return {port.at.x + 5, port.at.y - 5};
    case Side::Bottom:
      break;
  }
  return {port.at.x + 5, port.at.y + 12};
}

}  // namespace taktwerk
