// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/network/network_model.h"

#include <QBrush>
#include <algorithm>
#include <map>

#include "core/estimate/estimate.h"
#include "core/network/operators.h"
#include "core/network/resize.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

QString extentsText(const std::vector<std::int64_t>& shape) {
  QStringList extents;
  for (const std::int64_t extent : shape) extents << QString::number(extent);
  return extents.isEmpty() ? QStringLiteral("1") : extents.join(QStringLiteral(" × "));
}

std::int64_t weightsOf(const Network& network, const Layer& layer) {
  std::int64_t sum = 0;
  for (const TensorId id : layer.inputs) {
    if (network.tensor(id).role == TensorRole::Weight) sum += network.tensor(id).elements();
  }
  return sum;
}

std::int64_t activationsOf(const Network& network, const Layer& layer) {
  std::int64_t sum = layer.output.valid() ? network.tensor(layer.output).elements() : 0;
  for (const TensorId id : layer.inputs) {
    if (network.tensor(id).role != TensorRole::Weight) sum += network.tensor(id).elements();
  }
  return sum;
}

NetworkModel::NetworkModel(const Theme& theme, QObject* parent)
    : ColumnTable({tr("Layer"), tr("Operator"), tr("Dimensions"), tr("MACs"), tr("Weights"),
                   tr("Activations"), tr("Output"), tr("Mapping")},
                  Macs, Activations, parent),
      theme_(theme) {
  connect(&theme_, &Theme::changed, this, [this] {
    if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  });
}

void NetworkModel::setNetwork(std::shared_ptr<const Network> network) {
  // Other figures of the same layers leave what is selected.
  const auto sameName = [](const Layer& layer, const Row& row) {
    return QString::fromStdString(layer.name) == row.name;
  };
  const bool same = network && std::equal(network->layers.begin(), network->layers.end(), rows_.begin(),
                                          rows_.end(), sameName);
  if (!same) beginResetModel();
  network_ = std::move(network);
  rows_.clear();
  for (const Layer& layer : network_ ? network_->layers : std::vector<Layer>()) {
    Row row;
    row.name = QString::fromStdString(layer.name);
    row.operatorName = QString::fromStdString(layer.operatorName);
    if (const OperatorSpecification* specification = findOperator(layer.operatorName)) {
      const auto stated = statedDimensions(layer);
      for (const DimensionSpecification& dimension : specification->dimensions) {
        const auto value = stated.find(dimension.name);
        if (value == stated.end()) continue;
        row.dimensions += (row.dimensions.isEmpty() ? "" : "  ") + QString::fromStdString(dimension.name) +
                          QLatin1Char(' ') + QString::number(value->second);
      }
    }
    row.output = extentsText(network_->tensor(layer.output).shape);
    row.macs = layer.macs;
    row.weights = weightsOf(*network_, layer);
    row.activations = activationsOf(*network_, layer);
    rows_.push_back(std::move(row));
  }
  refreshStatus();
  if (!same) {
    endResetModel();
  } else if (!rows_.empty()) {
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
  }
}

void NetworkModel::setEstimate(std::shared_ptr<const NetworkEstimate> estimate, bool outOfDate) {
  if (estimate == estimate_ && outOfDate == outOfDate_) return;
  estimate_ = std::move(estimate);
  outOfDate_ = outOfDate;
  refreshStatus();
  if (!rows_.empty()) Q_EMIT dataChanged(index(0, Status), index(rowCount() - 1, Status));
}

void NetworkModel::refreshStatus() {
  std::map<QString, std::pair<QString, QString>> known;  // what is shown, and why it is not mapped
  if (estimate_) {
    for (const LayerEstimate& layer : estimate_->layers) {
      const QString guessed = layer.guessed ? tr(" (size guessed)") : QString();
      known[QString::fromStdString(layer.name)] = {QString::fromStdString(layer.mapping) + guessed, {}};
      for (const std::string& fused : layer.fused) {
        known[QString::fromStdString(fused)] = {tr("fused into %1").arg(QString::fromStdString(layer.name)),
                                                {}};
      }
    }
    for (const UnmappedLayer& layer : estimate_->unmapped) {
      const QString reason = QString::fromStdString(layer.reason);
      known[QString::fromStdString(layer.name)] = {tr("not mapped: %1").arg(reason), reason};
    }
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Row& row = rows_[i];
    const auto found = known.find(row.name);
    row.unmapped = false;
    row.status.clear();
    if (network_->layers[i].foreign) {
      row.status = tr("not mapped: the operator is not one of Taktwerk's");
      row.unmapped = true;
    } else if (found != known.end()) {
      row.status = found->second.first;
      row.unmapped = !found->second.second.isEmpty();
      if (outOfDate_) row.status = tr("out of date: %1").arg(row.status);
    }
  }
}

int NetworkModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant NetworkModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const Row& row = rows_[static_cast<std::size_t>(index.row())];
  const auto number = [](std::int64_t value) { return value > 0 ? grouped(value) : QString(); };
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      switch (index.column()) {
        case Name:
          return row.name;
        case Operator:
          return row.operatorName;
        case Dimensions:
          return row.dimensions;
        case Output:
          return row.output;
        case Macs:
          return number(row.macs);
        case Weights:
          return number(row.weights);
        case Activations:
          return number(row.activations);
        default:
          return row.status;
      }
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    case Qt::ForegroundRole:
      if (row.unmapped && (index.column() == Status || index.column() == Name)) {
        return QBrush(theme_.colour(&Palette::warning));
      }
      if (index.column() == Operator || index.column() == Dimensions || index.column() == Status) {
        return QBrush(theme_.colour(&Palette::mutedText));
      }
      return {};
    default:
      return {};
  }
}

}  // namespace taktwerk
