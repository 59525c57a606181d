// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/parallel_plot.h"

#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/drawing/palette.h"
#include "widgets/sweep/plots/line_drawing.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostAxes = 10;  ///< that are chosen by themselves
constexpr double reach = 14;          ///< pixels from an axis that still mean it
constexpr double side = 64;           ///< beside the first and the last axis
constexpr double noneRoom = 0.1;      ///< of an axis, below it

}  // namespace

ParallelPlot::ParallelPlot(JobManager& jobs, const Theme& theme, QWidget* parent)
    : ResultPlot(jobs, theme, parent) {
  setAccessibleName(tr("Parallel coordinates of the results"));
}

namespace {

/// Whether a figure says in other units what `cycles` says: an axis of it would show the same once more.
bool repeatsCycles(const RowTable& table, std::size_t column) {
  const std::string& name = table.columns()[column].name;
  if (name == "time" || name == "inferences_per_second") return true;
  const auto cycles = table.find("cycles");
  if (!cycles || column == *cycles) return false;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double a = table.number(column, row), b = table.number(*cycles, row);
    if (a != b && !(std::isnan(a) && std::isnan(b))) return false;
  }
  return true;
}

}  // namespace

void ParallelPlot::chooseAxes() {
  const RowTable& table = data().table;
  const auto take = [&](bool figures) {
    for (std::size_t c = 0; c < table.columns().size() && axes_.size() < mostAxes; ++c) {
      const RowColumn::Of of = table.columns()[c].of;
      const bool wanted = figures ? of == RowColumn::Of::Figure
                                  : of == RowColumn::Of::Parameter || of == RowColumn::Of::Choice;
      if (!wanted || table.isConstant(c) || (figures && repeatsCycles(table, c))) continue;
      axes_.push_back({QString::fromStdString(table.columns()[c].name), false, {}, {}});
    }
  };
  axes_.clear();
  take(false);
  take(true);
}

void ParallelPlot::setColour(std::optional<std::size_t> column) {
  if (column == colour_) return;
  colour_ = column;
  dataChanged();
  update();
}

void ParallelPlot::dataChanged() {
  const RowTable& table = data().table;
  if (!chosen_) chooseAxes();
  std::vector<Axis> there;
  for (Axis& axis : axes_) {
    const auto column = table.find(axis.name.toStdString());
    if (!column || table.rows() == 0) continue;
    axis.scale = data().scale(*column);
    axis.scale.inverted = axis.turned;
    if (axis.logarithmic && !axis.scale.words)
      axis.scale.logarithmic = *axis.logarithmic && axis.scale.isPositive;
    there.push_back(axis);
  }
  if (table.rows() > 0) axes_ = std::move(there);
  if (dragged_ >= axes_.size() || table.rows() == 0) drag_ = Drag::None;  // what was held is there no more
  if (colour_ && *colour_ >= table.columns().size()) colour_.reset();
  if (colour_ && *colour_ < table.columns().size()) shade_ = scaleOf(table, *colour_);
  draw();
}

QRectF ParallelPlot::inner(const QRectF& area) const {
  const double line = QFontMetricsF(font()).height();
  const double right = std::clamp(lastLabel_ + 16, side, std::max(side, area.width() / 4));
  return area.adjusted(side, (staggered_ ? 3 : 2) * line + 14, -right, -line - 8 - legendHeight());
}

/// What there has to be room for: names behind the last axis, and titles that are wider than axes are apart,
/// which stand in two rows then.
void ParallelPlot::measure() {
  lastLabel_ = 0;
  staggered_ = false;
  if (axes_.size() < 2 || data().table.rows() == 0) return;
  constexpr std::size_t many = 100;
  const ColumnScale& last = axes_.back().scale;
  if (last.words) lastLabel_ = widestTick(font(), ticksOf(data().table, last, many));
  const QFontMetricsF metrics(font());
  const double room = inner(QRectF(rect())).width() / static_cast<double>(axes_.size() - 1) - 8;
  for (const Axis& axis : axes_) {
    const QString title = columnTitle(data().table.columns()[axis.scale.column]);
    staggered_ = staggered_ || metrics.horizontalAdvance(title) > room;
  }
}

QLineF ParallelPlot::lineIn(const QRectF& area, std::size_t axis) const {
  const QRectF within = inner(area);
  const double x = axes_.size() < 2 ? within.center().x()
                                    : within.left() + within.width() * static_cast<double>(axis) /
                                                          static_cast<double>(axes_.size() - 1);
  const double bottom = within.bottom() - (axes_[axis].scale.hasNone ? noneRoom * within.height() : 0);
  return {QPointF(x, bottom), QPointF(x, within.top())};
}

QLineF ParallelPlot::lineOf(std::size_t axis) const {
  return lineIn(QRectF(rect()), axis);
}

