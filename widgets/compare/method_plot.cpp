// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/method_plot.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include <qcustomplot.h>

#include "core/analysis/method_regression.h"
#include "core/report/method_report.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/plot_markers.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString nameOf(ComparedMethod method) {
  const std::string_view name = toString(method);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

}  // namespace

std::vector<MethodPlot::Point> methodPoints(const MethodComparison& comparison) {
  std::vector<MethodPlot::Point> points;
  for (std::size_t column = 0; column < comparison.columns.size(); ++column) {
    if (comparison.columns[column].method == comparison.reference) continue;
    for (std::size_t layer = 0; layer < comparison.layers.size(); ++layer) {
      const auto reference = referenceOf(comparison, layer);
      const auto& cycles = comparison.columns[column].figures[layer].cycles;
      if (!reference || !cycles || *reference <= 0 || *cycles <= 0) continue;
      points.push_back({column, layer, *reference, *cycles});
    }
  }
  return points;
}

MethodPlot::MethodPlot(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot) {
  plot_->setMinimumSize(200, 140);
  plot_->setAccessibleName(tr("Cycles of each method against the reference"));
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
  connect(&theme_, &Theme::changed, this, &MethodPlot::draw);
  draw();
}

void MethodPlot::setComparison(std::shared_ptr<const MethodComparison> comparison, bool outOfDate) {
  comparison_ = std::move(comparison);
  outOfDate_ = outOfDate;
  points_ = comparison_ ? methodPoints(*comparison_) : std::vector<Point>();
  draw();
}

void MethodPlot::setCurrentLayer(const QString& name) {
  if (name == layer_) return;
  layer_ = name;
  draw();
}

void MethodPlot::drawLine(double least, double most) {
  QCPGraph* line = plot_->addGraph();
  line->setPen(QPen(theme_.colour(&Palette::mutedText), 1, Qt::DashLine));
  line->setData({least, most}, {least, most}, true);
  line->removeFromLegend();
}

void MethodPlot::draw() {
  plot_->clearPlottables();
  theme_.apply(*plot_);
  double least = 1, most = 10;
  if (!points_.empty()) least = most = points_.front().reference;
  for (const Point& point : points_) {
    least = std::min({least, point.reference, point.cycles});
    most = std::max({most, point.reference, point.cycles});
  }
  least /= 1.6;
  most *= 1.6;
  drawLine(least, most);
  QCPGraph* graph = nullptr;
  std::size_t column = 0;
  for (const Point& point : points_) {  // those of a column stand together
    if (!graph || point.column != column) {
      column = point.column;
      graph = plot_->addGraph();
      graph->setLineStyle(QCPGraph::lsNone);
      graph->setName(nameOf(comparison_->columns[column].method));
      graph->setScatterStyle(markerOf(theme_, column, outOfDate_));
    }
    graph->addData(point.reference, point.cycles);
  }
  QCPGraph* current = plot_->addGraph();
  current->setLineStyle(QCPGraph::lsNone);
  current->setScatterStyle(ringOf(theme_));
  current->removeFromLegend();
  for (const Point& point : points_) {
    if (QString::fromStdString(comparison_->layers[point.layer].name) == layer_) {
      current->addData(point.reference, point.cycles);
    }
  }
  plot_->legend->setVisible(!points_.empty());
  const bool measured = comparison_ && comparison_->reference == ComparedMethod::Measured;
  plot_->xAxis->setLabel(measured ? tr("measured cycles") : tr("cycles by auto, where exact"));
  plot_->yAxis->setLabel(tr("cycles by the method"));
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) axis->setRange(least, most);
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

const MethodPlot::Point* MethodPlot::pointAt(const QPoint& position) const {
  const Point* nearest = nullptr;
  double closest = 12;  // pixels
  for (const Point& point : points_) {
    const double distance = std::hypot(plot_->xAxis->coordToPixel(point.reference) - position.x(),
                                       plot_->yAxis->coordToPixel(point.cycles) - position.y());
    if (distance < closest) nearest = &point, closest = distance;
  }
  return nearest;
}

bool MethodPlot::eventFilter(QObject* watched, QEvent* event) {
  const bool moves = event->type() == QEvent::MouseMove, presses = event->type() == QEvent::MouseButtonPress;
  if (watched == plot_ && (moves || presses)) {
    const QPoint position = static_cast<QMouseEvent*>(event)->pos();
    const Point* point = pointAt(position);
    if (!point) {
      if (moves) QToolTip::hideText();
    } else if (moves) {
      const MethodColumn& column = comparison_->columns[point->column];
      const auto& error = column.figures[point->layer].error;
      QToolTip::showText(
          plot_->mapToGlobal(position),
          tr("%1: %2 %3 (%4)")
              .arg(shortened(comparison_->layers[point->layer].name, 100), nameOf(column.method),
                   QString::fromStdString(methodCyclesInWords(point->cycles)),
                   error ? QString::fromStdString(errorInWords(*error)) : QString()),
          plot_);
    } else {
      Q_EMIT layerSelected(QString::fromStdString(comparison_->layers[point->layer].name));
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace taktwerk
