// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

/// The marked designs side by side: a column each, the baseline first, then A, B, …, and the chosen one; a
/// row a column of the results in which they differ, figures with their change against the baseline.
class MarkedDesigns : public QAbstractTableModel {
  Q_OBJECT
 public:
  explicit MarkedDesigns(const Theme& theme, QObject* parent = nullptr);

  void setData(std::shared_ptr<const PlotData> data);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  [[nodiscard]] std::optional<double> changeOf(std::size_t column, std::uint32_t row) const;

  const Theme& theme_;
  std::shared_ptr<const PlotData> shown_ = std::make_shared<const PlotData>();
  std::vector<std::uint32_t> designs_;
  std::vector<std::size_t> columns_;
};

}  // namespace taktwerk
