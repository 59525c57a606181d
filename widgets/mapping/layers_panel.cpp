// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/layers_panel.h"

#include <QApplication>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/estimate/reference.h"
#include "widgets/estimate/trust_tag.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/session/session.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// A bar under the percentage.
class ShareDelegate : public QStyledItemDelegate {
 public:
  ShareDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const double share = index.data(LayerModel::ShareRole).toDouble();
    if (share > 0) {
      QRectF bar = QRectF(option.rect).adjusted(4, 4, -4, -4);
      bar.setWidth(std::max(2.0, bar.width() * share));
      painter->fillRect(bar, toQColor(mix(theme_.colours().accent, theme_.colours().canvas, 0.28)));
    }
    QStyledItemDelegate::paint(painter, option, index);
  }

 private:
  const Theme& theme_;
};

}  // namespace

LayersPanel::LayersPanel(const Theme& theme, const Session& session, EstimateController& estimates,
                         QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      session_(session),
      estimates_(estimates),
      model_(new LayerModel(theme, this)),
      sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView) {
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(LayerModel::SortRole);
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(LayerModel::Name, Qt::AscendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setAccessibleName(tr("Layers"));
  table_->setItemDelegateForColumn(LayerModel::Share, new ShareDelegate(theme, table_));
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(23);
  table_->horizontalHeader()->setHighlightSections(false);
  // The name of the mapping gives way first, so that no figure is cut off.
  table_->horizontalHeader()->setMinimumSectionSize(60);
  table_->horizontalHeader()->setSectionResizeMode(LayerModel::MappingName, QHeaderView::Stretch);
  table_->horizontalHeader()->moveSection(LayerModel::Standing, LayerModel::CycleCount + 1);  // by its figure
  table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  const std::pair<int, int> widths[] = {
      {LayerModel::Name, 130},        {LayerModel::Operator, 84},    {LayerModel::Macs, 92},
      {LayerModel::Instructions, 92}, {LayerModel::CycleCount, 100}, {LayerModel::Change, 110},
      {LayerModel::Share, 74},        {LayerModel::Utilisation, 74}, {LayerModel::Standing, 72}};
  for (const auto& [column, width] : widths) table_->setColumnWidth(column, width);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_);
  setFocusProxy(table_);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (current.isValid() && !following_) {
              Q_EMIT layerSelected(sorted_->index(current.row(), LayerModel::Name).data().toString());
            }
          });
  connect(table_, &QTableView::clicked, this, &LayersPanel::explain);
  connect(table_, &QTableView::activated, this, &LayersPanel::explain);
  connect(&estimates_, &EstimateController::outcomeChanged, this, &LayersPanel::refresh);
  connect(&estimates_, &EstimateController::stateChanged, this, [this] {
    if (estimates_.outOfDate() != outOfDate_) refresh();
  });
  connect(&estimates_, &EstimateController::networkChanged, this, &LayersPanel::refresh);
  connect(&session_, &Session::baselineChanged, this, &LayersPanel::refresh);
  refresh();
}

QString LayersPanel::whyEmpty() const {
  if (model_->rowCount() > 0) return {};
  return estimates_.input().tracePath.isEmpty() ? tr("No layers yet. Choose a network above.")
                                                : tr("No figures yet. Press F5 to estimate the trace.");
}

QString LayersPanel::layerAt(const QModelIndex& index) const {
  return sorted_->index(index.row(), LayerModel::Name).data().toString();
}

void LayersPanel::setCurrentLayer(const QString& name) {
  following_ = true;
  for (int row = 0; row < sorted_->rowCount(); ++row) {
    const QModelIndex index = sorted_->index(row, LayerModel::Name);
    if (index.data().toString() != name) continue;
    table_->selectRow(row);
    table_->scrollTo(index);
  }
  following_ = false;
}

void LayersPanel::explain(const QModelIndex& index) {
  const QString sentences = index.data(LayerModel::TrustRole).toString();
  if (index.column() != LayerModel::Standing || sentences.isEmpty() || QApplication::activePopupWidget())
    return;
  const QRect cell = table_->visualRect(index);
  const QString layer = sorted_->index(index.row(), LayerModel::Name).data().toString();
  auto* popup = new TrustPopup(
      theme_, tr("%1: %2").arg(layer, index.data(LayerModel::StandingRole).toString()), sentences, this);
  popup->openBelow({table_->viewport()->mapToGlobal(cell.topLeft()), cell.size()});
}

void LayersPanel::refresh() {
  const Network* network = estimates_.network().get();
  const NetworkEstimate* estimate = estimates_.outcome().estimate.get();
  if (estimate && estimates_.outcome().network) network = estimates_.outcome().network.get();
  outOfDate_ = estimates_.outOfDate();
  const QModelIndex current = table_->currentIndex();
  const QString selected =
      current.isValid() ? sorted_->index(current.row(), LayerModel::Name).data().toString() : QString();
  const Reference reference = estimate ? referenceOf(session_, estimates_) : Reference();
  model_->setReferenceTitle(reference.title);
  model_->setRows(layerRows(network, estimate, outOfDate_, reference.result.get()));
  table_->setColumnHidden(LayerModel::Change, !reference.result);
  if (!selected.isEmpty()) setCurrentLayer(selected);
  const std::vector<LayerRow>& rows = model_->rows();
  table_->setColumnHidden(
      LayerModel::Standing,
      std::all_of(rows.begin(), rows.end(), [](const LayerRow& row) { return row.standing.isEmpty(); }));
  table_->setColumnHidden(
      LayerModel::Utilisation,
      std::all_of(rows.begin(), rows.end(), [](const LayerRow& row) { return row.utilisation <= 0; }));
  for (const int column : {LayerModel::Name, LayerModel::Operator, LayerModel::Macs, LayerModel::Instructions,
                           LayerModel::CycleCount, LayerModel::Change, LayerModel::Standing}) {
    table_->resizeColumnToContents(column);
    table_->setColumnWidth(column, std::clamp(table_->columnWidth(column), 70, 150));
  }
  for (int column = 0; column < LayerModel::ColumnCount; ++column) {
    if (column == LayerModel::MappingName) continue;
    const int title = table_->horizontalHeader()->sectionSizeHint(column);
    table_->setColumnWidth(column, std::max(table_->columnWidth(column), title));
  }
  Q_EMIT filled();
}

}  // namespace taktwerk
