// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/sweep/row_table.h"

namespace taktwerk {

/// The designs with one value of each of two columns, and the best of them.
struct HeatCell {
  std::int64_t rows = 0;       ///< with a figure
  std::uint32_t best = 0;      ///< the row of the best, if there is one
  double value = 0;            ///< its figure
  double least = 0, most = 0;  ///< of all of them
};

/// A figure over the values of two columns: what a heat map shows. Of several designs in a cell, which differ
/// in other columns, the best stands for all.
struct HeatMap {
  /// More values of a column are no cells that anybody could see.
  static constexpr std::size_t mostValues = 400;

  std::vector<double> xs, ys;   ///< ascending; NaN, where there is no value, last
  std::vector<HeatCell> cells;  ///< of the first y all x, …
  bool tooMany = false;         ///< a column has more than `mostValues`: there are no cells

  [[nodiscard]] const HeatCell& at(std::size_t x, std::size_t y) const { return cells[y * xs.size() + x]; }
  /// The smallest and the largest value of a cell; both 0 without cells.
  [[nodiscard]] std::pair<double, double> range() const;
};

/// Words stand in the order of their ranks (`ranksOf`), where there are some.
[[nodiscard]] HeatMap heatMapOf(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t x,
                                std::size_t y, std::size_t figure, const std::vector<double>& xRanks = {},
                                const std::vector<double>& yRanks = {});

}  // namespace taktwerk
