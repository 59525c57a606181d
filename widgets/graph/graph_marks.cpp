// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_marks.h"

#include <QPainter>
#include <QPolygonF>

namespace taktwerk {

void drawArrowTip(QPainter& painter, const QPointF& tip, const QPointF& along, double length, double half,
                  const QColor& colour) {
  const QPointF across(-along.y(), along.x());
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawPolygon(
      QPolygonF{{tip, tip - along * length + across * half, tip - along * length - across * half}});
  painter.setBrush(Qt::NoBrush);
}

void drawRoundArrow(QPainter& painter, const QPointF& centre, const QColor& colour, const QColor& canvas) {
  constexpr double radius = 4.5;
  const QRectF circle(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  painter.setPen(Qt::NoPen);
  painter.setBrush(canvas);
  painter.drawEllipse(circle.adjusted(-1.5, -1.5, 1.5, 1.5));
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, 1.5));
  painter.drawArc(circle, 60 * 16, 290 * 16);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  const QPointF tip = centre + QPointF(radius, -0.5);
  painter.drawPolygon(QPolygonF{{tip + QPointF(0, 2.5), tip + QPointF(-3, -2), tip + QPointF(3, -2)}});
  painter.setBrush(Qt::NoBrush);
}

}  // namespace taktwerk
