// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/scatter_plot.h"

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/drawing/palette.h"
#include "core/front/front.h"
#include "core/sweep/row_ranges.h"
#include "widgets/sweep/plots/axis_menu.h"
#include "widgets/sweep/plots/point_drawing.h"
#include "widgets/sweep/plots/step_marks.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double reach = 9;  ///< pixels from a point that still mean it

}  // namespace

ScatterPlot::ScatterPlot(JobManager& jobs, const Theme& theme, QWidget* parent)
    : ResultPlot(jobs, theme, parent) {
  setAccessibleName(tr("Scatter plot of the results"));
}

void ScatterPlot::setChoice(const ScatterChoice& choice) {
  choice_ = choice;
  rescale();
}

ColumnScale ScatterPlot::scaleFor(std::size_t column, bool turned, std::optional<bool> logarithmic) const {
  ColumnScale scale = data().scale(column);
  scale.inverted = turned;
  if (logarithmic && !scale.words) scale.logarithmic = *logarithmic && scale.isPositive;
  return scale;
}

void ScatterPlot::rescale() {
  scaledRows_ = 0;
  dataChanged();
  update();
}

void ScatterPlot::dataChanged() {
  const RowTable& table = data().table;
  const std::size_t columns = table.columns().size();
  if (table.rows() == 0 || choice_.x >= columns || choice_.y >= columns) {
    front_.clear();
    scaledRows_ = 0;
    without_ = incomplete_ = undone_ = 0;
    return draw();
  }
  const ColumnScale x = scaleFor(choice_.x, choice_.xTurned, choice_.xLogarithmic);
  const ColumnScale y = scaleFor(choice_.y, choice_.yTurned, choice_.yLogarithmic);
  const bool grows = scaledResults_ == data().results && scaledRows_ > 1 && table.rows() > scaledRows_ &&
                     x_.column == x.column && y_.column == y.column;
  const bool outgrown =
      grows && (x.least < x_.least || x.most > x_.most || y.least < y_.least || y.most > y_.most);
  if (!outgrown) {
    x_ = x;
    y_ = y;
    scaledRows_ = table.rows();
    scaledResults_ = data().results;
  }
  if (outgrown != outgrown_) {
    outgrown_ = outgrown;
    Q_EMIT outgrownChanged();
  }
  countStates();
  if (choice_.colour) colour_ = scaleOf(table, *choice_.colour);
  if (choice_.size) size_ = scaleOf(table, *choice_.size);
  findFront();
  draw();
}

void ScatterPlot::findFront() {
  front_.clear();
  if (!choice_.front || choice_.objectives.empty()) return;
  const RowTable& table = data().table;
  std::vector<std::vector<double>> values(choice_.objectives.size());
  std::vector<FrontColumn> columns;
  for (std::size_t k = 0; k < choice_.objectives.size(); ++k) {
    for (const std::uint32_t row : data().shown)
      values[k].push_back(table.number(choice_.objectives[k], row));
    columns.push_back({values[k], table.columns()[choice_.objectives[k]].better == Figure::Better::More});
  }
  for (const std::size_t place : nonDominated(columns)) front_.push_back(data().shown[place]);
}

PlotAxes ScatterPlot::axesIn(const QRectF& area) const {
  return {plotArea(area.adjusted(0, 0, 0, -legendHeight()), font(), data().table, x_, y_), x_, y_};
}

std::function<void(QImage&)> ScatterPlot::pointsOf(const PlotAxes& axes, double ratio,
                                                   std::shared_ptr<MarkCount> marks) const {
  PointDrawing points{shared(),
                      choice_,
                      axes,
                      colour_,
                      size_,
                      ratio,
                      theme().dark(),
                      theme().colour(&Palette::mutedText).rgb(),
                      theme().colour(&Palette::canvas).rgb(),
                      std::move(marks)};
  if (!steps_) return points;
  return [points = std::move(points), steps = steps_, colours = stepColours(theme())](QImage& image) {
    points(image);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSteps(painter, colours, points.data->table, points.axes, *steps);
  };
}

void ScatterPlot::draw() {
  if (scaledRows_ == 0) return dropPicture();
  const PlotAxes axes = axesIn(QRectF(rect()));
  makePicture(axesPicture(font(), theme(), data().table, axes, size(), devicePixelRatioF()),
              pointsOf(axes, devicePixelRatioF(), newMarks()));
}

