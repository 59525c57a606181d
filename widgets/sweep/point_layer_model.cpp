// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_layer_model.h"

#include <algorithm>
#include <utility>

#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

namespace {

/// "conv0 + relu0", of a chain all of it.
QString nameOf(const SweepLayer& layer) {
  QStringList names{QString::fromStdString(layer.name)};
  for (const std::string& fused : layer.fused) names << QString::fromStdString(fused);
  return names.join(QStringLiteral(" + "));
}

/// "tile = 4, unroll = 2 (adapted)".
QString tunablesOf(const SweepLayer& layer) {
  QStringList parts;
  for (const auto& [name, value] : layer.tunables) {
    const bool adapted = std::find(layer.adapted.begin(), layer.adapted.end(), name) != layer.adapted.end();
    parts << QStringLiteral("%1 = %2").arg(QString::fromStdString(name)).arg(value) +
                 (adapted ? PointLayerModel::tr(" (adapted)") : QString());
  }
  return parts.join(QStringLiteral(", "));
}

}  // namespace

PointLayerModel::PointLayerModel(QObject* parent)
    : ColumnTable(
          {tr("Layer"), tr("Operator"), tr("Mapping"), tr("Cycles"), tr("Share"), tr("How"), tr("Tunables")},
          Cycles, Share, parent) {}

void PointLayerModel::setLayers(std::vector<SweepLayer> layers) {
  beginResetModel();
  layers_ = std::move(layers);
  all_ = 0;
  for (const SweepLayer& layer : layers_) all_ += layer.cycles;
  endResetModel();
}

int PointLayerModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(layers_.size());
}

QString PointLayerModel::text(const SweepLayer& layer, int column) const {
  const bool timed = layer.reason.empty();
  switch (column) {
    case Layer:
      return nameOf(layer);
    case Operator:
      return QString::fromStdString(layer.operatorName);
    case Mapping:
      return QString::fromStdString(layer.mapping);
    case Cycles:
      return timed ? grouped(layer.cycles) : QString();
    case Share:
      return timed && all_ > 0
                 ? tr("%1 %").arg(100 * static_cast<double>(layer.cycles) / static_cast<double>(all_), 0, 'f',
                                  1)
                 : QString();
    case How:
      if (!timed) return QString::fromStdString(layer.reason);
      if (layer.guessed) return tr("size guessed");
      return layer.exact ? tr("exact") : tr("estimated");
    case Tunables:
      return tunablesOf(layer);
    default:
      return {};
  }
}

QVariant PointLayerModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  if (role == Qt::TextAlignmentRole) return alignmentOf(index.column());
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) return {};
  return text(layers_[static_cast<std::size_t>(index.row())], index.column());
}

}  // namespace taktwerk