std::function<void(QImage&)> ParallelPlot::linesOf(const QRectF& area, double ratio,
                                                   const std::shared_ptr<MarkCount>& marks) const {
  LineDrawing drawing{shared(), std::make_shared<LineCache>(), {}, colour_, shade_, ratio, {}, marks};
  for (std::size_t a = 0; a < axes_.size(); ++a) drawing.axes.push_back({axes_[a].scale, lineIn(area, a)});
  const LineKey key{data().results, data().table.rows(), area.size(), ratio,
                    colour_,        theme().dark(),      drawing.axes};
  if (key == key_ && cache_) drawing.cache = cache_;
  key_ = key;
  cache_ = drawing.cache;
  std::vector<QRgb> colours;
  constexpr int steps = 64;
  colours.reserve(steps);
  for (int i = 0; i < steps; ++i) colours.push_back(thinHeatColour(theme(), i / (steps - 1.0)).rgb());
  if (!colour_) colours.assign(1, seriesColour(0).rgb());
  drawing.rgb = [colours = std::move(colours)](double shade) {
    return colours[static_cast<std::size_t>(shade * static_cast<double>(colours.size() - 1))];
  };
  return drawing;
}

QImage ParallelPlot::groundOf(const QSize& size, double ratio) const {
  QImage ground(size * ratio, QImage::Format_RGB32);
  ground.fill(theme().colour(&Palette::canvas));
  ground.setDevicePixelRatio(ratio);
  return ground;
}

void ParallelPlot::draw() {
  measure();
  if (data().table.rows() == 0 || axes_.size() < 2) return dropPicture();
  makePicture(groundOf(size(), devicePixelRatioF()),
              linesOf(QRectF(rect()), devicePixelRatioF(), newMarks()));
}

void ParallelPlot::paintRow(QPainter& painter, const QRectF& area, std::uint32_t row,
                            const QColor& colour) const {
  QPolygonF line;
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    const double place = axes_[a].scale.placeOf(data().table.number(axes_[a].scale.column, row));
    if (!std::isnan(place)) line << lineIn(area, a).pointAt(place);
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, 2.5));
  painter.drawPolyline(line);
  const QString mark = data().markOf(row);
  if (!mark.isEmpty() && !line.isEmpty()) painter.drawText(line.back() + QPointF(8, 4), mark);
}

/// Where the title of an axis stands: every second one a row higher, if they would not fit beside each other.
QRectF ParallelPlot::titleBox(const QRectF& area, std::size_t axis) const {
  const double line = QFontMetricsF(font()).height(), x = lineIn(area, axis).x1();
  const double apart =
      axes_.size() < 2 ? area.width() : inner(area).width() / static_cast<double>(axes_.size() - 1);
  double room = (staggered_ ? 2 : 1) * apart - 8;
  // Not beyond the edges of the plot.
  room = std::min(room, 2 * std::min(x - area.left(), area.right() - x) + (staggered_ ? 0 : 2 * side));
  const double up = staggered_ && axis % 2 == 0 ? 3 : 2;
  return {x - room / 2, lineIn(area, axis).y2() - up * line - 8, room, line};
}

