// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/report/json_writer.h"

namespace taktwerk {

/// A column of a file of results.
struct RowFileColumn {
  std::string name;
  bool isValue = false;  ///< of the point, as it was chosen: JSON has these in an object of their own
};

/// A cell: none, a whole number, a figure (NaN: it has none), yes or no, a word or sentence.
using RowCell = std::variant<std::monostate, std::int64_t, double, bool, std::string>;

/// Files of results, whoever writes them: the same cells give the same bytes.
///
/// As a table, a row a line with commas between. What there is none of is empty.
void writeCsvHeading(std::ostream& out, const std::vector<RowFileColumn>& columns);
void writeCsvRow(std::ostream& out, const std::vector<RowCell>& cells);
/// As JSON, an entry `{"point": 3, "values": {"arch.rows": 4}, "state": "done", …}` of the array that is
/// open. What there is none of is left out, but a figure is null.
void writeJsonRow(JsonWriter& json, const std::vector<RowFileColumn>& columns,
                  const std::vector<RowCell>& cells);
/// The names of the values: `"columns": ["arch.rows"]`.
void writeJsonColumns(JsonWriter& json, const std::vector<RowFileColumn>& columns);

/// A cell of a table with commas: in double quotes where it has to be.
[[nodiscard]] std::string csvCell(std::string_view text);

}  // namespace taktwerk