void ScatterPlot::paintFront(QPainter& painter, const PlotAxes& axes) const {
  const QColor colour = theme().colour(&Palette::critical);
  std::vector<QPointF> points;
  for (const std::uint32_t row : front_) {
    if (const auto at = placeOf(row)) points.push_back(*at);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, 1.5));
  for (const QPointF& point : points) painter.drawEllipse(point, 6.5, 6.5);
  // Of the two axes alone the front is a line; of others the points are all that can be shown.
  const bool ofAxes = choice_.objectives.size() == 2 &&
                      std::count(choice_.objectives.begin(), choice_.objectives.end(), choice_.x) == 1 &&
                      std::count(choice_.objectives.begin(), choice_.objectives.end(), choice_.y) == 1;
  if (!ofAxes || points.size() < 2) return;
  std::sort(points.begin(), points.end(), [](const QPointF& a, const QPointF& b) { return a.x() < b.x(); });
  const bool lessX = data().table.columns()[choice_.x].better == Figure::Better::Less;
  QPolygonF steps;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0) {
      const bool holdsY = lessX != choice_.xTurned;  // what a design reaches, any larger one does
      steps << (holdsY ? QPointF(points[i].x(), points[i - 1].y())
                       : QPointF(points[i - 1].x(), points[i].y()));
    }
    steps << points[i];
  }
  painter.setClipRect(axes.area.adjusted(-8, -8, 8, 8));
  painter.drawPolyline(steps);
  painter.setClipping(false);
}

void ScatterPlot::paintMarks(QPainter& painter, const PlotAxes& axes) const {
  QFont bold = font();
  bold.setBold(true);
  painter.setFont(bold);
  const auto label = [&](std::uint32_t row) {
    const auto at = placeOf(row);
    if (!at) return;
    painter.setPen(QPen(theme().colour(&Palette::text), 1.5));
    painter.drawRect(QRectF(*at - QPointF(6, 6), QSizeF(12, 12)));
    painter.drawText(*at + QPointF(9, -7), data().markOf(row));
  };
  painter.setBrush(Qt::NoBrush);
  for (const std::uint32_t row : data().pinned) label(row);
  if (data().has(data().baseline)) label(*data().baseline);
  if (data().has(data().current)) {
    if (const auto at = placeOf(*data().current)) {
      painter.setPen(QPen(theme().colour(&Palette::accent), 2));
      painter.drawEllipse(*at, 9, 9);
    }
  }
  painter.setFont(font());
  if (brush_.isNull()) return;
  QColor wash = theme().colour(&Palette::accent);
  painter.setPen(QPen(wash, 1));
  wash.setAlphaF(0.12F);
  painter.setBrush(wash);
  painter.drawRect(brush_.intersected(axes.area.adjusted(-40, -10, 10, 40)));
}

/// What colours mean, above the points.
void ScatterPlot::paintLegend(QPainter& painter, const PlotAxes& axes) const {
  if (!choice_.colour) return;
  const RowTable& table = data().table;
  const RowColumn& column = table.columns()[*choice_.colour];
  const QFontMetricsF metrics(font());
  const double line = metrics.height(), top = axes.area.top() - line - 6;
  double right = axes.area.right();
  painter.setPen(theme().colour(&Palette::text));
  const auto word = [&](const QString& text) {
    const double width = metrics.horizontalAdvance(text);
    painter.setPen(theme().colour(&Palette::text));
    painter.drawText(QPointF(right - width, top + metrics.ascent()), text);
    right -= width + 6;
  };
  if (colour_.words) {
    constexpr std::size_t most = 7;
    const std::size_t count = std::min(most, column.words.size());
    for (std::size_t w = count; w-- > 0;) {
      word(metrics.elidedText(QString::fromStdString(column.words[w]), Qt::ElideMiddle, 110));
      QImage swatch(QSize(13, 13), QImage::Format_RGB32);
      swatch.fill(theme().colour(&Palette::canvas));
      const QColor colour = seriesColour(w);
      drawPoints(swatch, {{6, 6, 8, static_cast<std::uint8_t>(w % seriesCount), colour.rgb(),
                           edgeOf(colour, theme().dark()), false}});
      painter.drawImage(QPointF(right - 13, top + (line - 13) / 2), swatch);
      right -= 13 + 12;
    }
    return;
  }
  word(QString::fromStdString(axisLabel(table, *choice_.colour, colour_.most)));
  constexpr int width = 90;
  for (int i = 0; i < width; ++i) {
    painter.setPen(toQColor(heatColour(1 - i / static_cast<double>(width))));
    painter.drawLine(QPointF(right - i, top + 3), QPointF(right - i, top + line - 3));
  }
  right -= width + 6;
  word(columnTitle(column) + QLatin1Char(' ') +
       QString::fromStdString(axisLabel(table, *choice_.colour, colour_.least)));
}

