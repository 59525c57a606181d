// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/column_table.h"

#include <utility>

namespace taktwerk {

ColumnTable::ColumnTable(QStringList titles, int firstNumber, int lastNumber, QObject* parent)
    : QAbstractTableModel(parent),
      titles_(std::move(titles)),
      firstNumber_(firstNumber),
      lastNumber_(lastNumber) {}

int ColumnTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(titles_.size());
}

QVariant ColumnTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole) {
    return QVariant::fromValue((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  }
  // The first click asks for the largest.
  if (role == Qt::InitialSortOrderRole && isNumber(section)) return Qt::DescendingOrder;
  return role == Qt::DisplayRole ? titles_.value(section) : QVariant();
}

QVariant ColumnTable::alignmentOf(int column) const {
  return isNumber(column) ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
}

}  // namespace taktwerk
