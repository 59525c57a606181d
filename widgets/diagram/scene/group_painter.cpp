// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/group_painter.h"

#include <cmath>

#include "core/drawing/array_sketch.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QRectF toQRect(const Rect& r) {
  return {r.x, r.y, r.width, r.height};
}

void paintArrow(QPainter& painter, QPointF from, QPointF to) {
  painter.drawLine(from, to);
  const QPointF way = to - from;
  const double length = std::hypot(way.x(), way.y());
  if (length < 1) return;
  const QPointF along = way / length, across(-along.y(), along.x());
  const QPointF head[3] = {to, to - along * 5 + across * 3, to - along * 5 - across * 3};
  painter.drawPolygon(head, 3);
}

}  // namespace

void paintGroupBack(QPainter& painter, const Block& block, const Palette& palette) {
  if (!block.group || block.group->open || !block.group->array) return;
  const QColor kind = toQColor(palette.kind(block.kind));
  painter.setPen(QPen(kind, 1.25));
  painter.setBrush(toQColor(mix(palette.kindBody(block.kind), palette.canvas, 0.6)));
  for (const Rect& sheet : sketchOf(block).sheets) painter.drawRoundedRect(toQRect(sheet), 4, 4);
}

void paintGroupFront(QPainter& painter, const Block& block, const Palette& palette, double scale) {
  if (!block.group || scale < noTextBelow) return;
  const QRectF rect = toQRect(block.rect);
  // A triangle in the header: to the right what can be opened, downwards what is open.
  const QPointF at(rect.right() - 14, rect.top() + headerHeight / 2);
  const QPointF closed[3] = {at + QPointF(-3, -5), at + QPointF(-3, 5), at + QPointF(4, 0)};
  const QPointF open[3] = {at + QPointF(-5, -3), at + QPointF(5, -3), at + QPointF(0, 4)};
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(palette.kindText(block.kind)));
  painter.drawPolygon(block.group->open ? open : closed, 3);
  if (block.group->open || !block.group->array) return;
  const ArraySketch sketch = sketchOf(block);
  const QColor kind = toQColor(palette.kind(block.kind));
  painter.setPen(QPen(kind, 1.5));
  painter.setBrush(toQColor(mix(palette.kind(block.kind), palette.kindBody(block.kind), 0.25)));
  for (const Rect& cell : sketch.cells) painter.drawRoundedRect(toQRect(cell), 2, 2);
  const QColor line = toQColor(palette.text);
  painter.setPen(QPen(line, 1));
  painter.setBrush(line);
  for (const ArraySketch::Arrow& arrow : sketch.arrows) {
    paintArrow(painter, {arrow.from.x, arrow.from.y}, {arrow.to.x, arrow.to.y});
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(palette.mutedText));
  for (const Point& dot : sketch.more) painter.drawEllipse(QPointF(dot.x, dot.y), 1.4, 1.4);
}

}  // namespace taktwerk
