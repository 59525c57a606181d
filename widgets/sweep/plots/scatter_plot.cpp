// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/scatter_plot.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "core/drawing/palette.h"
#include "core/front/front.h"
#include "core/sweep/row_ranges.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double reach = 9;  ///< pixels from a point that still mean it
constexpr std::uint8_t usualSize = 7, smallest = 5, largest = 15;
constexpr std::size_t manyRows = 20'000;  ///< whose points are small
constexpr double beyond = 1.02;           ///< where points beyond the axes stand

QRgb edgeOf(const Theme& theme, const QColor& fill) {
  return (theme.dark() ? fill.lighter(150) : fill.darker(170)).rgb();
}

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
  ColumnScale scale = scaleOf(data().table, column);
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
  return {plotArea(area, font(), x_, y_), x_, y_};
}

namespace {

/// All that the points of a picture depend on: copied, as it goes to another thread.
struct PointDrawing {
  std::shared_ptr<const PlotData> data;
  ScatterChoice choice;
  PlotAxes axes;
  ColumnScale colour, size;
  double ratio = 1;
  bool dark = false;
  QRgb missing = 0;  ///< the colour of what has no value there

  [[nodiscard]] QRgb edgeOf(const QColor& fill) const {
    return (dark ? fill.lighter(150) : fill.darker(170)).rgb();
  }
  void colourOf(std::uint32_t row, PicturePoint& point) const {
    const double value = data->table.number(*choice.colour, row);
    QColor fill = QColor::fromRgb(missing);
    if (colour.words && !std::isnan(value)) {
      const auto series = static_cast<std::size_t>(value);
      fill = seriesColour(series);
      point.shape = static_cast<std::uint8_t>(series % seriesCount);
    } else if (!std::isnan(value)) {
      fill = toQColor(heatColour(std::clamp(colour.placeOf(value), 0.0, 1.0)));
    }
    point.fill = fill.rgb();
    point.line = edgeOf(fill);
  }
  void operator()(QImage& picture) const;
};

void PointDrawing::operator()(QImage& picture) const {
  const RowTable& table = data->table;
  const std::uint8_t plain = table.rows() > manyRows ? smallest : usualSize;
  const QColor one = seriesColour(0);
  const PicturePoint usual{0, 0, plain, 0, one.rgb(), edgeOf(one), false};
  std::vector<PicturePoint> points, shown;
  points.reserve(table.rows());
  for (std::uint32_t row = 0; row < table.rows(); ++row) {
    const double x = axes.x.placeOf(table.number(choice.x, row)),
                 y = axes.y.placeOf(table.number(choice.y, row));
    if (std::isnan(x) || std::isnan(y)) continue;
    const QPointF at = axes.at(std::min(x, beyond), std::min(y, beyond)) * ratio;
    PicturePoint point = usual;
    point.x = static_cast<float>(at.x());
    point.y = static_cast<float>(at.y());
    if (choice.colour) colourOf(row, point);
    double diameter = plain;
    if (choice.size) {
      const double place = size.placeOf(table.number(*choice.size, row));
      if (!std::isnan(place)) diameter = smallest + std::clamp(place, 0.0, 1.0) * (largest - smallest);
    }
    point.diameter = static_cast<std::uint8_t>(std::min(60.0, diameter * ratio));
    point.faint = data->isShown[row] == 0;
    (point.faint ? points : shown).push_back(point);
  }
  drawPoints(picture, points);
  drawPoints(picture, shown);
}

}  // namespace

QImage ScatterPlot::groundOf(const PlotAxes& axes, const QSize& size, double ratio) const {
  QImage ground(size * ratio, QImage::Format_RGB32);
  ground.fill(theme().colour(&Palette::canvas));
  ground.setDevicePixelRatio(ratio);
  QPainter painter(&ground);
  painter.setFont(font());
  paintAxes(painter, theme(), data().table, axes);
  return ground;
}

std::function<void(QImage&)> ScatterPlot::pointsOf(const PlotAxes& axes, double ratio) const {
  return PointDrawing{shared(), choice_, axes,           colour_,
                      size_,    ratio,   theme().dark(), theme().colour(&Palette::mutedText).rgb()};
}

void ScatterPlot::draw() {
  if (scaledRows_ == 0) return dropPicture();
  const PlotAxes axes = axesIn(QRectF(rect()));
  makePicture(groundOf(axes, size(), devicePixelRatioF()), pointsOf(axes, devicePixelRatioF()));
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
                           edgeOf(theme(), colour), false}});
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
    painter.drawImage(QRectF(rect()), picture().isNull() ? groundOf(axes, size(), 1) : picture());
  } else {
    constexpr double ratio = 2;
    QImage picture = groundOf(axes, area.size().toSize(), ratio);
    pointsOf(axes, ratio)(picture);
    painter.drawImage(area, picture);
  }
  paintFront(painter, axes);
  paintMarks(painter, axes);
  paintLegend(painter, axes);
}

QString ScatterPlot::countText() const {
  const RowTable& table = data().table;
  if (scaledRows_ == 0) return {};
  std::int64_t without = 0;
  for (const std::uint32_t row : data().shown) {
    without += std::isnan(x_.placeOf(table.number(choice_.x, row))) ||
               std::isnan(y_.placeOf(table.number(choice_.y, row))) ||
               std::isnan(table.number(choice_.y, row));
  }
  QString text = choice_.front ? tr("%1 on the front").arg(front_.size()) : QString();
  if (without > 0)
    text += (text.isEmpty() ? QString() : QStringLiteral(" · ")) + tr("%1 without a value here").arg(without);
  return text;
}

std::optional<QPointF> ScatterPlot::placeOf(std::uint32_t row) const {
  if (scaledRows_ == 0 || row >= data().table.rows()) return std::nullopt;
  const double x = x_.placeOf(data().table.number(choice_.x, row)),
               y = y_.placeOf(data().table.number(choice_.y, row));
  if (std::isnan(x) || std::isnan(y)) return std::nullopt;
  return axesIn(QRectF(rect())).at(std::min(x, beyond), std::min(y, beyond));
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
    const QPointF away = axes.at(std::min(x, beyond), std::min(y, beyond)) - pixel;
    const double distance = std::hypot(away.x(), away.y());
    if (distance < closest) nearest = row, closest = distance;
  }
  return nearest;
}

std::vector<std::uint32_t> ScatterPlot::keyOrder() const {
  std::vector<std::uint32_t> order;
  for (const std::uint32_t row : choice_.front && !front_.empty() ? front_ : data().shown) {
    if (placeOf(row)) order.push_back(row);
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
  if (!pressed_) {
    const auto row = rowAt(event->position());
    QToolTip::showText(event->globalPosition().toPoint(), row ? pointInWords(data(), *row) : QString(), this);
    return;
  }
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
  if (!brush_.isNull()) {
    finishBrush();
  } else if (const auto row = rowAt(event->position())) {
    Q_EMIT rowChosen(*row);
  }
  update();
}

void ScatterPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  pressed_.reset();
  if (const auto row = rowAt(event->position())) Q_EMIT rowWanted(*row);
}

}  // namespace taktwerk