void ScatterPlot::paintOn(QPainter& painter, const QRectF& area) const {
  painter.setFont(font());
  painter.setRenderHint(QPainter::Antialiasing);
  if (scaledRows_ == 0) {
    painter.fillRect(area, theme().colour(&Palette::canvas));
    return paintInstead(painter, theme(), area,
                        tr("Results stand here as points, as soon as there are some."));
  }
  const PlotAxes axes = axesIn(area);
  if (painter.device() == this) {
    // The one before, stretched, is nearer to the truth than nothing while a job draws the next.
    painter.drawImage(QRectF(rect()), picture().isNull()
                                          ? axesPicture(font(), theme(), data().table, axes, size(), 1)
                                          : picture());
  } else {
    constexpr double ratio = 2;
    QImage picture = axesPicture(font(), theme(), data().table, axes, area.size().toSize(), ratio);
    pointsOf(axes, ratio, nullptr)(picture);
    painter.drawImage(area, picture);
  }
  paintFront(painter, axes);
  paintMarks(painter, axes);
  paintLegend(painter, axes);
  paintLegendText(painter, area);
}

void ScatterPlot::countStates() {
  const RowTable& table = data().table;
  const auto missing = table.find("missing_layers");
  without_ = incomplete_ = undone_ = 0;
  for (const std::uint32_t row : data().shown) {
    const double y = table.number(choice_.y, row);
    if (std::isnan(y) || !x_.hasPlace(table.number(choice_.x, row)) || !y_.hasPlace(y)) {
      ++without_;
    } else if (table.state(row) != PointState::Done) {
      ++undone_;
    } else if (missing && table.whole(*missing, row) > 0) {
      ++incomplete_;
    }
  }
}

QString ScatterPlot::countText() const {
  if (scaledRows_ == 0) return {};
  QStringList parts;
  if (choice_.front) parts << tr("%1 on the front").arg(front_.size());
  if (without_ > 0) parts << tr("%1 without a value here").arg(without_);
  return parts.join(QStringLiteral(" · "));
}

QString ScatterPlot::legendText() const {
  if (scaledRows_ == 0) return {};
  QStringList parts;
  const QString counted = marks() ? inWords(*marks(), tr("points"), tr("marks")) : QString();
  if (!counted.isEmpty()) parts << counted;
  if (!countText().isEmpty()) parts << countText();
  if (incomplete_ > 0) parts << tr("hollow: %1 with layers missing").arg(incomplete_);
  if (undone_ > 0) parts << tr("grey and hollow: %1 that cannot be").arg(undone_);
  const std::size_t hidden = data().table.rows() - data().shown.size();
  if (hidden > 0) parts << tr("faint: %1 hidden by the filter").arg(hidden);
  return parts.join(QStringLiteral(" · "));
}

void ScatterPlot::setSteps(std::shared_ptr<const ValueSteps> steps) {
  if (steps == steps_) return;
  steps_ = std::move(steps);
  draw();
}

std::optional<QPointF> ScatterPlot::placeOf(std::uint32_t row) const {
  if (scaledRows_ == 0 || row >= data().table.rows()) return std::nullopt;
  const double x = x_.placeOf(data().table.number(choice_.x, row)),
               y = y_.placeOf(data().table.number(choice_.y, row));
  if (std::isnan(x) || std::isnan(y)) return std::nullopt;
  return axesIn(QRectF(rect())).at(std::min(x, beyondAxes), std::min(y, beyondAxes));
}

std::optional<std::uint32_t> ScatterPlot::rowAt(const QPointF& pixel) const {
  if (scaledRows_ == 0) return std::nullopt;
  const PlotAxes axes = axesIn(QRectF(rect()));
  std::optional<std::uint32_t> nearest;
  double closest = reach;
  for (const std::uint32_t row : data().shown) {
    const double x = axes.x.placeOf(data().table.number(choice_.x, row)),
                 y = axes.y.placeOf(data().table.number(choice_.y, row));
    if (std::isnan(x) || std::isnan(y)) continue;
    const QPointF away = axes.at(std::min(x, beyondAxes), std::min(y, beyondAxes)) - pixel;
    const double distance = std::hypot(away.x(), away.y());
    if (distance < closest) nearest = row, closest = distance;
  }
  return nearest;
}

