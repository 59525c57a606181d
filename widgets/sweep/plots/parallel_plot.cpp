// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/parallel_plot.h"

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <mutex>

#include "core/drawing/palette.h"
#include "widgets/sweep/plots/line_picture.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

/// What a filter does not change: where each row crosses each axis, and all rows, faint.
struct LineCache {
  std::mutex mutex;  ///< one job may still draw while the next begins
  std::vector<std::vector<float>> places;
  std::vector<float> shades;
  QImage faint;
};

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

void ParallelPlot::setAxes(const QStringList& names) {
  std::vector<Axis> next;
  for (const QString& name : names) {
    const auto had =
        std::find_if(axes_.begin(), axes_.end(), [&](const Axis& each) { return each.name == name; });
    next.push_back(had == axes_.end() ? Axis{name, false, {}, {}} : *had);
  }
  axes_ = std::move(next);
  chosen_ = !axes_.empty();
  dataChanged();
  update();
  Q_EMIT axesChanged();
}

QStringList ParallelPlot::axes() const {
  QStringList names;
  for (const Axis& axis : axes_) names << axis.name;
  return names;
}

void ParallelPlot::setColour(std::optional<std::size_t> column) {
  if (column == colour_) return;
  colour_ = column;
  dataChanged();
  update();
}

void ParallelPlot::turn(const QString& axis) {
  for (Axis& each : axes_) {
    if (each.name == axis) each.turned = !each.turned;
  }
  dataChanged();
  update();
}

void ParallelPlot::setLogarithmic(const QString& axis, bool logarithmic) {
  for (Axis& each : axes_) {
    if (each.name == axis) each.logarithmic = logarithmic;
  }
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
    axis.scale = scaleOf(table, *column);
    axis.scale.inverted = axis.turned;
    if (axis.logarithmic && !axis.scale.words)
      axis.scale.logarithmic = *axis.logarithmic && axis.scale.isPositive;
    there.push_back(axis);
  }
  if (table.rows() > 0) axes_ = std::move(there);
  if (colour_ && *colour_ < table.columns().size()) shade_ = scaleOf(table, *colour_);
  draw();
}

QRectF ParallelPlot::inner(const QRectF& area) const {
  const double line = QFontMetricsF(font()).height();
  return area.adjusted(side, 2 * line + 14, -side, -line - 8);
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

namespace {

/// All that the lines of a picture depend on: copied, as it goes to another thread.
struct LineDrawing {
  std::shared_ptr<const PlotData> data;
  std::shared_ptr<LineCache> cache;
  std::vector<LineAxis> axes;
  std::optional<std::size_t> colour;
  ColumnScale shade;
  double ratio = 1;
  std::function<QRgb(double shade)> rgb;

  void operator()(QImage& picture) const;

 private:
  void place() const;
  void draw(QImage& picture, bool all) const;
};

void LineDrawing::place() const {
  const RowTable& table = data->table;
  cache->places.assign(axes.size(), {});
  cache->shades.assign(table.rows(), 0);
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const QLineF& line = axes[a].line;
    cache->places[a].reserve(table.rows());
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const double at = axes[a].scale.placeOf(table.number(axes[a].scale.column, row));
      cache->places[a].push_back(static_cast<float>((line.y1() + (line.y2() - line.y1()) * at) * ratio));
    }
  }
  for (std::size_t row = 0; colour && row < table.rows(); ++row) {
    const double at = shade.placeOf(table.number(*colour, row));
    cache->shades[row] = static_cast<float>(std::isnan(at) ? 0 : at);
  }
}

void LineDrawing::draw(QImage& picture, bool all) const {
  LineBundle bundle;
  for (std::size_t a = 0; a + 1 < axes.size(); ++a) {
    bundle = {};
    const auto take = [&](std::size_t row) {
      bundle.from.push_back(cache->places[a][row]);
      bundle.to.push_back(cache->places[a + 1][row]);
      bundle.shade.push_back(cache->shades[row]);
    };
    if (all) {
      for (std::size_t row = 0; row < data->table.rows(); ++row) take(row);
    } else {
      for (const std::uint32_t row : data->shown) take(row);
    }
    drawLines(picture, static_cast<int>(axes[a].line.x1() * ratio),
              static_cast<int>(axes[a + 1].line.x1() * ratio), bundle, rgb, all);
  }
}

