// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/step_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <sstream>

#include "core/report/row_cells.h"
#include "widgets/sweep/plots/step_marks.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double reach = 9;  ///< pixels that still mean it

double distanceTo(const QPointF& at, const QPointF& from, const QPointF& to) {
  const QPointF along = to - from;
  const double length = QPointF::dotProduct(along, along);
  const double part = length > 0 ? std::clamp(QPointF::dotProduct(at - from, along) / length, 0.0, 1.0) : 0;
  const QPointF away = at - (from + part * along);
  return std::hypot(away.x(), away.y());
}

}  // namespace

StepPlot::StepPlot(JobManager& jobs, const Theme& theme, QWidget* parent) : ResultPlot(jobs, theme, parent) {
  setAccessibleName(tr("Steps of a figure along a parameter"));
}

bool StepPlot::isEmpty() const {
  const std::size_t columns = data().table.columns().size();
  return !steps_ || results_ != data().results || steps_->rowsOf.empty() || question_.parameter >= columns ||
         question_.figure >= columns;
}

void StepPlot::setSteps(std::shared_ptr<const ValueSteps> steps, const StepQuestion& question) {
  steps_ = std::move(steps);
  results_ = data().results;
  question_ = question;
  dataChanged();
  update();
}

void StepPlot::setChosen(std::optional<ValueStep> step) {
  chosen_ = step;
  update();
}

void StepPlot::dataChanged() {
  if (isEmpty()) return dropPicture();
  x_ = scaleOf(data().table, question_.parameter);
  y_ = scaleOf(data().table, question_.figure);
  draw();
}

PlotAxes StepPlot::axesIn(const QRectF& area) const {
  return {plotArea(area, font(), data().table, x_, y_), x_, y_};
}

std::function<void(QImage&)> StepPlot::linesOf(const PlotAxes& axes) const {
  QColor line = seriesColour(0);
  if (steps_->rowsOf.size() > 20) line.setAlphaF(0.35F);
  return [data = shared(), steps = steps_, axes, line, colours = stepColours(theme())](QImage& image) {
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing, steps->points < 20'000);
    painter.setPen(QPen(line, 1.2));
    painter.setBrush(line);
    const double dot = steps->points > 2000 ? 1 : 2.2;
    for (const std::vector<std::uint32_t>& rows : steps->rowsOf) {
      QPolygonF points;
      for (const std::uint32_t row : rows) {
        if (const auto at = pixelOf(data->table, axes, row)) points << *at;
      }
      painter.drawPolyline(points);
      for (const QPointF& point : points) painter.drawEllipse(point, dot, dot);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    paintSteps(painter, colours, data->table, axes, *steps);
  };
}

void StepPlot::draw() {
  const PlotAxes axes = axesIn(QRectF(rect()));
  makePicture(axesPicture(font(), theme(), data().table, axes, size(), devicePixelRatioF()), linesOf(axes));
}

void StepPlot::paintOn(QPainter& painter, const QRectF& area) const {
  painter.setFont(font());
  painter.setRenderHint(QPainter::Antialiasing);
  if (isEmpty()) {
    painter.fillRect(area, theme().colour(&Palette::canvas));
    return paintInstead(painter, theme(), area,
                        tr("Cliffs and plateaus stand here, as soon as there are designs that differ in "
                           "one parameter alone."));
  }
  const PlotAxes axes = axesIn(area);
  if (painter.device() == this) {
    painter.drawImage(QRectF(rect()), picture().isNull()
                                          ? axesPicture(font(), theme(), data().table, axes, size(), 1)
                                          : picture());
  } else {
    constexpr double ratio = 2;
    QImage picture = axesPicture(font(), theme(), data().table, axes, area.size().toSize(), ratio);
    linesOf(axes)(picture);
    painter.drawImage(area, picture);
  }
  if (chosen_) {
    const auto from = pixelOf(data().table, axes, chosen_->from),
               to = pixelOf(data().table, axes, chosen_->to);
    if (from && to) {
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(theme().colour(&Palette::accent), 3));
      painter.drawLine(*from, *to);
      for (const QPointF& end : {*from, *to}) painter.drawEllipse(end, 7, 7);
    }
  }
}