void ParallelPlot::paintAxis(QPainter& painter, const QRectF& area, std::size_t axis) const {
  const QFontMetricsF metrics(font());
  const QLineF line = lineIn(area, axis);
  const ColumnScale& scale = axes_[axis].scale;
  const double room =
      axes_.size() < 2 ? area.width() : inner(area).width() / static_cast<double>(axes_.size() - 1) - 8;
  const double x = line.x1() + (drag_ == Drag::Move && dragged_ == axis ? at_.x() - pressed_.x() : 0);
  painter.setPen(QPen(theme().colour(&Palette::text), 1.2));
  painter.drawLine(QPointF(x, line.y1()), QPointF(x, line.y2()));
  painter.drawText(titleBox(area, axis).translated(x - line.x1(), 0), Qt::AlignHCenter,
                   metrics.elidedText(columnTitle(data().table.columns()[scale.column]), Qt::ElideMiddle,
                                      titleBox(area, axis).width()));
  painter.setPen(theme().colour(&Palette::mutedText));
  const QString kind =
      (scale.logarithmic ? tr("log") : QString()) + (scale.inverted ? QStringLiteral(" ↓") : QString());
  painter.drawText(QRectF(x - room / 2, line.y2() - metrics.height() - 6, room, metrics.height()),
                   Qt::AlignHCenter, kind.trimmed());
  const auto most = static_cast<std::size_t>(std::max(2.0, -line.dy() / 40));
  std::vector<AxisTick> ticks = ticksOf(data().table, scale, most);
  if (scale.hasNone) ticks.push_back({ColumnScale::nonePlace, "none"});
  const double labelRoom = axis + 1 == axes_.size() ? area.right() - x - 8 : room - 8;
  for (const AxisTick& tick : ticks) {
    const double y = line.pointAt(tick.place).y();
    painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y));
    const QString label = metrics.elidedText(QString::fromStdString(tick.label), Qt::ElideMiddle, labelRoom);
    const QRectF box(x + 6, y - metrics.height() / 2, metrics.horizontalAdvance(label) + 4, metrics.height());
    QColor ground = theme().colour(&Palette::canvas);
    ground.setAlphaF(0.75F);
    painter.fillRect(box, ground);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, label);
  }
  RowRange range = rangeIn(data().filter, data().table, scale.column);
  double from = -1, to = -1;
  if (drag_ == Drag::Brush && dragged_ == axis) {
    from = placeAt(axis, pressed_);
    to = placeAt(axis, at_);
  } else if (range.least || range.most) {
    from = range.least ? scale.placeOf(*range.least) : (scale.inverted ? 1 : 0);
    to = range.most ? scale.placeOf(*range.most) : (scale.inverted ? 0 : 1);
  } else if (range.none) {
    from = ColumnScale::nonePlace - 0.02, to = ColumnScale::nonePlace + 0.02;
  }
  QColor wash = theme().colour(&Palette::accent);
  painter.setPen(QPen(wash, 1.5));
  wash.setAlphaF(0.25F);
  painter.setBrush(wash);
  const auto box = [&](double a, double b) {
    if (!std::isfinite(a) || !std::isfinite(b)) return;
    painter.drawRect(
        QRectF(QPointF(x - 7, line.pointAt(a).y()), QPointF(x + 7, line.pointAt(b).y())).normalized());
  };
  if (from != to || from >= 0) box(from, to);
  for (const std::string& word : range.words) {
    const auto& words = data().table.columns()[scale.column].words;
    const auto place = std::find(words.begin(), words.end(), word);
    if (place == words.end() || drag_ == Drag::Brush) continue;
    const double middle = scale.placeOf(static_cast<double>(place - words.begin()));
    box(middle - 0.02, middle + 0.02);
  }
  painter.setBrush(Qt::NoBrush);
}

void ParallelPlot::paintOn(QPainter& painter, const QRectF& area) const {
  painter.setFont(font());
  painter.setRenderHint(QPainter::Antialiasing);
  if (data().table.rows() == 0 || axes_.size() < 2) {
    painter.fillRect(area, theme().colour(&Palette::canvas));
    return paintInstead(painter, theme(), area,
                        data().table.rows() == 0
                            ? tr("Results stand here as lines, as soon as there are some.")
                            : tr("There are not two columns that differ."));
  }
  if (painter.device() == this) {
    painter.drawImage(QRectF(rect()), picture().isNull() ? groundOf(size(), 1) : picture());
  } else {
    constexpr double ratio = 2;
    QImage lines = groundOf(area.size().toSize(), ratio);
    linesOf(area, ratio, nullptr)(lines);
    painter.drawImage(area, lines);
  }
  for (const std::uint32_t row : data().pinned) {
    if (row < data().table.rows()) paintRow(painter, area, row, theme().colour(&Palette::text));
  }
  if (data().has(data().baseline)) paintRow(painter, area, *data().baseline, theme().colour(&Palette::text));
  if (data().has(data().current))
    paintRow(painter, area, *data().current, theme().colour(&Palette::critical));
  for (std::size_t a = 0; a < axes_.size(); ++a) paintAxis(painter, area, a);
  paintColours(painter, area);
}

/// What the colours of lines mean, at the foot to the left, and beside it the rest of the legend.
void ParallelPlot::paintColours(QPainter& painter, const QRectF& area) const {
  if (!colour_ || *colour_ >= data().table.columns().size()) return paintLegendText(painter, area);
  const RowTable& table = data().table;
  const QFontMetricsF metrics(font());
  const double top = area.bottom() - legendHeight();
  double left = area.left() + 8;
  const auto word = [&](const QString& text) {
    painter.setPen(theme().colour(&Palette::text));
    painter.drawText(QPointF(left, top + metrics.ascent()), text);
    left += metrics.horizontalAdvance(text) + 6;
  };
  word(columnTitle(table.columns()[*colour_]) + QLatin1Char(' ') +
       QString::fromStdString(axisLabel(table, *colour_, shade_.least)));
  constexpr int width = 70;
  for (int i = 0; i < width; ++i) {
    painter.setPen(thinHeatColour(theme(), i / (width - 1.0)));
    painter.drawLine(QPointF(left + i, top + 3), QPointF(left + i, top + metrics.height() - 3));
  }
  left += width + 6;
  word(QString::fromStdString(axisLabel(table, *colour_, shade_.most)));
  paintLegendText(painter, QRectF(QPointF(left, area.top()), area.bottomRight()));
}

