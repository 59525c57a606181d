// SPDX-License-Identifier: GPL-3.0-or-later
// Dependencies of the selected instruction.
#include <algorithm>
#include <cmath>

#include "widgets/timeline/timeline_painting.h"

namespace taktwerk {

/// In the row of its instruction, or in that of its object's lane; rows may lie beyond the sight.
std::optional<QPointF> TimelinePainting::placeOf(const TimelineArrow::End& end) const {
  const double x = scale_.xOf(static_cast<double>(end.cycle));
  if (look_.rows == TimelineRows::Blocks) {
    const std::uint32_t lane = picture_.time->lanes.shownFor(end.object, look_.open);
    const auto at = std::find(look_.lanes.begin(), look_.lanes.end(), lane);
    if (at == look_.lanes.end()) return std::nullopt;
    const double row = static_cast<double>(at - look_.lanes.begin()) + 0.5;
    return QPointF(x, scale_.rowsTop() - scale_.top + row * scale_.rowHeight);
  }
  const auto& all = picture_.fine->timeline().instructions;
  if (all.empty()) return std::nullopt;
  // Numbers follow each other, also before those that are known.
  const auto row = static_cast<double>(end.instruction - all.front().number) -
                   static_cast<double>(picture_.fine->firstAt(from_)) + 0.5;
  return QPointF(x, scale_.rowsTop() - scale_.top + row * scale_.rowHeight);
}

void TimelinePainting::arrows() {
  if (!look_.single || !picture_.fine || look_.arrows.empty()) return;
  painter_.setRenderHint(QPainter::Antialiasing, true);
  for (const TimelineArrow& each : look_.arrows) {
    const auto from = placeOf(each.from), to = placeOf(each.to);
    if (!from || !to) continue;
    const QRectF around = QRectF(*from, *to).normalized().adjusted(-1, -1, 1, 1);
    if (!around.intersects(rowsArea_)) continue;
    arrow(QLineF(*from, *to), each);
    ++painted_.arrows;
  }
  painter_.setRenderHint(QPainter::Antialiasing, false);
}

/// What decided is thick; a tip at the end, and a ring where nothing lies between.
void TimelinePainting::arrow(const QLineF& line, const TimelineArrow& arrow) {
  QPen pen = colours_.edge(arrow.kind);
  pen.setWidthF(arrow.binding ? 2.4 : 1.2);
  painter_.setPen(pen);
  painter_.setBrush(Qt::NoBrush);
  const double length = line.length();
  if (length < 8) {
    painter_.drawEllipse(line.p2(), 4, 4);
    return;
  }
  painter_.drawLine(line);
  const QPointF along(line.dx() / length, line.dy() / length), across(-along.y(), along.x());
  painter_.setPen(Qt::NoPen);
  painter_.setBrush(pen.color());
  painter_.drawPolygon(
      QPolygonF{{line.p2(), line.p2() - along * 8 + across * 3.5, line.p2() - along * 8 - across * 3.5}});
}

}  // namespace taktwerk
