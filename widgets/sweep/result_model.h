// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/sweep/sweep_row.h"
#include "widgets/sweep/cell_text.h"

namespace taktwerk {

class SweepResults;
class Theme;

/// The results that are shown as a table, and behind them the points that are being estimated. It holds no
/// rows: whatever a cell shows is read from the columns when it is painted.
class ResultModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  ResultModel(const Theme& theme, SweepResults& results, QObject* parent = nullptr);

  /// Points under way, which stand behind all others.
  void setRunning(std::vector<SweepPoint> running);
  [[nodiscard]] bool isRunning(int row) const;
  /// The row of the table of results that is shown there; none of a point under way.
  [[nodiscard]] std::optional<std::size_t> rowAt(int row) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  /// By a column of the table; −1: by the numbers of the points.
  void sort(int column, Qt::SortOrder order) override;

 private:
  void connectAll();
  void rememberPlaces();
  void movePlaces();
  [[nodiscard]] QString runningText(const SweepPoint& point, std::size_t column) const;
  [[nodiscard]] QVariant runningData(const SweepPoint& point, std::size_t column, int role) const;

  const Theme& theme_;
  SweepResults& results_;
  std::vector<SweepPoint> running_;
  int count_ = 0;  ///< of results that are shown, as the views of this model know it
  QModelIndexList held_;
  std::vector<std::uint32_t> heldRows_;  ///< of `held_`, rows of the table
};

}  // namespace taktwerk
