// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/roofline/roofline_chart.h"

#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include <qcustomplot.h>

#include "widgets/theme/bounded_text.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/plot_markers.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

RooflineChart::RooflineChart(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot) {
  plot_->setMinimumSize(240, 160);
  plot_->setAccessibleName(tr("Roofline plot; the table beside it has its points"));
  plot_->installEventFilter(this);
  plot_->setMouseTracking(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_);
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setScaleType(QCPAxis::stLogarithmic);
    axis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    axis->setNumberFormat(QStringLiteral("gb"));
    axis->setNumberPrecision(4);
  }
  connect(&theme_, &Theme::changed, this, &RooflineChart::draw);
  draw();
}

void RooflineChart::setPlot(RooflinePlot plot, bool outOfDate) {
  data_ = std::move(plot);
  outOfDate_ = outOfDate;
  draw();
}

void RooflineChart::setShown(std::set<std::size_t> levels) {
  shown_ = std::move(levels);
  draw();
}

void RooflineChart::setCurrentLayer(const QString& layer) {
  if (layer == layer_) return;
  layer_ = layer;
  draw();
}

std::vector<std::pair<std::size_t, std::size_t>> RooflineChart::drawn() const {
  std::vector<std::pair<std::size_t, std::size_t>> points;
  for (const std::size_t level : shown_) {
    if (level >= data_.levels.size()) continue;
    for (std::size_t p = 0; p < data_.levels[level].points.size(); ++p) points.emplace_back(level, p);
  }
  return points;
}

QPointF RooflineChart::placeOf(std::size_t level, std::size_t point) const {
  const RooflinePoint& at = data_.levels[level].points[point];
  return {plot_->xAxis->coordToPixel(at.intensity), plot_->yAxis->coordToPixel(at.macsPerCycle)};
}

void RooflineChart::drawRoofs(double least, double most) {
  const auto line = [&](const QVector<double>& x, const QVector<double>& y, const QPen& pen) {
    QCPGraph* graph = plot_->addGraph();
    graph->setPen(pen);
    graph->setData(x, y, true);
  };
  for (const std::size_t level : shown_) {
    if (level >= data_.levels.size() || !data_.levels[level].wordsPerCycle) continue;
    const double words = *data_.levels[level].wordsPerCycle;
    // Up to where the units limit.
    const double ridge = data_.peak > 0 ? std::min(most, data_.peak / words) : most;
    if (ridge <= least) continue;
    QColor colour = seriesColour(level);
    if (outOfDate_) colour.setAlphaF(0.35F);
    line({least, ridge}, {least * words, ridge * words}, QPen(colour, 2));
  }
  if (data_.peak > 0) {
    line({least, most}, {data_.peak, data_.peak}, QPen(theme_.colour(&Palette::text), 1.5, Qt::DashLine));
  }
}

void RooflineChart::draw() {
  plot_->clearPlottables();
  plot_->clearItems();
  theme_.apply(*plot_);
  double left = std::numeric_limits<double>::max(), right = 0, low = left, high = data_.peak;
  for (const auto& [level, place] : drawn()) {
    const RooflinePoint& point = data_.levels[level].points[place];
    left = std::min(left, point.intensity);
    right = std::max(right, point.intensity);
    low = std::min(low, point.macsPerCycle);
    high = std::max({high, point.macsPerCycle, std::min(point.bound, 100 * point.macsPerCycle)});
  }
  if (right <= 0 || low <= 0 || high <= 0) {
    left = low = 0.1, right = high = 10;
  }
  plot_->xAxis->setRange(left / 2, right * 2);
  plot_->yAxis->setRange(low / 2, high * 2);
  plot_->xAxis->setLabel(tr("multiply-accumulates for each word moved"));
  plot_->yAxis->setLabel(tr("multiply-accumulates a cycle"));
  drawRoofs(left / 2, right * 2);
  QCPGraph* current = nullptr;
  for (const std::size_t level : shown_) {
    if (level >= data_.levels.size()) continue;
    QCPGraph* graph = plot_->addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle(markerOf(theme_, level, outOfDate_));
    for (const RooflinePoint& point : data_.levels[level].points) {
      graph->addData(point.intensity, point.macsPerCycle);
      if (QString::fromStdString(point.layer) != layer_) continue;
      current = plot_->addGraph();
      current->setLineStyle(QCPGraph::lsNone);
      current->setScatterStyle(ringOf(theme_));
      current->addData(point.intensity, point.macsPerCycle);
    }
  }
  if (data_.peak > 0 && !drawn().empty()) {
    auto* label = new QCPItemText(plot_);
    label->setText(data_.peakOfLayers
                       ? tr("most that the units allow in any layer: %1").arg(data_.peak, 0, 'g', 4)
                       : tr("peak of the units: %1").arg(data_.peak, 0, 'g', 4));
    label->setColor(theme_.colour(&Palette::mutedText));
    label->setFont(theme_.font(8));
    label->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    label->position->setCoords(right * 1.9, data_.peak * 1.03);
  }
  plot_->legend->setVisible(false);  // the boxes above are the legend
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

std::optional<std::pair<std::size_t, std::size_t>> RooflineChart::pointAt(const QPointF& position) const {
  std::optional<std::pair<std::size_t, std::size_t>> nearest;
  double closest = 12;  // pixels
  for (const auto& [level, place] : drawn()) {
    const QPointF away = placeOf(level, place) - position;
    const double distance = std::hypot(away.x(), away.y());
    if (distance > closest) continue;
    closest = distance;
    nearest = {level, place};
  }
  return nearest;
}

bool RooflineChart::eventFilter(QObject* watched, QEvent* event) {
  if (watched != plot_) return QWidget::eventFilter(watched, event);
  if (event->type() == QEvent::MouseButtonPress) {
    if (const auto hit = pointAt(static_cast<QMouseEvent*>(event)->position())) {
      Q_EMIT layerSelected(QString::fromStdString(data_.levels[hit->first].points[hit->second].layer));
    }
  } else if (event->type() == QEvent::MouseMove) {
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const auto hit = pointAt(mouse->position());
    QString text;
    if (hit) {
      const RooflinePoint& point = data_.levels[hit->first].points[hit->second];
      text = tr("<b>%1</b> at %2<br>%3 MACs a word, %4 MACs a cycle")
                 .arg(shortened(point.layer).toHtmlEscaped(),
                      shortened(data_.levels[hit->first].name).toHtmlEscaped())
                 .arg(point.intensity, 0, 'g', 4)
                 .arg(point.macsPerCycle, 0, 'g', 4);
      if (point.bound > 0) {
        text += tr("<br>%1 % of the roof").arg(point.macsPerCycle / point.bound * 100, 0, 'f', 1);
      }
    }
    QToolTip::showText(mouse->globalPosition().toPoint(), text, plot_);
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace taktwerk
