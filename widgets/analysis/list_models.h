// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/analysis/filling.h"
#include "core/analysis/utilisation.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

/// What memories moved.
class MovedModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Name, WordsRead, WordsWritten, Bits, Reads, Writes, ColumnCount };
  enum Role { SortRole = Qt::UserRole };
  explicit MovedModel(QObject* parent = nullptr);
  void setRows(std::vector<MovedWords> rows);
  [[nodiscard]] const std::vector<MovedWords>& rows() const { return rows_; }
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::vector<MovedWords> rows_;
};

/// What layers leave empty of arrays and of what operations take at once.
class FillingModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Layer, What, Passes, Mean, ColumnCount };
  enum Role { SortRole = Qt::UserRole };
  explicit FillingModel(QObject* parent = nullptr);
  void setRows(std::vector<PartlyFilled> rows);
  [[nodiscard]] const std::vector<PartlyFilled>& rows() const { return rows_; }
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::vector<PartlyFilled> rows_;
};

}  // namespace taktwerk
