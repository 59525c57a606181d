// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/analysis/method_comparison.h"

namespace taktwerk {

class Theme;

/// A row a layer, a column a method: its cycles and how far they are off; the last row has the means.
class MethodModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit MethodModel(const Theme& theme, QObject* parent = nullptr);

  void setComparison(std::shared_ptr<const MethodComparison> comparison, bool outOfDate);
  [[nodiscard]] const std::shared_ptr<const MethodComparison>& comparison() const { return comparison_; }
  /// The layer of a row; empty of the means.
  [[nodiscard]] QString layerOf(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] bool isMeans(int row) const { return row == rowCount() - 1; }
  [[nodiscard]] QString text(int row, int column) const;

  const Theme& theme_;
  std::shared_ptr<const MethodComparison> comparison_;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
