// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/roofline/roofline_page.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/roofline/point_model.h"
#include "widgets/roofline/roofline_chart.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/plot_markers.h"
#include "widgets/theme/table_look.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QIcon markerIcon(const Theme& theme, std::size_t series) {
  QPixmap pixmap(16, 16);
  pixmap.fill(Qt::transparent);
  QCPPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const QCPScatterStyle marker = markerOf(theme, series, false, 9);
  marker.applyTo(&painter, marker.pen());
  marker.drawShape(&painter, 8, 8);
  return pixmap;
}

}  // namespace

RooflinePage::RooflinePage(const Theme& theme, EstimateController& estimates, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      estimates_(estimates),
      chart_(new RooflineChart(theme)),
      points_(new PointModel(this)),
      sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView),
      legendRow_(new QHBoxLayout),
      filter_(new QLabel) {
  sorted_->setSourceModel(points_);
  sorted_->setSortRole(PointModel::SortRole);
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(PointModel::OfRoof, Qt::DescendingOrder);
  setTableLook(*table_, tr("Points of the roofline plot"));
  table_->horizontalHeader()->setSectionResizeMode(PointModel::Layer, QHeaderView::Stretch);
  const std::pair<int, int> widths[] = {{PointModel::Memory, 90},
                                        {PointModel::Intensity, 88},
                                        {PointModel::MacsPerCycle, 92},
                                        {PointModel::Roof, 64},
                                        {PointModel::OfRoof, 82}};
  for (const auto& [column, width] : widths) table_->setColumnWidth(column, width);

  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 8, 12, 6);
  legendRow_->setSpacing(18);
  head->addLayout(legendRow_);
  head->addStretch(1);
  head->addWidget(filter_);
  auto* splitter = new QSplitter(Qt::Horizontal);
  splitter->addWidget(chart_);
  splitter->addWidget(table_);
  splitter->setStretchFactor(0, 3);
  splitter->setStretchFactor(1, 2);
  splitter->setChildrenCollapsible(false);
  auto* page = new QVBoxLayout(this);
  page->setContentsMargins(0, 0, 0, 0);
  page->setSpacing(0);
  page->addLayout(head);
  page->addWidget(splitter, 1);
  setFocusProxy(table_);
  connect(chart_, &RooflineChart::layerSelected, this, [this](const QString& layer) {
    setCurrentLayer(layer);
    Q_EMIT layerSelected(layer);
  });
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (!current.isValid() || following_) return;
            layer_ = sorted_->index(current.row(), PointModel::Layer).data().toString();
            chart_->setCurrentLayer(layer_);
            Q_EMIT layerSelected(layer_);
          });
  connect(&estimates_, &EstimateController::outcomeChanged, this, &RooflinePage::refresh);
  connect(&estimates_, &EstimateController::stateChanged, this, &RooflinePage::markOutOfDate);
  connect(&theme_, &Theme::changed, this, [this] {
    for (std::size_t i = 0; i < legend_.size(); ++i) legend_[i]->setIcon(markerIcon(theme_, i));
  });
  refresh();
}

void RooflinePage::refresh() {
  const auto& estimate = estimates_.outcome().estimate;
  std::vector<QString> before;
  for (const QCheckBox* box : legend_) {
    if (box->isChecked()) before.push_back(box->text());
  }
  plot_ = estimate ? rooflinePlotOf(*estimate) : RooflinePlot();
  for (QCheckBox* box : legend_) box->deleteLater();
  legend_.clear();
  constexpr std::size_t most = 12;  // of memories, as the row has no end
  for (std::size_t i = 0; i < std::min(plot_.levels.size(), most); ++i) {
    const RooflineLevel& level = plot_.levels[i];
    auto* box = new QCheckBox(shortened(level.name, 24));
    box->setIcon(markerIcon(theme_, i));
    box->setToolTip(level.wordsPerCycle
                        ? tr("%1: at most %2 words a cycle")
                              .arg(shortened(level.name))
                              .arg(*level.wordsPerCycle, 0, 'g', 4)
                        : tr("%1 has no roof: its requests take no time").arg(shortened(level.name)));
    const bool known = std::find(before.begin(), before.end(), box->text()) != before.end();
    box->setChecked(before.empty() ? i == 0 : known);
    connect(box, &QCheckBox::toggled, this, &RooflinePage::refreshShown);
    legendRow_->addWidget(box);
    legend_.push_back(box);
  }
  outOfDate_ = estimates_.outOfDate();
  chart_->setPlot(plot_, outOfDate_);
  refreshShown();
  Q_EMIT filled();
}

void RooflinePage::refreshShown() {
  std::set<std::size_t> shown;
  std::size_t all = 0, through = 0;
  for (std::size_t i = 0; i < plot_.levels.size(); ++i) {
    all += plot_.levels[i].points.size();
    if (i >= legend_.size() || !legend_[i]->isChecked()) continue;
    shown.insert(i);
    through += plot_.levels[i].points.size();
  }
  following_ = true;
  points_->setPlot(plot_, shown);
  following_ = false;
  table_->setColumnHidden(PointModel::Memory, shown.size() < 2);
  chart_->setShown(shown);
  QString text = tr("%1 of %2 points").arg(through).arg(all);
  if (!plot_.without.empty()) {
    text += plot_.without.size() == 1
                ? tr(", 1 layer without multiply-accumulates")
                : tr(", %1 layers without multiply-accumulates").arg(plot_.without.size());
  }
  if (outOfDate_) text = tr("Out of date: %1").arg(text);
  filter_->setText(text);
  setCurrentLayer(layer_);
}

void RooflinePage::markOutOfDate() {
  if (outOfDate_ == estimates_.outOfDate()) return;
  outOfDate_ = estimates_.outOfDate();
  chart_->setPlot(plot_, outOfDate_);
  refreshShown();
}

QString RooflinePage::filterText() const {
  return filter_->text();
}

void RooflinePage::setCurrentLayer(const QString& name) {
  layer_ = name;
  chart_->setCurrentLayer(name);
  following_ = true;
  QModelIndex found;
  for (int row = 0; row < sorted_->rowCount() && !found.isValid(); ++row) {
    const QModelIndex index = sorted_->index(row, PointModel::Layer);
    if (index.data().toString() == name) found = index;
  }
  table_->setCurrentIndex(found);
  if (found.isValid()) table_->scrollTo(found);
  following_ = false;
}

QString RooflinePage::whyEmpty() const {
  if (!plot_.levels.empty()) return {};
  const auto& estimate = estimates_.outcome().estimate;
  if (estimate && estimate->layers.empty()) {
    return tr("No points: no layer could be timed. The Layers table has the reasons.");
  }
  return tr("No points: a roofline needs layers with multiply-accumulates that move words through a memory.");
}

}  // namespace taktwerk
