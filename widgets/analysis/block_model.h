// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/utilisation.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

/// What every block of an accelerator did of the time.
class BlockModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Name, Bar, Busy, Waiting, Idle, Uses, Places, ColumnCount };
  /// Sorting uses raw numbers; the shares are busy and waiting, 0 to 1, for the bar.
  enum Role { SortRole = Qt::UserRole, BusyRole, WaitingRole };
  explicit BlockModel(QObject* parent = nullptr);

  void setTable(UtilisationTable table);
  [[nodiscard]] const UtilisationTable& table() const { return table_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  UtilisationTable table_;
};

}  // namespace taktwerk
