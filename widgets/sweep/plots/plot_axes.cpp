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
constexpr double xLabelPixels = 74, yLabelPixels = 34;  ///< that a tick may take

QString text(const std::string& label) {
  return QString::fromStdString(label);
}

void paintX(QPainter& painter, const Theme& theme, const RowTable& table, const PlotAxes& axes) {
  const QFontMetricsF metrics(painter.font());
  const auto most = static_cast<std::size_t>(std::max(2.0, axes.area.width() / xLabelPixels));
  std::vector<AxisTick> ticks = ticksOf(table, axes.x, most);
  if (axes.x.hasNone) ticks.push_back({ColumnScale::nonePlace, "none"});
  const double room = axes.x.words
                          ? axes.area.width() / static_cast<double>(std::max<std::size_t>(1, ticks.size()))
                          : xLabelPixels;
  for (const AxisTick& tick : ticks) {
    const QPointF foot = axes.at(tick.place, 0);
    painter.setPen(QPen(theme.colour(&Palette::grid), 1));
    painter.drawLine(foot, QPointF(foot.x(), axes.area.top()));
    painter.setPen(theme.colour(&Palette::mutedText));
    const QString label = metrics.elidedText(text(tick.label), Qt::ElideMiddle, room);
    const double bottom = axes.y.hasNone ? -ColumnScale::nonePlace * axes.area.height() : 0;
    painter.drawText(QRectF(foot.x() - room / 2, foot.y() + bottom + gap, room, metrics.height()),
                     Qt::AlignHCenter | Qt::AlignTop, label);
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

QRectF plotArea(const QRectF& whole, const QFont& font, const ColumnScale& x, const ColumnScale& y) {
  const QFontMetricsF metrics(font);
  const double left = metrics.horizontalAdvance(QStringLiteral("888.8 M")) + 3 * gap + (y.words ? 60 : 0);
  QRectF area = whole.adjusted(left, metrics.height() + 2 * gap, -4 * gap, -2 * metrics.height() - 3 * gap);
  if (x.hasNone) area.setLeft(area.left() - ColumnScale::nonePlace * area.width());
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
  painter.drawText(
      QRectF(axes.area.left(), below + metrics.height() + gap, axes.area.width(), metrics.height()),
      Qt::AlignHCenter | Qt::AlignTop, titled(axes.x));
  painter.drawText(
      QRectF(gap, axes.area.top() - metrics.height() - gap, axes.area.right() - gap, metrics.height()),
      Qt::AlignLeft | Qt::AlignTop, titled(axes.y));
}

void paintInstead(QPainter& painter, const Theme& theme, const QRectF& area, const QString& words) {
  painter.setPen(theme.colour(&Palette::mutedText));
  painter.drawText(area.adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, words);
}

}  // namespace taktwerk
