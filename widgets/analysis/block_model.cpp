// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/block_model.h"

#include <algorithm>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

QString percent(double share) {
  return QStringLiteral("%1 %").arg(share * 100, 0, 'f', 1);
}

double idleShare(const BlockUse& block) {
  return std::max(0.0, 1 - block.busyShare() - block.waitingShare());
}

}  // namespace

BlockModel::BlockModel(QObject* parent)
    : ColumnTable(
          {tr("Block"), tr("Of the time"), tr("Busy"), tr("Waiting"), tr("Idle"), tr("Uses"), tr("Places")},
          Busy, Places, parent) {}

void BlockModel::setTable(UtilisationTable table) {
  beginResetModel();
  table_ = std::move(table);
  endResetModel();
}

int BlockModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.blocks.size());
}

QVariant BlockModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const BlockUse& block = table_.blocks[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
      switch (index.column()) {
        case Name:
          return shortened(block.name);
        case Busy:
          return percent(block.busyShare());
        case Waiting:
          return percent(block.waitingShare());
        case Idle:
          return percent(idleShare(block));
        case Uses:
          return grouped(block.uses);
        case Places:
          return grouped(block.places);
        default:
          return {};
      }
    case SortRole:
      switch (index.column()) {
        case Name:
          return QString::fromStdString(block.name);
        case Waiting:
          return block.waitingShare();
        case Idle:
          return idleShare(block);
        case Uses:
          return static_cast<qlonglong>(block.uses);
        case Places:
          return static_cast<qlonglong>(block.places);
        default:
          return block.busyShare();
      }
    case Qt::ToolTipRole:
      return tr("%1: busy %2, waiting %3, idle %4 of %5 cycles in each of %6 places")
          .arg(shortened(block.name), grouped(block.busy), grouped(block.waiting), grouped(block.idle),
               grouped(table_.cycles), grouped(block.places));
    case Qt::AccessibleTextRole:
      if (index.column() != Bar) return {};
      return tr("busy %1, waiting %2").arg(percent(block.busyShare()), percent(block.waitingShare()));
    case BusyRole:
      return block.busyShare();
    case WaitingRole:
      return block.waitingShare();
    case Qt::TextAlignmentRole:
      return alignmentOf(index.column());
    default:
      return {};
  }
}

}  // namespace taktwerk
