// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>

#include "core/analysis/breakdown.h"

namespace taktwerk {

/// The causes of a table, longest first, and below each what of its object was waited for.
class CauseModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { What, CycleCount, Share, ColumnCount };
  /// The share of all cycles, 0 to 1, for a bar.
  enum Role { ShareRole = Qt::UserRole };
  using QAbstractItemModel::QAbstractItemModel;

  void setTable(CauseTable table);
  [[nodiscard]] const CauseTable& table() const { return table_; }
  /// The cause of a row, or that of the row above it.
  [[nodiscard]] const CauseShare& causeOf(const QModelIndex& index) const;

  [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  CauseTable table_;
};

}  // namespace taktwerk
