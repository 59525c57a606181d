// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;
struct CalibrationOutcome;
struct EstimatedRow;

/// The rows of a table of measured layers with their estimates. It sorts by itself, the one that is furthest
/// off first: a table may have a hundred thousand rows.
class MeasuredRows : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Layer, Measured, Estimated, Error, Runs, Cause, Half, ColumnCount };
  explicit MeasuredRows(const Theme& theme, QObject* parent = nullptr);

  /// Null: no rows.
  void setOutcome(std::shared_ptr<const CalibrationOutcome> outcome);
  void setOutOfDate(bool outOfDate);
  /// The row of the table of measured layers that stands at a place, and where one stands.
  [[nodiscard]] std::optional<std::size_t> rowAt(int place) const;
  [[nodiscard]] int placeOf(std::size_t row) const { return places_[row]; }

  /// What most of the time goes to, or why there is no estimate.
  [[nodiscard]] static QString causeText(const EstimatedRow& row);
  /// Which half a row is in; empty where nothing was fitted or there is no estimate.
  [[nodiscard]] static QString halfText(const CalibrationOutcome& outcome, std::size_t row);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

 private:
  void arrange();
  [[nodiscard]] QString text(std::size_t row, int column) const;
  [[nodiscard]] QString tip(std::size_t row, int column) const;
  /// What sorts a column of numbers; rows without a figure stand at that end where the worst ones are.
  [[nodiscard]] double number(std::size_t row, int column) const;

  const Theme& theme_;
  std::shared_ptr<const CalibrationOutcome> outcome_;
  std::vector<std::uint32_t> order_;  ///< rows by place
  std::vector<int> places_;           ///< the other way round
  int column_ = Error;
  Qt::SortOrder sorted_ = Qt::DescendingOrder;
  bool outOfDate_ = false;
};

/// "4,169" with narrow spaces; what is measured may be a mean.
[[nodiscard]] QString measuredText(double cycles);

}  // namespace taktwerk
