// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/difference_model.h"

#include <QBrush>
#include <limits>

#include "core/report/difference_report.h"
#include "widgets/compare/sides_model.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// Cycles of a side, or in a word why it has none.
QString cyclesText(const std::optional<LayerSide>& side, const std::optional<Cycles>& cycles) {
  if (cycles) return grouped(*cycles);
  if (!side) return DifferenceModel::tr("no such layer");
  switch (side->standing) {
    case LayerStanding::Timed:
      return DifferenceModel::tr("missing");
    case LayerStanding::Fused:
      return DifferenceModel::tr("fused into %1").arg(shortened(side->fusedWith, 60));
    case LayerStanding::Unmapped:
      break;
  }
  return DifferenceModel::tr("not mapped");
}

}  // namespace

DifferenceModel::DifferenceModel(const Theme& theme, QObject* parent)
    : ColumnTable(
          {tr("Layer"), tr("Before"), tr("Now"), tr("Change"), tr("Per cent"), tr("What else differs")},
          Before, Percent, parent),
      theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!layers_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void DifferenceModel::setLayers(std::vector<LayerChange> layers) {
  beginResetModel();
  layers_ = std::move(layers);
  endResetModel();
}

int DifferenceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(layers_.size());
}

QString DifferenceModel::text(const LayerChange& layer, int column) const {
  switch (column) {
    case Name:
      return shortened(layer.layer, 200);
    case Before:
      return cyclesText(layer.before, layer.cycles.before);
    case Now:
      return cyclesText(layer.now, layer.cycles.now);
    case Change:
      return changeText(layer.cycles.before, layer.cycles.now);
    case Percent:
      return percentText(layer.cycles.before, layer.cycles.now);
    case What:
      return shortened(changesInWords(layer));
    default:
      return {};
  }
}

QVariant DifferenceModel::sortKey(const LayerChange& layer, int column, int row) const {
  const auto number = [](const std::optional<Cycles>& cycles) {
    return cycles ? QVariant(static_cast<qlonglong>(*cycles))
                  : QVariant(std::numeric_limits<qlonglong>::min());
  };
  switch (column) {
    case Name:
      return row;  // the network's order
    case Before:
      return number(layer.cycles.before);
    case Now:
      return number(layer.cycles.now);
    case Change:
      return number(layer.cycles.absolute());
    case Percent:
      return layer.cycles.relative().value_or(-std::numeric_limits<double>::infinity());
    default:
      return text(layer, column);
  }
}

QVariant DifferenceModel::colour(const LayerChange& layer, int column) const {
  const bool none = (column == Before && !layer.cycles.before) || (column == Now && !layer.cycles.now);
  if (none || column == What) return QBrush(theme_.colour(&Palette::mutedText));
  const auto change = layer.cycles.absolute();
  if ((column != Change && column != Percent) || !change || *change == 0) return {};
  return QBrush(changeColour(theme_, *change < 0));
}

QVariant DifferenceModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const LayerChange& layer = layers_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      return text(layer, index.column());
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      return colour(layer, index.column());
    case SortRole:
      return sortKey(layer, index.column(), index.row());
    case DiffersRole:
      return layer.differs();
    default:
      return {};
  }
}

void DifferenceFilter::setOnlyDifferences(bool only) {
  only_ = only;
  invalidateFilter();
}

bool DifferenceFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  return !only_ || sourceModel()->index(row, 0, parent).data(DifferenceModel::DiffersRole).toBool();
}

}  // namespace taktwerk
