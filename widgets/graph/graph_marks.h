// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>

class QPainter;

namespace taktwerk {

/// The tip of an arrow that ends at `tip` and comes along the unit vector `along`. Leaves neither pen nor
/// brush as they were.
void drawArrowTip(QPainter& painter, const QPointF& tip, const QPointF& along, double length, double half,
                  const QColor& colour);

/// The round arrow of what a loop carries from one iteration to another, on a ground of `canvas`. Leaves
/// neither pen nor brush as they were.
void drawRoundArrow(QPainter& painter, const QPointF& centre, const QColor& colour, const QColor& canvas);

}  // namespace taktwerk
