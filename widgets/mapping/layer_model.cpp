// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/layer_model.h"

#include <QBrush>
#include <algorithm>
#include <map>

#include "core/report/estimate_text.h"
#include "core/report/trust_text.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString standingInWords(const LayerEstimate& layer, const Trust& trust) {
  if (trust.standing == taktwerk::Standing::Repeats) return LayerModel::tr("repeats");  // a column is narrow
  QString label = QString::fromStdString(trust.label);
  if (isExact(trust.standing) || (layer.lower <= 0 && layer.upper <= 0)) return label;
  return QStringLiteral("%1 %2 … %3").arg(label, grouped(layer.lower), grouped(layer.upper));
}

LayerRow timed(const LayerEstimate& layer, Cycles total, bool outOfDate) {
  LayerRow row;
  row.name = QString::fromStdString(layer.name);
  row.operatorName = QString::fromStdString(layer.operatorName);
  row.mapping = QString::fromStdString(layer.mapping);
  row.adapted = QString::fromStdString(adaptedInWords(layer.adapted));
  row.state = LayerRow::State::Timed;
  row.macs = layer.macs;
  row.instructions = layer.instructions;
  row.cycles = layer.cycles;
  row.share = total > 0 ? static_cast<double>(layer.cycles) / static_cast<double>(total) : 0;
  row.utilisation = layer.utilisation;
  const Trust trust = trustIn(layer, outOfDate);
  row.standing = standingInWords(layer, outOfDate ? trustIn(layer) : trust);
  row.standingName = QString::fromStdString(trust.label);
  row.trust = QString::fromStdString(trust.explanation);
  return row;
}

std::vector<LayerRow> plainRows(const Network* network, const NetworkEstimate* estimate, bool outOfDate) {
  std::vector<LayerRow> rows;
  std::map<std::string, LayerRow> known;
  if (estimate) {
    for (const LayerEstimate& layer : estimate->layers) {
      LayerRow row = timed(layer, estimate->cycles, outOfDate);
      if (!network) rows.push_back(row);
      known.emplace(layer.name, std::move(row));
      for (const std::string& name : layer.fused) {
        LayerRow fused;
        fused.state = LayerRow::State::Fused;
        fused.mapping = LayerModel::tr("fused into %1").arg(QString::fromStdString(layer.name));
        known.emplace(name, std::move(fused));
      }
    }
    for (const UnmappedLayer& layer : estimate->unmapped) {
      LayerRow row;
      row.name = QString::fromStdString(layer.name);
      row.operatorName = QString::fromStdString(layer.operatorName);
      row.state = LayerRow::State::Unmapped;
      row.mapping = QString::fromStdString(layer.reason);
      if (!network) rows.push_back(row);
      known.emplace(layer.name, std::move(row));
    }
  }
  if (!network) return rows;
  for (const Layer& layer : network->layers) {
    LayerRow row;
    if (const auto found = known.find(layer.name); found != known.end()) row = found->second;
    row.name = QString::fromStdString(layer.name);
    row.operatorName = QString::fromStdString(layer.operatorName);
    row.macs = layer.macs;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::vector<LayerRow> layerRows(const Network* network, const NetworkEstimate* estimate, bool outOfDate,
                                const StoredResult* reference) {
  std::vector<LayerRow> rows = plainRows(network, estimate, outOfDate);
  std::map<QString, std::optional<Cycles>> before;
  if (reference) {
    for (const StoredLayer& layer : reference->layers) {
      before.emplace(QString::fromStdString(layer.name), layer.cycles);
    }
  }
  for (LayerRow& row : rows) {
    if (const auto found = before.find(row.name); found != before.end()) row.reference = found->second;
    row.outOfDate = outOfDate && row.state != LayerRow::State::Waiting;
    if (row.outOfDate) row.standing = LayerModel::tr("out of date");
  }
  return rows;
}

LayerModel::LayerModel(const Theme& theme, QObject* parent)
    : ColumnTable({tr("Layer"), tr("Operator"), tr("Mapping"), tr("MACs"), tr("Instructions"), tr("Cycles"),
                   tr("Change"), tr("Share"), tr("Utilisation"), tr("Standing")},
                  Macs, Utilisation, parent),
      theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void LayerModel::setRows(std::vector<LayerRow> rows) {
  const bool same = std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(),
                               [](const LayerRow& a, const LayerRow& b) { return a.name == b.name; });
  if (same) {  // other figures of the same layers: what is selected stays
    rows_ = std::move(rows);
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    return;
  }
  beginResetModel();
  rows_ = std::move(rows);
  endResetModel();
}

int LayerModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant LayerModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Horizontal && section == Change && role == Qt::ToolTipRole) {
    return tr("Cycles against: %1").arg(referenceTitle_);
  }
  return ColumnTable::headerData(section, orientation, role);
}

