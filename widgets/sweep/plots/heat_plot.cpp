// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/heat_plot.h"

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/drawing/palette.h"
#include "core/sweep/column_scale.h"
#include "core/sweep/row_ranges.h"
#include "widgets/sweep/plots/axis_menu.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/sweep/plots/step_marks.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString label(const RowTable& table, std::size_t column, double value) {
  return QString::fromStdString(axisLabel(table, column, value));
}

/// Black or white, whatever reads better on this.
QColor inkOn(const QColor& ground) {
  constexpr int half = 130;
  return qGray(ground.rgb()) > half ? QColor(0x14, 0x17, 0x1A) : QColor(Qt::white);
}

/// What a range of a column's values asks for.
RowRange rangeBetween(const RowTable& table, std::size_t column, const std::vector<double>& values,
                      std::size_t first, std::size_t last) {
  RowRange range;
  const RowColumn& of = table.columns()[column];
  for (std::size_t i = std::min(first, last); i <= std::max(first, last); ++i) {
    const double value = values[i];
    if (std::isnan(value)) {
      range.none = true;
    } else if (of.isWord()) {
      range.words.push_back(of.words[static_cast<std::size_t>(value)]);
    } else {
      range.least = std::min(range.least.value_or(value), value);
      range.most = std::max(range.most.value_or(value), value);
    }
  }
  if (range.none && (range.least || range.most)) range.none = false;  // numbers and none are no one condition
  return range;
}

}  // namespace

HeatPlot::HeatPlot(JobManager& jobs, const Theme& theme, QWidget* parent) : ResultPlot(jobs, theme, parent) {
  setAccessibleName(tr("Heat map of the results"));
}

void HeatPlot::setChoice(std::size_t x, std::size_t y, std::size_t figure) {
  if (chosen_ && x == x_ && y == y_ && figure == figure_) return;
  x_ = x;
  y_ = y;
  figure_ = figure;
  chosen_ = true;
  dataChanged();
  update();
}

void HeatPlot::dataChanged() {
  const std::size_t columns = data().table.columns().size();
  map_ = HeatMap();
  if (!chosen_ || data().table.rows() == 0 || std::max({x_, y_, figure_}) >= columns) return keepWithin();
  map_ = heatMapOf(data().table, data().shown, x_, y_, figure_, data().ranks(x_), data().ranks(y_));
  keepWithin();
  widestX_ = widestTick(font(), ticksOn(x_, map_.xs));
  widestY_ = widestTick(font(), ticksOn(y_, map_.ys));
  range_ = map_.range();
  constexpr double fewDecades = 20;
  logarithmic_ = range_.first > 0 && range_.second > fewDecades * range_.first;
}

/// A cell that the mouse was pressed on may be there no more.
void HeatPlot::keepWithin() {
  const auto isGone = [&](const std::optional<Place>& place) {
    return place && (place->x >= map_.xs.size() || place->y >= map_.ys.size());
  };
  if (isGone(pressed_) || isGone(at_)) {
    pressed_.reset();
    at_.reset();
  }
}

void HeatPlot::setSteps(std::shared_ptr<const ValueSteps> alongX, std::shared_ptr<const ValueSteps> alongY) {
  if (alongX == alongX_ && alongY == alongY_) return;
  alongX_ = std::move(alongX);
  alongY_ = std::move(alongY);
  update();
}

double HeatPlot::shadeOf(double value) const {
  if (range_.second <= range_.first) return 0.5;
  if (logarithmic_) return std::log(value / range_.first) / std::log(range_.second / range_.first);
  return (value - range_.first) / (range_.second - range_.first);
}

std::vector<AxisTick> HeatPlot::ticksOn(std::size_t column, const std::vector<double>& values) const {
  std::vector<AxisTick> ticks;
  ticks.reserve(values.size());
  for (const double value : values) ticks.push_back({0, axisLabel(data().table, column, value)});
  return ticks;
}

QRectF HeatPlot::inner(const QRectF& area) const {
  const double line = QFontMetricsF(font()).height();
  double left = 96, depth = line;
  if (!map_.cells.empty()) {
    left = std::max(left, std::min(widestY_ + 14, area.width() / 3));
    const double width = area.width() - left - 16;
    if (data().table.columns()[x_].isWord())
      depth = tickDepth(font(), widestX_, width / static_cast<double>(map_.xs.size()) - 4);
  }
  return area.adjusted(left, 2 * line + 16, -16, -depth - line - 16);
}

QRectF HeatPlot::cellIn(const QRectF& area, std::size_t x, std::size_t y) const {
  const QRectF within = inner(area);
  const double width = within.width() / static_cast<double>(map_.xs.size());
  const double height = within.height() / static_cast<double>(map_.ys.size());
  return {within.left() + width * static_cast<double>(x),
          within.bottom() - height * static_cast<double>(y + 1), width, height};
}

QRectF HeatPlot::cellOf(std::size_t x, std::size_t y) const {
  return cellIn(QRectF(rect()), x, y);
}

