// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/sweep/row_filter.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// By which column rows stand; equal ones, and all without, in the order in which they came. Rows without a
/// value are last either way.
struct RowOrder {
  std::size_t column = 0;
  bool descending = false;
  friend bool operator==(const RowOrder&, const RowOrder&) = default;
};

/// The rows that a filter lets through, in order. Cancelled: any of them.
[[nodiscard]] std::vector<std::uint32_t> shownRows(const RowTable& table, const RowFilter& filter,
                                                   const std::optional<RowOrder>& order,
                                                   const Progress& progress);

/// Takes the rows from `first` on, which are new, in among those that `shown` has already. Returns the places
/// that they have now, in ascending order.
std::vector<std::uint32_t> takeRows(const RowTable& table, std::size_t first, const RowFilter& filter,
                                    const std::optional<RowOrder>& order, std::vector<std::uint32_t>& shown);

}  // namespace taktwerk
