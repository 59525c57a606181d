// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/plot_axes.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/sweep/plots/result_plot.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double gap = 6;
constexpr double slant = 0.5;                           ///< radians, of names that are written aslant
constexpr double xLabelPixels = 74, yLabelPixels = 34;  ///< that a tick may take

QString text(const std::string& label) {
  return QString::fromStdString(label);
}

std::vector<AxisTick> xTicks(const RowTable& table, const ColumnScale& x, double width) {
  // Names are all there, as long as a line of text fits between them.
  const double each = x.words ? 20 : xLabelPixels;
  std::vector<AxisTick> ticks = ticksOf(table, x, static_cast<std::size_t>(std::max(2.0, width / each)));
  if (x.hasNone) ticks.push_back({ColumnScale::nonePlace, "none"});
  return ticks;
}

double xRoom(const ColumnScale& x, const std::vector<AxisTick>& ticks, double width) {
  return x.words ? width / static_cast<double>(std::max<std::size_t>(1, ticks.size())) - 4 : xLabelPixels;
}

void paintX(QPainter& painter, const Theme& theme, const RowTable& table, const PlotAxes& axes) {
  const std::vector<AxisTick> ticks = xTicks(table, axes.x, axes.area.width());
  const double room = xRoom(axes.x, ticks, axes.area.width());
  const double depth = axes.x.words ? tickDepth(painter.font(), widestTick(painter.font(), ticks), room) : 0;
  const double bottom = axes.y.hasNone ? -ColumnScale::nonePlace * axes.area.height() : 0;
  for (const AxisTick& tick : ticks) {
    const QPointF foot = axes.at(tick.place, 0);
    painter.setPen(QPen(theme.colour(&Palette::grid), 1));
    painter.drawLine(foot, QPointF(foot.x(), axes.area.top()));
    painter.setPen(theme.colour(&Palette::mutedText));
    paintTick(painter, {foot.x(), foot.y() + bottom + gap}, text(tick.label), room, depth);
  }
}

void paintY(QPainter& painter, const Theme& theme, const RowTable& table, const PlotAxes& axes) {
  const QFontMetricsF metrics(painter.font());
  const auto most = static_cast<std::size_t>(std::max(2.0, axes.area.height() / yLabelPixels));
  std::vector<AxisTick> ticks = ticksOf(table, axes.y, most);
  if (axes.y.hasNone) ticks.push_back({ColumnScale::nonePlace, "none"});
  const double left = axes.x.hasNone ? -ColumnScale::nonePlace * axes.area.width() : 0;
  for (const AxisTick& tick : ticks) {
    const QPointF foot = axes.at(0, tick.place);
    painter.setPen(QPen(theme.colour(&Palette::grid), 1));
    painter.drawLine(foot, QPointF(axes.area.right(), foot.y()));
    painter.setPen(theme.colour(&Palette::mutedText));
    const QRectF box(0, foot.y() - metrics.height() / 2, foot.x() - left - gap, metrics.height());
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(text(tick.label), Qt::ElideMiddle, box.width()));
  }
}

}  // namespace

double widestTick(const QFont& font, const std::vector<AxisTick>& ticks) {
  const QFontMetricsF metrics(font);
  double widest = 0;
  for (const AxisTick& tick : ticks) widest = std::max(widest, metrics.horizontalAdvance(text(tick.label)));
  return widest;
}

double tickDepth(const QFont& font, double widest, double room) {
  constexpr double most = 110;
  const double line = QFontMetricsF(font).height();
  if (widest <= room) return line;
  return std::min(most, widest * std::sin(slant) + line);
}

void paintTick(QPainter& painter, const QPointF& foot, const QString& label, double room, double depth) {
  const QFontMetricsF metrics(painter.font());
  if (depth <= metrics.height()) {
    painter.drawText(QRectF(foot.x() - room / 2, foot.y(), room, metrics.height()),
                     Qt::AlignHCenter | Qt::AlignTop, metrics.elidedText(label, Qt::ElideMiddle, room));
    return;
  }
  const double length = (depth - metrics.height()) / std::sin(slant) + 2;
  painter.save();
  painter.translate(foot);
  painter.rotate(-slant * 180 / M_PI);
  painter.drawText(QRectF(-length, 0, length, metrics.height()), Qt::AlignRight | Qt::AlignTop,
                   metrics.elidedText(label, Qt::ElideMiddle, length));
  painter.restore();
}

