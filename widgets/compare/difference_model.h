// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <vector>

#include "core/analysis/difference.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;

/// The layers of two results with their cycles and what else is different.
class DifferenceModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Name, Before, Now, Change, Percent, What, ColumnCount };
  /// Sorting uses raw numbers; what has none comes last.
  enum Role { SortRole = Qt::UserRole, DiffersRole };
  explicit DifferenceModel(const Theme& theme, QObject* parent = nullptr);

  void setLayers(std::vector<LayerChange> layers);
  [[nodiscard]] const std::vector<LayerChange>& layers() const { return layers_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QString text(const LayerChange& layer, int column) const;
  [[nodiscard]] QVariant sortKey(const LayerChange& layer, int column, int row) const;
  [[nodiscard]] QVariant colour(const LayerChange& layer, int column) const;

  const Theme& theme_;
  std::vector<LayerChange> layers_;
};

/// The rows that differ, or all.
class DifferenceFilter : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void setOnlyDifferences(bool only);

 protected:
  [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  bool only_ = true;
};

}  // namespace taktwerk
