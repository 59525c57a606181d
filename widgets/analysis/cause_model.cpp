// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/cause_model.h"

#include "core/report/cause_text.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {
// Rows of causes have the id 0, those below them the number of their cause and 1.
constexpr quintptr topLevel = 0;
}  // namespace

void CauseModel::setTable(CauseTable table) {
  beginResetModel();
  table_ = std::move(table);
  endResetModel();
}

const CauseShare& CauseModel::causeOf(const QModelIndex& index) const {
  const auto row =
      index.internalId() == topLevel ? static_cast<std::size_t>(index.row()) : index.internalId() - 1;
  return table_.causes[row];
}

QModelIndex CauseModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount) return {};
  return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : topLevel);
}

QModelIndex CauseModel::parent(const QModelIndex& index) const {
  if (!index.isValid() || index.internalId() == topLevel) return {};
  return createIndex(static_cast<int>(index.internalId() - 1), 0, topLevel);
}

int CauseModel::rowCount(const QModelIndex& parent) const {
  if (!parent.isValid()) return static_cast<int>(table_.causes.size());
  if (parent.internalId() != topLevel || parent.column() != 0) return 0;
  return static_cast<int>(causeOf(parent).details.size());
}

int CauseModel::columnCount(const QModelIndex& /*parent*/) const {
  return ColumnCount;
}

QVariant CauseModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const CauseShare& cause = causeOf(index);
  const bool below = index.internalId() != topLevel;
  const DetailShare detail = below ? cause.details[static_cast<std::size_t>(index.row())] : DetailShare{};
  const Cycles cycles = below ? detail.cycles : cause.cycles;
  const double share =
      table_.cycles > 0 ? static_cast<double>(cycles) / static_cast<double>(table_.cycles) : 0;
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
      if (index.column() == What) {
        return shortened(
            below ? tr("for %1").arg(QString::fromStdString(detailInWords(detail.detail, cause.cause.object)))
                  : QString::fromStdString(causeInWords(cause.cause)));
      }
      if (index.column() == CycleCount) return grouped(cycles);
      return QStringLiteral("%1 %").arg(share * 100, 0, 'f', 1);
    case Qt::TextAlignmentRole:
      return index.column() == What ? QVariant() : QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    case ShareRole:
      return share;
    default:
      return {};
  }
}

QVariant CauseModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((section == What ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  }
  if (role != Qt::DisplayRole) return {};
  return section == What         ? tr("Cause on the critical path")
         : section == CycleCount ? tr("Cycles")
                                 : tr("Share");
}

}  // namespace taktwerk