QRectF plotArea(const QRectF& whole, const QFont& font, const RowTable& table, const ColumnScale& x,
                const ColumnScale& y) {
  const QFontMetricsF metrics(font);
  constexpr std::size_t many = 100;
  double left = metrics.horizontalAdvance(QStringLiteral("888.8 M")) + 3 * gap;
  if (y.words)
    left = std::max(left, std::min(widestTick(font, ticksOf(table, y, many)) + 3 * gap, whole.width() / 3));
  QRectF area = whole.adjusted(left, metrics.height() + 2 * gap, -4 * gap, -2 * metrics.height() - 3 * gap);
  if (x.hasNone) area.setLeft(area.left() - ColumnScale::nonePlace * area.width());
  if (x.words) {
    const std::vector<AxisTick> ticks = xTicks(table, x, area.width());
    const double depth = tickDepth(font, widestTick(font, ticks), xRoom(x, ticks, area.width()));
    area.setBottom(area.bottom() - (depth - metrics.height()));
  }
  if (y.hasNone) area.setBottom(area.bottom() + ColumnScale::nonePlace * area.height());
  return area;
}

void paintAxes(QPainter& painter, const Theme& theme, const RowTable& table, const PlotAxes& axes) {
  const QFontMetricsF metrics(painter.font());
  paintX(painter, theme, table, axes);
  paintY(painter, theme, table, axes);
  painter.setPen(QPen(theme.colour(&Palette::mutedText), 1));
  painter.drawLine(axes.area.bottomLeft(), axes.area.bottomRight());
  painter.drawLine(axes.area.bottomLeft(), axes.area.topLeft());
  painter.setPen(theme.colour(&Palette::text));
  const auto titled = [&](const ColumnScale& scale) {
    const QString log = scale.logarithmic ? ResultPlot::tr(" (log)") : QString();
    return columnTitleWithUnit(table.columns()[scale.column]) + log;
  };
  const double below =
      axes.area.bottom() + (axes.y.hasNone ? -ColumnScale::nonePlace * axes.area.height() : 0);
  double depth = metrics.height();
  if (axes.x.words) {
    const std::vector<AxisTick> ticks = xTicks(table, axes.x, axes.area.width());
    depth =
        tickDepth(painter.font(), widestTick(painter.font(), ticks), xRoom(axes.x, ticks, axes.area.width()));
  }
  painter.drawText(QRectF(axes.area.left(), below + depth + gap, axes.area.width(), metrics.height()),
                   Qt::AlignHCenter | Qt::AlignTop, titled(axes.x));
  painter.drawText(
      QRectF(gap, axes.area.top() - metrics.height() - gap, axes.area.right() - gap, metrics.height()),
      Qt::AlignLeft | Qt::AlignTop, titled(axes.y));
}

QImage axesPicture(const QFont& font, const Theme& theme, const RowTable& table, const PlotAxes& axes,
                   const QSize& size, double ratio) {
  QImage picture(size * ratio, QImage::Format_RGB32);
  picture.fill(theme.colour(&Palette::canvas));
  picture.setDevicePixelRatio(ratio);
  QPainter painter(&picture);
  painter.setFont(font);
  paintAxes(painter, theme, table, axes);
  return picture;
}

std::optional<QPointF> pixelOf(const RowTable& table, const PlotAxes& axes, std::size_t row) {
  if (row >= table.rows()) return std::nullopt;
  const double x = axes.x.placeOf(table.number(axes.x.column, row)),
               y = axes.y.placeOf(table.number(axes.y.column, row));
  if (std::isnan(x) || std::isnan(y)) return std::nullopt;
  return axes.at(x, y);
}

void paintInstead(QPainter& painter, const Theme& theme, const QRectF& area, const QString& words) {
  painter.setPen(theme.colour(&Palette::mutedText));
  painter.drawText(area.adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, words);
}

}  // namespace taktwerk