QString ScatterPlot::tipUnder(const QPointF& pixel) const {
  if (scaledRows_ == 0) return {};
  const PlotAxes axes = axesIn(QRectF(rect()));
  const QPointF place = axes.placeOf(pixel);
  if (pixel.y() > rect().bottom() - legendHeight()) return legendText();
  if (pixel.y() > axes.area.bottom()) return axisTip(x_, place.x());
  return pixel.x() < axes.area.left() ? axisTip(y_, place.y()) : QString();
}

QPointF ScatterPlot::placeFor(std::uint32_t row) const {
  return placeOf(row).value_or(QRectF(rect()).center());
}

std::vector<std::uint32_t> ScatterPlot::keyOrder() const {
  std::vector<std::uint32_t> order;
  for (const std::uint32_t row : choice_.front && !front_.empty() ? front_ : data().shown) {
    const double x = x_.placeOf(data().table.number(choice_.x, row)),
                 y = y_.placeOf(data().table.number(choice_.y, row));
    if (scaledRows_ > 0 && !std::isnan(x) && !std::isnan(y)) order.push_back(row);
  }
  std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
    return x_.placeOf(data().table.number(choice_.x, a)) < x_.placeOf(data().table.number(choice_.x, b));
  });
  return order;
}

void ScatterPlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  draw();
}

void ScatterPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && scaledRows_ > 0) pressed_ = event->position();
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_) return;
  const QPointF moved = event->position() - *pressed_;
  constexpr double tremble = 4;
  if (brush_.isNull() && std::abs(moved.x()) < tremble && std::abs(moved.y()) < tremble) return;
  brush_ = QRectF(*pressed_, event->position()).normalized();
  update();
}

void ScatterPlot::finishBrush() {
  const PlotAxes axes = axesIn(QRectF(rect()));
  const QPointF from = axes.placeOf(brush_.bottomLeft()), to = axes.placeOf(brush_.topRight());
  brush_ = QRectF();
  std::string text =
      withRange(data().filter, data().table, choice_.x, rangeOf(data().table, x_, from.x(), to.x()));
  if (choice_.y != choice_.x)
    text = withRange(text, data().table, choice_.y, rangeOf(data().table, y_, from.y(), to.y()));
  Q_EMIT filterWanted(QString::fromStdString(text));
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !pressed_) return;
  pressed_.reset();
  if (scaledRows_ == 0) {  // what the brush was over is there no more
    brush_ = QRectF();
  } else if (!brush_.isNull()) {
    finishBrush();
  } else if (const auto row = rowAt(event->position())) {
    Q_EMIT rowChosen(*row);
  }
  update();
}

void ScatterPlot::change(const ScatterChoice& choice) {
  setChoice(choice);
  Q_EMIT choiceChanged();
}

/// Of the axis that the mouse is at; by the key of both.
void ScatterPlot::contextMenuEvent(QContextMenuEvent* event) {
  if (scaledRows_ == 0) return;
  const PlotAxes axes = axesIn(QRectF(rect()));
  const bool keyed = event->reason() == QContextMenuEvent::Keyboard;
  const bool below = event->pos().y() > axes.area.bottom(), left = event->pos().x() < axes.area.left();
  if (!keyed && below == left) return;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto fill = [this](QMenu& into, bool ofX) {
    const ColumnScale& scale = ofX ? x_ : y_;
    fillAxisMenu(into, scale,
                 {[this, ofX] {
                    ScatterChoice next = choice_;
                    bool& turned = ofX ? next.xTurned : next.yTurned;
                    turned = !turned;
                    change(next);
                  },
                  [this, ofX](bool on) {
                    ScatterChoice next = choice_;
                    (ofX ? next.xLogarithmic : next.yLogarithmic) = on;
                    change(next);
                  },
                  [this, column = scale.column] { Q_EMIT orderWanted(column); }});
  };
  if (keyed) {
    fill(*menu->addMenu(tr("Axis to the right")), true);
    fill(*menu->addMenu(tr("Axis upwards")), false);
  } else {
    fill(*menu, below);
  }
  menu->popup(event->globalPos());
}

void ScatterPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  pressed_.reset();
  if (const auto row = rowAt(event->position())) Q_EMIT rowWanted(*row);
}

}  // namespace taktwerk