QVariant LayerModel::text(const LayerRow& row, int column) const {
  const bool isTimed = row.state == LayerRow::State::Timed;
  switch (column) {
    case Name:
      return row.name;
    case Operator:
      return row.operatorName;
    case MappingName:
      if (row.state == LayerRow::State::Unmapped) return tr("not mapped: %1").arg(row.mapping);
      return row.adapted.isEmpty() ? row.mapping : tr("%1 (adapted)").arg(row.mapping);
    case Macs:
      return row.macs > 0 ? grouped(row.macs) : QString();
    case Instructions:
      return isTimed ? grouped(row.instructions) : QString();
    case CycleCount:
      return isTimed || row.state == LayerRow::State::Fused ? grouped(row.cycles) : QString();
    case Change:
      if (!isTimed) return QString();
      if (!row.reference) return tr("none before");
      return row.cycles == *row.reference ? QStringLiteral("0") : differenceText(row.cycles, *row.reference);
    case Share:
      return isTimed ? QStringLiteral("%1 %").arg(row.share * 100, 0, 'f', 1) : QString();
    case Utilisation:
      return isTimed && row.utilisation > 0 ? QStringLiteral("%1 %").arg(row.utilisation * 100, 0, 'f', 1)
                                            : QString();
    case Standing:
      return row.standing;
    default:
      return {};
  }
}

QVariant LayerModel::sortKey(const LayerRow& row, int column, int number) const {
  switch (column) {
    case Name:
      return number;  // the network's order
    case Macs:
      return static_cast<qlonglong>(row.macs);
    case Instructions:
      return static_cast<qlonglong>(row.instructions);
    case Change:
      return row.reference ? static_cast<qlonglong>(row.cycles - *row.reference) : qlonglong{0};
    case CycleCount:
    case Share:
      return static_cast<qlonglong>(row.cycles);
    case Utilisation:
      return row.utilisation;
    default:
      return text(row, column);
  }
}

QVariant LayerModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const LayerRow& row = rows_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      return text(row, index.column());
    case SortRole:
      return sortKey(row, index.column(), index.row());
    case TrustRole:
      return row.trust;
    case StandingRole:
      return row.standingName;
    case ShareRole:
      return row.state == LayerRow::State::Timed ? row.share : -1.0;
    case Qt::ToolTipRole:
      if (index.column() == Standing && !row.trust.isEmpty()) {
        return tr("%1: click for the reasons").arg(row.standingName);
      }
      if (index.column() == MappingName && !row.adapted.isEmpty()) {
        return tr("%1. The defaults of its tunables do not fit: %2 instead").arg(row.mapping, row.adapted);
      }
      return text(row, index.column());
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      if (row.outOfDate) return QBrush(theme_.colour(&Palette::mutedText));
      if (row.state == LayerRow::State::Unmapped) return QBrush(theme_.colour(&Palette::warning));
      if (index.column() == Change && row.reference && row.cycles != *row.reference) {
        return QBrush(changeColour(theme_, row.cycles < *row.reference));
      }
      if (row.state == LayerRow::State::Fused || index.column() == Operator) {
        return QBrush(theme_.colour(&Palette::mutedText));
      }
      return {};
    default:
      return {};
  }
}

}  // namespace taktwerk