std::optional<std::string> StepPlot::table() const {
  std::ostringstream out;
  const RowTable& table = data().table;
  writeCsvHeading(out, {{"step"},
                        {"parameter"},
                        {"from_point"},
                        {"to_point"},
                        {"from"},
                        {"to"},
                        {"figure"},
                        {"before"},
                        {"after"},
                        {"points"}});
  if (isEmpty()) return out.str();
  for (const ValueStep& step : steps_->steps) {
    const bool cliff = step.kind == ValueStep::Kind::Cliff;
    writeCsvRow(out, {std::string(cliff ? "cliff" : "plateau"), table.columns()[question_.parameter].name,
                      table.text(0, step.from), table.text(0, step.to),
                      table.text(question_.parameter, step.from), table.text(question_.parameter, step.to),
                      table.columns()[question_.figure].name, table.number(question_.figure, step.from),
                      table.number(question_.figure, step.to), step.points});
  }
  return out.str();
}

std::optional<QPointF> StepPlot::middleOf(const ValueStep& step) const {
  const PlotAxes axes = axesIn(QRectF(rect()));
  const auto from = pixelOf(data().table, axes, step.from), to = pixelOf(data().table, axes, step.to);
  if (!from || !to) return std::nullopt;
  return (*from + *to) / 2;
}

const ValueStep* StepPlot::stepAt(const QPointF& pixel) const {
  if (isEmpty()) return nullptr;
  const PlotAxes axes = axesIn(QRectF(rect()));
  const ValueStep* nearest = nullptr;
  double closest = reach;
  for (const ValueStep& step : steps_->steps) {
    const auto from = pixelOf(data().table, axes, step.from), to = pixelOf(data().table, axes, step.to);
    if (!from || !to) continue;
    const double distance = distanceTo(pixel, *from, *to);
    if (distance < closest) nearest = &step, closest = distance;
  }
  return nearest;
}

std::optional<std::uint32_t> StepPlot::rowAt(const QPointF& pixel) const {
  if (isEmpty()) return std::nullopt;
  const PlotAxes axes = axesIn(QRectF(rect()));
  std::optional<std::uint32_t> nearest;
  double closest = reach;
  for (const auto& rows : steps_->rowsOf) {
    for (const std::uint32_t row : rows) {
      const auto at = pixelOf(data().table, axes, row);
      if (!at) continue;
      const double distance = std::hypot(at->x() - pixel.x(), at->y() - pixel.y());
      if (distance < closest) nearest = row, closest = distance;
    }
  }
  return nearest;
}

void StepPlot::keyPressEvent(QKeyEvent* event) {
  const bool next = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down;
  const bool previous = event->key() == Qt::Key_Left || event->key() == Qt::Key_Up;
  if ((!next && !previous) || isEmpty() || steps_->steps.empty()) return ResultPlot::keyPressEvent(event);
  // From left to right, as they are seen.
  std::vector<const ValueStep*> order;
  for (const ValueStep& step : steps_->steps) order.push_back(&step);
  std::stable_sort(order.begin(), order.end(), [this](const ValueStep* a, const ValueStep* b) {
    return data().table.number(question_.parameter, a->from) <
           data().table.number(question_.parameter, b->from);
  });
  const auto here = std::find_if(order.begin(), order.end(), [this](const ValueStep* step) {
    return chosen_ && chosen_->isBetweenEndsOf(*step);
  });
  if (here == order.end()) return Q_EMIT stepChosen(next ? *order.front() : *order.back());
  const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
  const auto place = std::clamp<std::ptrdiff_t>((here - order.begin()) + (next ? 1 : -1), 0, last);
  Q_EMIT stepChosen(*order[static_cast<std::size_t>(place)]);
}

void StepPlot::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (!isEmpty()) draw();
}

void StepPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const ValueStep* step = stepAt(event->position())) return Q_EMIT stepChosen(*step);
  if (const auto row = rowAt(event->position())) Q_EMIT rowChosen(*row);
}

void StepPlot::mouseMoveEvent(QMouseEvent* event) {
  const auto row = rowAt(event->position());
  QToolTip::showText(event->globalPosition().toPoint(), row ? pointInWords(data(), *row) : QString(), this);
}

}  // namespace taktwerk
