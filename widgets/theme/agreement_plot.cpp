// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/agreement_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include <qcustomplot.h>

#include "widgets/theme/plot_markers.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

AgreementPlot::AgreementPlot(const Theme& theme, const QString& name, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot) {
  plot_->setMinimumSize(200, 140);
  plot_->setAccessibleName(name);
  plot_->installEventFilter(this);
  plot_->setMouseTracking(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_);
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    axis->setNumberFormat(QStringLiteral("eb"));
    axis->setNumberPrecision(0);
  }
  plot_->plotLayout()->insertRow(0);
  plot_->plotLayout()->addElement(0, 0, plot_->legend);
  plot_->plotLayout()->setRowStretchFactor(0, 0.001);
  plot_->legend->setFillOrder(QCPLegend::foColumnsFirst);
  plot_->layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmBuffered);
  connect(&theme_, &Theme::changed, this, &AgreementPlot::draw);
  draw();
}

void AgreementPlot::setPoints(std::vector<Point> points, QStringList series, bool faint) {
  points_ = std::move(points);
  series_ = std::move(series);
  faint_ = faint;
  std::erase_if(marked_, [this](std::size_t point) { return point >= points_.size(); });
  draw();
}

void AgreementPlot::setLabels(const QString& x, const QString& y) {
  plot_->xAxis->setLabel(x);
  plot_->yAxis->setLabel(y);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void AgreementPlot::setMarked(std::vector<std::size_t> points) {
  if (points == marked_) return;
  marked_ = std::move(points);
  drawMarks();
  plot_->layer(QStringLiteral("overlay"))->replot();
}

std::size_t AgreementPlot::step() const {
  return std::max<std::size_t>(1, (points_.size() + mostDrawn - 1) / mostDrawn);
}

std::size_t AgreementPlot::drawn() const {
  return (points_.size() + step() - 1) / step();
}

QPoint AgreementPlot::placeOf(std::size_t point) const {
  const Point& at = points_[point];
  const QPointF place(plot_->xAxis->coordToPixel(at.x), plot_->yAxis->coordToPixel(at.y));
  return plot_->mapTo(this, place.toPoint());
}

void AgreementPlot::drawLine(double least, double most) {
  QCPGraph* line = plot_->addGraph();
  line->setPen(QPen(theme_.colour(&Palette::mutedText), 1, Qt::DashLine));
  line->setData({least, most}, {least, most}, true);
  line->removeFromLegend();
}

void AgreementPlot::drawPoints() {
  struct Drawn {
    QCPGraph* graph = nullptr;
    QCPErrorBars* bars = nullptr;
    std::size_t count = 0;
  };
  // A graph sorts its points by x, and bars are by the place of theirs.
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < points_.size(); i += step()) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [this](std::size_t a, std::size_t b) { return points_[a].x < points_[b].x; });
  std::vector<Drawn> all(static_cast<std::size_t>(series_.size()));
  for (const std::size_t i : order) ++all[points_[i].series].count;
  for (std::size_t series = 0; series < all.size(); ++series) {
    if (all[series].count == 0) continue;
    QCPGraph* graph = all[series].graph = plot_->addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setName(series_[static_cast<qsizetype>(series)]);
    graph->setScatterStyle(markerOf(theme_, series, faint_));
    auto* bars = all[series].bars = new QCPErrorBars(plot_->xAxis, plot_->yAxis);
    bars->removeFromLegend();
    bars->setDataPlottable(graph);
    bars->setErrorType(QCPErrorBars::etKeyError);
    bars->setPen(QPen(theme_.colour(&Palette::mutedText), 1));
    bars->setSymbolGap(0);
  }
  for (const std::size_t i : order) {
    const Point& point = points_[i];
    all[point.series].graph->addData(point.x, point.y);
    const bool bar = point.most > point.least;
    all[point.series].bars->addData(bar ? std::max(0.0, point.x - point.least) : 0,
                                    bar ? std::max(0.0, point.most - point.x) : 0);
  }
}

void AgreementPlot::drawMarks() {
  rings_->data()->clear();
  for (const std::size_t point : marked_) rings_->addData(points_[point].x, points_[point].y);
}

void AgreementPlot::draw() {
  plot_->clearPlottables();
  theme_.apply(*plot_);
  double least = 1, most = 10;
  if (!points_.empty()) least = most = points_.front().x;
  for (const Point& point : points_) {
    least = std::min({least, point.x, point.y});
    most = std::max({most, point.x, point.y});
  }
  least /= 1.6;
  most *= 1.6;
  drawLine(least, most);
  drawPoints();
  rings_ = plot_->addGraph();
  rings_->setLineStyle(QCPGraph::lsNone);
  rings_->setScatterStyle(ringOf(theme_));
  rings_->removeFromLegend();
  rings_->setLayer(QStringLiteral("overlay"));
  drawMarks();
  plot_->legend->setVisible(!points_.empty());
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) axis->setRange(least, most);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

std::optional<std::size_t> AgreementPlot::pointAt(const QPoint& position) const {
  std::optional<std::size_t> nearest;
  double closest = 12;  // pixels
  for (std::size_t i = 0; i < points_.size(); i += step()) {
    const double distance = std::hypot(plot_->xAxis->coordToPixel(points_[i].x) - position.x(),
                                       plot_->yAxis->coordToPixel(points_[i].y) - position.y());
    if (distance < closest) nearest = i, closest = distance;
  }
  return nearest;
}

bool AgreementPlot::eventFilter(QObject* watched, QEvent* event) {
  const bool moves = event->type() == QEvent::MouseMove, presses = event->type() == QEvent::MouseButtonPress;
  if (watched == plot_ && (moves || presses)) {
    const QPoint position = static_cast<QMouseEvent*>(event)->pos();
    const auto point = pointAt(position);
    if (!point) {
      if (moves) QToolTip::hideText();
    } else if (moves) {
      QToolTip::showText(plot_->mapToGlobal(position), tip_ ? tip_(*point) : QString(), plot_);
    } else {
      Q_EMIT pressed(*point);
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace taktwerk
