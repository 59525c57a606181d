// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/front/front.h"

namespace taktwerk {

/// A value as a whole number that is less where the value is better: order and equality are those of the
/// values, and no value is `noKey`.
using FrontKey = std::uint64_t;
inline constexpr FrontKey noKey = std::numeric_limits<FrontKey>::max();
[[nodiscard]] FrontKey frontKey(double value, bool larger);

/// Points as rows of keys, without those that have a NaN.
struct KeyedPoints {
  std::size_t width = 0;           ///< objectives
  std::vector<FrontKey> keys;      ///< row by row
  std::vector<std::size_t> point;  ///< by row: its place in the columns

  [[nodiscard]] std::size_t size() const { return point.size(); }
  [[nodiscard]] const FrontKey* row(std::size_t number) const { return keys.data() + number * width; }
};
[[nodiscard]] KeyedPoints keyed(const std::vector<FrontColumn>& columns);

/// By row: whether another one dominates it. For any number of objectives from three.
[[nodiscard]] std::vector<bool> dominatedByDivision(const KeyedPoints& points);

}  // namespace taktwerk