QString ParallelPlot::legendText() const {
  if (data().table.rows() == 0 || axes_.size() < 2) return {};
  QStringList parts;
  const QString counted = marks() ? inWords(*marks(), tr("designs"), tr("lines")) : QString();
  if (!counted.isEmpty()) parts << counted;
  const std::size_t hidden = data().table.rows() - data().shown.size();
  if (hidden > 0) parts << tr("faint: %1 hidden by the filter").arg(hidden);
  return parts.join(QStringLiteral(" · "));
}

std::vector<std::uint32_t> ParallelPlot::keyOrder() const {
  return data().shown;
}

std::optional<std::size_t> ParallelPlot::axisAt(const QPointF& pixel) const {
  for (std::size_t a = 0; a < axes_.size() && data().table.rows() > 0; ++a) {
    if (std::abs(lineOf(a).x1() - pixel.x()) < reach) return a;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> ParallelPlot::rowUnder(const QPointF& pixel) const {
  constexpr double near = 5;
  std::optional<std::uint32_t> nearest;
  double closest = near;
  for (std::size_t a = 0; a + 1 < axes_.size() && data().table.rows() > 0; ++a) {
    const QLineF from = lineOf(a), to = lineOf(a + 1);
    if (pixel.x() < from.x1() || pixel.x() > to.x1()) continue;
    const double share = (pixel.x() - from.x1()) / std::max(1.0, to.x1() - from.x1());
    for (const std::uint32_t row : data().shown) {
      const ColumnScale &left = axes_[a].scale, &right = axes_[a + 1].scale;
      const double first = from.pointAt(left.placeOf(data().table.number(left.column, row))).y();
      const double last = to.pointAt(right.placeOf(data().table.number(right.column, row))).y();
      const double away = std::abs(first + (last - first) * share - pixel.y());
      if (away < closest) nearest = row, closest = away;
    }
    break;
  }
  return nearest;
}

double ParallelPlot::placeAt(std::size_t axis, const QPointF& pixel) const {
  const QLineF line = lineOf(axis);
  return (line.y1() - pixel.y()) / (line.y1() - line.y2());
}

void ParallelPlot::update(std::size_t axis, const RowRange& range) {
  Q_EMIT filterWanted(
      QString::fromStdString(withRange(data().filter, data().table, axes_[axis].scale.column, range)));
}

void ParallelPlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  draw();
}

void ParallelPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  pressed_ = at_ = event->position();
  const auto axis = axisAt(pressed_);
  // A title reaches farther than its axis.
  for (std::size_t a = 0; a < axes_.size() && data().table.rows() > 0; ++a) {
    const QLineF line = lineOf(a);
    if (pressed_.y() < line.y2() - 4 && std::abs(line.x1() - pressed_.x()) < 40) {
      drag_ = Drag::Move;
      dragged_ = a;
      return;
    }
  }
  if (!axis) return;
  drag_ = Drag::Brush;
  dragged_ = *axis;
}

void ParallelPlot::mouseMoveEvent(QMouseEvent* event) {
  if (drag_ == Drag::None) {
    const auto axis = axisAt(event->position());
    setCursor(axis ? Qt::SizeVerCursor : Qt::ArrowCursor);
    return;
  }
  at_ = event->position();
  update();
}

void ParallelPlot::mouseReleaseEvent(QMouseEvent* event) {
  const Drag drag = std::exchange(drag_, Drag::None);
  if (drag == Drag::None || event->button() != Qt::LeftButton) return;
  at_ = event->position();
  constexpr double tremble = 4;
  if (drag == Drag::Brush) {
    const bool click = std::abs(at_.y() - pressed_.y()) < tremble;
    update(dragged_, click ? RowRange()
                           : rangeOf(data().table, axes_[dragged_].scale, placeAt(dragged_, pressed_),
                                     placeAt(dragged_, at_)));
  } else if (std::abs(at_.x() - pressed_.x()) > tremble) {
    // Its new place is before the first axis that is to the right of it.
    const double x = lineOf(dragged_).x1() + at_.x() - pressed_.x();
    std::size_t place = 0;
    for (std::size_t a = 0; a < axes_.size(); ++a) place += a != dragged_ && lineOf(a).x1() < x ? 1 : 0;
    const Axis moved = axes_[dragged_];
    axes_.erase(axes_.begin() + static_cast<std::ptrdiff_t>(dragged_));
    axes_.insert(axes_.begin() + static_cast<std::ptrdiff_t>(place), moved);
    chosen_ = true;
    draw();
    Q_EMIT axesChanged();
  }
  update();
}

void ParallelPlot::mouseDoubleClickEvent(QMouseEvent* event) {
  drag_ = Drag::None;
  if (const auto axis = axisAt(event->position())) turn(axes_[*axis].name);
}

}  // namespace taktwerk
