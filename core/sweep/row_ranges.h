// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sweep/column_scale.h"
#include "core/sweep/row_table.h"

namespace taktwerk {

/// What a filter asks of one column, as brushes in plots set it and show it: bounds, or words of which one
/// holds, or that there is no value.
struct RowRange {
  std::optional<double> least, most;
  std::vector<std::string> words;
  bool none = false;

  [[nodiscard]] bool isEmpty() const { return !least && !most && words.empty() && !none; }
  friend bool operator==(const RowRange&, const RowRange&) = default;
};

/// What a brush from one place of an axis to another asks for: of whole numbers those between, of other
/// bounds four digits with all of the brush between them, of words those whose middle it has; of `nonePlace`
/// rows without a value, if it covers nothing else.
[[nodiscard]] RowRange rangeOf(const RowTable& table, const ColumnScale& scale, double from, double to);

/// The name by which a filter speaks of a column: without the part before the dot where that is enough.
[[nodiscard]] std::string filterName(const RowTable& table, std::size_t column);

/// What the conditions of a filter that are joined by `and` ask of this column alone; nothing where they do
/// not speak of it, or in another way than `withRange` writes.
[[nodiscard]] RowRange rangeIn(std::string_view filter, const RowTable& table, std::size_t column);

/// The filter with another range of this column: conditions that `rangeIn` understands are replaced, all
/// others stay as they are. An empty range takes them away. `cycles <= 1e6 and rows >= 8` with 4 to 12 rows
/// is `cycles <= 1e6 and rows >= 4 and rows <= 12`.
[[nodiscard]] std::string withRange(std::string_view filter, const RowTable& table, std::size_t column,
                                    const RowRange& range);

}  // namespace taktwerk
