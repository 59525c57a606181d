// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/method_plot.h"

#include <QVBoxLayout>

#include "core/analysis/method_regression.h"
#include "core/report/method_report.h"
#include "widgets/theme/agreement_plot.h"
#include "widgets/theme/bounded_text.h"

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
    : QWidget(parent), plot_(new AgreementPlot(theme, tr("Cycles of each method against the reference"))) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_);
  plot_->setTip([this](std::size_t point) { return tipOf(points_[point]); });
  connect(plot_, &AgreementPlot::pressed, this, [this](std::size_t point) {
    Q_EMIT layerSelected(QString::fromStdString(comparison_->layers[points_[point].layer].name));
  });
  setComparison(nullptr, false);
}

void MethodPlot::setComparison(std::shared_ptr<const MethodComparison> comparison, bool outOfDate) {
  comparison_ = std::move(comparison);
  points_ = comparison_ ? methodPoints(*comparison_) : std::vector<Point>();
  std::vector<AgreementPlot::Point> points;
  points.reserve(points_.size());
  for (const Point& point : points_) points.push_back({point.reference, point.cycles, point.column});
  QStringList names;
  if (comparison_) {
    for (const MethodColumn& column : comparison_->columns) names << nameOf(column.method);
  }
  const bool measured = comparison_ && comparison_->reference == ComparedMethod::Measured;
  plot_->setLabels(measured ? tr("measured cycles") : tr("cycles by auto, where exact"),
                   tr("cycles by the method"));
  plot_->setPoints(std::move(points), names, outOfDate);
  markCurrent();
}

void MethodPlot::setCurrentLayer(const QString& name) {
  if (name == layer_) return;
  layer_ = name;
  markCurrent();
}

void MethodPlot::markCurrent() {
  std::vector<std::size_t> marked;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (QString::fromStdString(comparison_->layers[points_[i].layer].name) == layer_) marked.push_back(i);
  }
  plot_->setMarked(std::move(marked));
}

QString MethodPlot::tipOf(const Point& point) const {
  const MethodColumn& column = comparison_->columns[point.column];
  const auto& error = column.figures[point.layer].error;
  return tr("%1: %2 %3 (%4)")
      .arg(shortened(comparison_->layers[point.layer].name, 100), nameOf(column.method),
           QString::fromStdString(methodCyclesInWords(point.cycles)),
           error ? QString::fromStdString(errorInWords(*error)) : QString());
}

}  // namespace taktwerk
