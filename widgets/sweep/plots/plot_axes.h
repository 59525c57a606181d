// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "core/sweep/column_scale.h"

class QPainter;

namespace taktwerk {

class Theme;

/// Two columns of results as the axes of a plot.
struct PlotAxes {
  QRectF area;  ///< of the points
  ColumnScale x, y;

  [[nodiscard]] QPointF at(double xPlace, double yPlace) const {
    return {area.left() + xPlace * area.width(), area.bottom() - yPlace * area.height()};
  }
  [[nodiscard]] QPointF placeOf(const QPointF& pixel) const {
    return {(pixel.x() - area.left()) / area.width(), (area.bottom() - pixel.y()) / area.height()};
  }
};

/// Where points go in a plot of this size: what is left of it by ticks, titles and the places of rows without
/// a value. Names have as much room as they need, up to a third of the plot.
[[nodiscard]] QRectF plotArea(const QRectF& whole, const QFont& font, const RowTable& table,
                              const ColumnScale& x, const ColumnScale& y);
/// The pixels of the widest of these ticks.
[[nodiscard]] double widestTick(const QFont& font, const std::vector<AxisTick>& ticks);
/// The pixels below an axis to the right that its ticks take, of which the widest is as wide as this, with so
/// much room each: names that are wider are written aslant.
[[nodiscard]] double tickDepth(const QFont& font, double widest, double room);
/// Writes a tick below an axis, its middle or, aslant, its end at `foot`. `depth`: as of `tickDepth`.
void paintTick(QPainter& painter, const QPointF& foot, const QString& label, double room, double depth);
/// Grid, ticks and titles.
void paintAxes(QPainter& painter, const Theme& theme, const RowTable& table, const PlotAxes& axes);
/// An empty picture of the plot with its grid, ticks and titles; pixels a unit: `ratio`.
[[nodiscard]] QImage axesPicture(const QFont& font, const Theme& theme, const RowTable& table,
                                 const PlotAxes& axes, const QSize& size, double ratio);
/// Where the point of a row is; none without a value on an axis, or of a row that there is not.
[[nodiscard]] std::optional<QPointF> pixelOf(const RowTable& table, const PlotAxes& axes, std::size_t row);
/// Words in the middle of an area where there is nothing to show.
void paintInstead(QPainter& painter, const Theme& theme, const QRectF& area, const QString& words);

}  // namespace taktwerk
