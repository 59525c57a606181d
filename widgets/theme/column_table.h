// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QStringList>

namespace taktwerk {

/// A table with titled columns of which a run holds numbers, which stand at the right.
class ColumnTable : public QAbstractTableModel {
  Q_OBJECT
 public:
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 protected:
  /// Columns from `firstNumber` to `lastNumber` hold numbers.
  ColumnTable(QStringList titles, int firstNumber, int lastNumber, QObject* parent);
  /// Qt::TextAlignmentRole of a cell.
  [[nodiscard]] QVariant alignmentOf(int column) const;

 private:
  [[nodiscard]] bool isNumber(int column) const { return column >= firstNumber_ && column <= lastNumber_; }

  QStringList titles_;
  int firstNumber_, lastNumber_;
};

}  // namespace taktwerk
