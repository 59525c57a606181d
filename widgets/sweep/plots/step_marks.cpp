// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/step_marks.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>
#include <optional>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

struct Cell {
  std::size_t x = 0, y = 0;
};

/// The cell that shows this design.
std::optional<Cell> cellOf(const HeatPlaces& places, std::uint32_t row) {
  if (row >= places.table.rows() || places.map.cells.empty()) return std::nullopt;
  const auto find = [&](const std::vector<double>& values, std::size_t column) -> std::optional<std::size_t> {
    const double value = places.table.number(column, row);
    // Numbers rise, and what there is no value of is last; names may stand in an order of one's own.
    const auto found = !places.table.columns()[column].isWord()
                           ? std::lower_bound(values.begin(), values.end(), value)
                           : std::find(values.begin(), values.end(), value);
    if (found == values.end() || *found != value) return std::nullopt;
    return static_cast<std::size_t>(found - values.begin());
  };
  const auto x = find(places.map.xs, places.x), y = find(places.map.ys, places.y);
  if (!x || !y) return std::nullopt;
  const HeatCell& cell = places.map.at(*x, *y);
  return cell.rows > 0 && cell.best == row ? std::optional(Cell{*x, *y}) : std::nullopt;
}

/// The cells of both designs, if they are neighbours.
std::optional<std::pair<Cell, Cell>> neighbours(const HeatPlaces& places, const ValueStep& step) {
  if (step.kind != ValueStep::Kind::Cliff) return std::nullopt;
  const auto from = cellOf(places, step.from), to = cellOf(places, step.to);
  if (!from || !to) return std::nullopt;
  const auto between = [](std::size_t a, std::size_t b) { return a > b ? a - b : b - a; };
  if (between(from->x, to->x) + between(from->y, to->y) != 1) return std::nullopt;
  return std::pair(*from, *to);
}

}  // namespace

StepColours stepColours(const Theme& theme) {
  return {theme.colour(&Palette::critical), theme.colour(&Palette::info)};
}

void paintSteps(QPainter& painter, const StepColours& colours, const RowTable& table, const PlotAxes& axes,
                const ValueSteps& steps) {
  painter.save();
  painter.setClipRect(axes.area.adjusted(-8, -8, 8, 8));
  // The largest last, over all others.
  for (auto step = steps.steps.rbegin(); step != steps.steps.rend(); ++step) {
    const auto from = pixelOf(table, axes, step->from), to = pixelOf(table, axes, step->to);
    if (!from || !to) continue;
    if (step->kind == ValueStep::Kind::Plateau) {
      painter.setPen(QPen(colours.plateau, 3));
      painter.drawLine(*from + QPointF(0, 6), *to + QPointF(0, 6));
      continue;
    }
    painter.setPen(QPen(colours.cliff, 2));
    painter.setBrush(colours.cliff);
    painter.drawLine(*from, *to);
    const QPointF middle = (*from + *to) / 2;
    const double up = to->y() < from->y() ? -1 : 1;
    painter.drawPolygon(
        QPolygonF{middle + QPointF(-5, -4 * up), middle + QPointF(5, -4 * up), middle + QPointF(0, 5 * up)});
  }
  painter.restore();
}

void paintSteps(QPainter& painter, const Theme& theme, const HeatPlaces& places,
                const std::function<QRectF(std::size_t, std::size_t)>& cell, const ValueSteps& steps) {
  painter.save();
  for (const ValueStep& step : steps.steps) {
    const auto both = neighbours(places, step);
    if (!both) continue;
    const QRectF from = cell(both->first.x, both->first.y), to = cell(both->second.x, both->second.y);
    const bool across = both->first.y == both->second.y;
    const double at = across ? std::max(from.left(), to.left()) : std::min(from.bottom(), to.bottom());
    const QLineF line = across ? QLineF(at, from.top() + 1, at, from.bottom() - 1)
                               : QLineF(from.left() + 1, at, from.right() - 1, at);
    // With a border of its own, so that it is seen on every colour of cells.
    painter.setPen(QPen(theme.colour(&Palette::canvas), 7, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line);
    painter.setPen(QPen(theme.colour(&Palette::critical), 4, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line);
  }
  painter.restore();
}

std::int64_t markedCliffs(const HeatPlaces& places, const ValueSteps& steps) {
  return std::count_if(steps.steps.begin(), steps.steps.end(),
                       [&](const ValueStep& step) { return neighbours(places, step).has_value(); });
}

}  // namespace taktwerk
