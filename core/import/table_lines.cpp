// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/table_lines.h"

#include <algorithm>

namespace taktwerk {

std::optional<TableLine> TableLines::next() {
  constexpr std::string_view blanks = " \t\r\f\v";
  constexpr std::size_t mostCells = 64;  // more mean nothing to anybody
  while (!rest_.empty()) {
    const std::size_t end = rest_.find('\n');
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++number_;
    if (text.find_first_not_of(" \t\r\f\v,") == std::string_view::npos) continue;
    TableLine line;
    line.number = number_;
    for (std::size_t begin = 0; begin <= text.size() && line.cells.size() < mostCells;) {
      const std::size_t comma = std::min(text.find(',', begin), text.size());
      std::string_view cell = text.substr(begin, comma - begin);
      const std::size_t first = std::min(cell.find_first_not_of(blanks), cell.size());
      cell.remove_prefix(first);
      cell = cell.substr(0, cell.find_last_not_of(blanks) + 1);
      line.cells.emplace_back(cell);
      line.columns.push_back(static_cast<std::uint32_t>(begin + (cell.empty() ? 0 : first) + 1));
      begin = comma + 1;
    }
    if (line.cells.size() > 1 && line.cells.back().empty()) {
      line.cells.pop_back();
      line.columns.pop_back();
    }
    return line;
  }
  return std::nullopt;
}

}  // namespace taktwerk