void HeatPlot::paintCells(QPainter& painter, const QRectF& area) const {
  const QFontMetricsF metrics(font());
  for (std::size_t y = 0; y < map_.ys.size(); ++y) {
    for (std::size_t x = 0; x < map_.xs.size(); ++x) {
      const HeatCell& cell = map_.at(x, y);
      const QRectF box = cellIn(area, x, y);
      if (cell.rows == 0) {
        painter.fillRect(box, QBrush(theme().colour(&Palette::grid), Qt::BDiagPattern));
        continue;
      }
      const QColor colour = toQColor(heatColour(shadeOf(cell.value)));
      painter.fillRect(box.adjusted(0, 0, 0.6, 0.6), colour);
      const QString text = label(data().table, figure_, cell.value);
      if (box.width() > metrics.horizontalAdvance(text) + 6 && box.height() > metrics.height() + 2) {
        painter.setPen(inkOn(colour));
        painter.drawText(box, Qt::AlignCenter, text);
      }
      const QString mark = data().markOf(cell.best);
      const bool current = data().current == cell.best;
      if (mark.isEmpty() && !current) continue;
      painter.setPen(QPen(current ? theme().colour(&Palette::critical) : inkOn(colour), 2));
      painter.drawRect(box.adjusted(1, 1, -1, -1));
      painter.drawText(box.adjusted(4, 1, 0, 0), Qt::AlignLeft | Qt::AlignTop, mark);
    }
  }
}

void HeatPlot::paintLabels(QPainter& painter, const QRectF& area) const {
  const QFontMetricsF metrics(font());
  const QRectF within = inner(area);
  painter.setPen(theme().colour(&Palette::mutedText));
  const double width = within.width() / static_cast<double>(map_.xs.size());
  const bool words = data().table.columns()[x_].isWord();
  const double each = words ? metrics.height() : 46;
  const auto everyX = static_cast<std::size_t>(std::ceil(each / std::max(width, 0.1)));
  const double room = width * static_cast<double>(everyX) - 4;
  const double depth = words ? tickDepth(font(), widestX_, room) : metrics.height();
  for (std::size_t x = 0; x < map_.xs.size(); x += everyX) {
    paintTick(painter, {cellIn(area, x, 0).center().x(), within.bottom() + 4},
              label(data().table, x_, map_.xs[x]), room, depth);
  }
  const double height = within.height() / static_cast<double>(map_.ys.size());
  const auto everyY = static_cast<std::size_t>(std::ceil(metrics.height() / std::max(height, 0.1)));
  for (std::size_t y = 0; y < map_.ys.size(); y += everyY) {
    const QRectF cell = cellIn(area, 0, y);
    const QRectF box(4, cell.center().y() - metrics.height() / 2, within.left() - 10, metrics.height());
    painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(label(data().table, y_, map_.ys[y]), Qt::ElideMiddle, box.width()));
  }
  painter.setPen(theme().colour(&Palette::text));
  const auto& columns = data().table.columns();
  painter.drawText(QRectF(within.left(), within.bottom() + depth + 6, within.width(), metrics.height()),
                   Qt::AlignHCenter, columnTitleWithUnit(columns[x_]));
  painter.drawText(QRectF(6, within.top() - metrics.height() - 4, within.left() + 100, metrics.height()),
                   Qt::AlignLeft, columnTitleWithUnit(columns[y_]));
}

/// The colours, with the ends of their range.
void HeatPlot::paintScale(QPainter& painter, const QRectF& area) const {
  const QFontMetricsF metrics(font());
  const QRectF within = inner(area);
  const double top = area.top() + 6;
  constexpr int width = 120;
  const QString most = label(data().table, figure_, range_.second);
  double right = within.right() - metrics.horizontalAdvance(most);
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QPointF(right, top + metrics.ascent()), most);
  right -= 6;
  for (int i = 0; i < width; ++i) {
    painter.setPen(toQColor(heatColour(1 - i / static_cast<double>(width))));
    painter.drawLine(QPointF(right - i, top + 2), QPointF(right - i, top + metrics.height() - 2));
  }
  const QString title =
      tr("best %1%2  %3")
          .arg(columnTitleWithUnit(data().table.columns()[figure_]), logarithmic_ ? tr(" (log)") : QString(),
               label(data().table, figure_, range_.first));
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QPointF(right - width - 6 - metrics.horizontalAdvance(title), top + metrics.ascent()),
                   title);
}

void HeatPlot::paintOn(QPainter& painter, const QRectF& area) const {
  painter.setFont(font());
  painter.fillRect(area, theme().colour(&Palette::canvas));
  if (map_.cells.empty()) {
    return paintInstead(painter, theme(), area,
                        map_.tooMany
                            ? tr("A column has more than %1 values, which are no cells that could be seen.")
                                  .arg(HeatMap::mostValues)
                            : tr("Results stand here as cells of two columns, as soon as there are some."));
  }
  paintCells(painter, area);
  const auto cell = [&](std::size_t x, std::size_t y) { return cellIn(area, x, y); };
  for (const auto& steps : {alongX_, alongY_}) {
    if (steps) paintSteps(painter, theme(), {data().table, map_, x_, y_}, cell, *steps);
  }
  paintLabels(painter, area);
  paintScale(painter, area);
  if (!pressed_ || !at_) return;
  QColor wash = theme().colour(&Palette::accent);
  painter.setPen(QPen(wash, 1.5));
  wash.setAlphaF(0.2F);
  painter.setBrush(wash);
  painter.drawRect(cellIn(area, pressed_->x, pressed_->y).united(cellIn(area, at_->x, at_->y)));
}

