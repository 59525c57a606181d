// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/sweep/row_table.h"

namespace taktwerk {

/// How a column of results lies along an axis of a plot: from 0, its beginning, to 1, its end. Words stand in
/// the middle of stripes of equal width; rows without a value have a place of their own before the beginning,
/// but none on the axis of a figure: they are no designs that could be estimated.
struct ColumnScale {
  std::size_t column = 0;
  bool logarithmic = false, inverted = false;
  bool words = false;       ///< a stripe each, from `least` − 1/2 to `most` + 1/2
  bool hasNone = false;     ///< some rows have no value
  bool isPositive = false;  ///< a logarithm can be taken
  double least = 0, most = 1;
  /// Of words in an order of their own: by word the place it has among them. Empty: as they are numbered.
  std::vector<double> ranks = {};

  /// Where rows without a value stand.
  static constexpr double nonePlace = -0.08;
  /// The place of a value; of NaN `nonePlace`, where rows without a value have one. What has no place has
  /// NaN, as what a logarithm cannot take.
  [[nodiscard]] double placeOf(double value) const;
  /// Whether a value has a place; without finding out which.
  [[nodiscard]] bool hasPlace(double value) const;
  /// The value at a place from 0 to 1: what a bound that is dragged there means.
  [[nodiscard]] double valueAt(double place) const;
  friend bool operator==(const ColumnScale&, const ColumnScale&) = default;
};

/// The places of many values on a scale, which must outlive it: what is the same for all is computed once.
class ScalePlaces {
 public:
  explicit ScalePlaces(const ColumnScale& scale);
  /// What `ColumnScale::placeOf` says, to the last bit.
  [[nodiscard]] double operator()(double value) const;

 private:
  const ColumnScale& scale_;
  double low_ = 0, range_ = 0;  ///< the beginning, and the end less that or the logarithm of their ratio
};

/// The scale of a column over all rows: logarithmic where all values are above 0 and the largest is 20 times
/// the smallest or more. A column without values goes from 0 to 1.
[[nodiscard]] ColumnScale scaleOf(const RowTable& table, std::size_t column, std::vector<double> ranks = {});

/// By word of a column its place in an order: those that it names first, then the others as they are
/// numbered. Empty of a column without words, and of no order.
[[nodiscard]] std::vector<double> ranksOf(const RowColumn& column, const std::vector<std::string>& order);

/// What stands beside an axis.
struct AxisTick {
  double place = 0;
  std::string label;
};
/// Up to `most` ticks at round values: steps of 1, 2 or 5, of logarithms decades and their parts; words all
/// as far as they fit, else every second, third, …
[[nodiscard]] std::vector<AxisTick> ticksOf(const RowTable& table, const ColumnScale& scale,
                                            std::size_t most);
/// Whether a column is a time: its values are named with a prefix of the second.
[[nodiscard]] bool isSeconds(const RowColumn& column);
/// A value of a column as an axis names it: "12", "1.5 M", "29.93 µs", "systolic-array".
[[nodiscard]] std::string axisLabel(const RowTable& table, std::size_t column, double value);

}  // namespace taktwerk