void LineDrawing::operator()(QImage& picture) const {
  const std::scoped_lock lock(cache->mutex);
  if (cache->places.empty()) place();
  if (data->shown.size() < data->table.rows()) {
    if (cache->faint.isNull()) {
      cache->faint = picture;
      draw(cache->faint, true);
    }
    picture = cache->faint;
  }
  draw(picture, false);
}

}  // namespace

std::function<void(QImage&)> ParallelPlot::linesOf(const QRectF& area, double ratio) const {
  LineDrawing drawing{shared(), std::make_shared<LineCache>(), {}, colour_, shade_, ratio, {}};
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
  if (data().table.rows() == 0 || axes_.size() < 2) return dropPicture();
  makePicture(groundOf(size(), devicePixelRatioF()), linesOf(QRectF(rect()), devicePixelRatioF()));
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

void ParallelPlot::paintAxis(QPainter& painter, const QRectF& area, std::size_t axis) const {
  const QFontMetricsF metrics(font());
  const QLineF line = lineIn(area, axis);
  const ColumnScale& scale = axes_[axis].scale;
  const double room =
      axes_.size() < 2 ? area.width() : inner(area).width() / static_cast<double>(axes_.size() - 1) - 8;
  const double x = line.x1() + (drag_ == Drag::Move && dragged_ == axis ? at_.x() - pressed_.x() : 0);
  painter.setPen(QPen(theme().colour(&Palette::text), 1.2));
  painter.drawLine(QPointF(x, line.y1()), QPointF(x, line.y2()));
  painter.drawText(
      QRectF(x - room / 2, line.y2() - 2 * metrics.height() - 8, room, metrics.height()), Qt::AlignHCenter,
      metrics.elidedText(columnTitle(data().table.columns()[scale.column]), Qt::ElideMiddle, room));
  painter.setPen(theme().colour(&Palette::mutedText));
  const QString kind =
      (scale.logarithmic ? tr("log") : QString()) + (scale.inverted ? QStringLiteral(" ↓") : QString());
  painter.drawText(QRectF(x - room / 2, line.y2() - metrics.height() - 6, room, metrics.height()),
                   Qt::AlignHCenter, kind.trimmed());
  const auto most = static_cast<std::size_t>(std::max(2.0, -line.dy() / 40));
  std::vector<AxisTick> ticks = ticksOf(data().table, scale, most);
  if (scale.hasNone) ticks.push_back({ColumnScale::nonePlace, "none"});
  for (const AxisTick& tick : ticks) {
    const double y = line.pointAt(tick.place).y();
    painter.drawLine(QPointF(x - 3, y), QPointF(x + 3, y));
    const QString label = metrics.elidedText(QString::fromStdString(tick.label), Qt::ElideMiddle, side - 10);
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
    linesOf(area, ratio)(lines);
    painter.drawImage(area, lines);
  }
  for (const std::uint32_t row : data().pinned) {
    if (row < data().table.rows()) paintRow(painter, area, row, theme().colour(&Palette::text));
  }
  if (data().has(data().baseline)) paintRow(painter, area, *data().baseline, theme().colour(&Palette::text));
  if (data().has(data().current))
    paintRow(painter, area, *data().current, theme().colour(&Palette::critical));
  for (std::size_t a = 0; a < axes_.size(); ++a) paintAxis(painter, area, a);
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

void ParallelPlot::contextMenuEvent(QContextMenuEvent* event) {
  const auto axis = axisAt(QPointF(event->pos()));
  if (!axis) return;
  const QString name = axes_[*axis].name;
  const ColumnScale& scale = axes_[*axis].scale;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  connect(menu->addAction(tr("Turn")), &QAction::triggered, this, [this, name] { turn(name); });
  QAction* logarithmic = menu->addAction(tr("Logarithmic"));
  logarithmic->setCheckable(true);
  logarithmic->setChecked(scale.logarithmic);
  logarithmic->setEnabled(scale.isPositive && !scale.words);
  connect(logarithmic, &QAction::toggled, this, [this, name](bool on) { setLogarithmic(name, on); });
  QAction* hides = menu->addAction(tr("Hide"));
  hides->setEnabled(axes_.size() > 2);
  connect(hides, &QAction::triggered, this, [this, name] {
    QStringList names = axes();
    names.removeAll(name);
    setAxes(names);
  });
  menu->popup(event->globalPos());
}

}  // namespace taktwerk