std::optional<HeatPlot::Place> HeatPlot::placeAt(const QPointF& pixel) const {
  const QRectF within = inner(QRectF(rect()));
  if (map_.cells.empty() || !within.contains(pixel)) return std::nullopt;
  const auto place = [](double share, std::size_t count) {
    return std::min(count - 1, static_cast<std::size_t>(std::max(0.0, share * static_cast<double>(count))));
  };
  return Place{place((pixel.x() - within.left()) / within.width(), map_.xs.size()),
               place((within.bottom() - pixel.y()) / within.height(), map_.ys.size())};
}

std::optional<std::uint32_t> HeatPlot::rowUnder(const QPointF& pixel) const {
  const auto here = placeAt(pixel);
  if (!here || map_.at(here->x, here->y).rows == 0) return std::nullopt;
  return map_.at(here->x, here->y).best;
}

QString HeatPlot::tipUnder(const QPointF& pixel) const {
  if (map_.cells.empty()) return {};
  const QRectF within = inner(QRectF(rect()));
  const bool below = pixel.y() > within.bottom();
  if (!below && pixel.x() >= within.left()) {
    const auto here = placeAt(pixel);
    const bool none = here && map_.at(here->x, here->y).rows == 0;
    return none ? tr("No design that is shown has these values.") : QString();
  }
  const double place =
      below ? (pixel.x() - within.left()) / within.width() : (within.bottom() - pixel.y()) / within.height();
  return axisTip(data().scale(below ? x_ : y_), place);
}

QString HeatPlot::moreUnder(const QPointF& pixel) const {
  const auto here = placeAt(pixel);
  if (!here || map_.at(here->x, here->y).rows < 2) return {};
  const HeatCell& cell = map_.at(here->x, here->y);
  return tr("The best of %1 in this cell, from %2 to %3")
      .arg(cell.rows)
      .arg(label(data().table, figure_, cell.least), label(data().table, figure_, cell.most));
}

std::vector<std::uint32_t> HeatPlot::keyOrder() const {
  std::vector<std::uint32_t> order;
  for (const HeatCell& cell : map_.cells) {
    if (cell.rows > 0) order.push_back(cell.best);
  }
  return order;
}

void HeatPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) pressed_ = placeAt(event->position());
}

void HeatPlot::mouseMoveEvent(QMouseEvent* event) {
  const auto here = placeAt(event->position());
  if (!pressed_) return;
  if (!here || (!at_ && here->x == pressed_->x && here->y == pressed_->y)) return;
  at_ = here;
  update();
}

void HeatPlot::narrow(const Place& from, const Place& to) {
  std::string text =
      withRange(data().filter, data().table, x_, rangeBetween(data().table, x_, map_.xs, from.x, to.x));
  if (x_ != y_)
    text = withRange(text, data().table, y_, rangeBetween(data().table, y_, map_.ys, from.y, to.y));
  Q_EMIT filterWanted(QString::fromStdString(text));
}

void HeatPlot::mouseReleaseEvent(QMouseEvent* event) {
  const auto from = std::exchange(pressed_, std::nullopt), to = std::exchange(at_, std::nullopt);
  if (event->button() != Qt::LeftButton || !from) return;
  if (to) {
    narrow(*from, *to);
  } else if (map_.at(from->x, from->y).rows > 0) {
    Q_EMIT rowChosen(map_.at(from->x, from->y).best);
  }
  update();
}

/// Of the axis that the mouse is at; by the key of both.
void HeatPlot::contextMenuEvent(QContextMenuEvent* event) {
  if (map_.cells.empty()) return;
  const QRectF within = inner(QRectF(rect()));
  const bool keyed = event->reason() == QContextMenuEvent::Keyboard;
  const bool below = event->pos().y() > within.bottom(), left = event->pos().x() < within.left();
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const std::size_t column : {x_, y_}) {
    const bool meant = keyed || (column == x_ ? below && !left : left && !below);
    if (!meant || !data().table.columns()[column].isWord()) continue;
    QMenu& into = keyed ? *menu->addMenu(columnTitle(data().table.columns()[column])) : *menu;
    fillAxisMenu(into, data().scale(column), {{}, {}, [this, column] { Q_EMIT orderWanted(column); }});
  }
  if (menu->isEmpty()) return menu->deleteLater();
  menu->popup(event->globalPos());
}

void HeatPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  pressed_.reset();
  const auto here = placeAt(event->position());
  if (here && map_.at(here->x, here->y).rows > 0) Q_EMIT rowWanted(map_.at(here->x, here->y).best);
}

}  // namespace taktwerk
