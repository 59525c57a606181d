// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/table_lines.h"

#include <algorithm>

namespace taktwerk {

std::string_view takeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  if (text.starts_with("\r\n")) text.remove_prefix(1);
  if (!text.empty()) text.remove_prefix(1);
  return line;
}

namespace {

constexpr std::string_view blanks = " \t\f\v";

/// Where the cell that begins at `begin` ends: at the next comma that is not in quotes.
std::size_t endOfCell(std::string_view text, std::size_t begin) {
  const std::size_t first = text.find_first_not_of(blanks, begin);
  if (first != std::string_view::npos && text[first] == '"') {
    const std::size_t close = text.find('"', first + 1);
    if (close != std::string_view::npos) begin = close;
  }
  return std::min(text.find(',', begin), text.size());
}

}  // namespace

std::optional<TableLine> TableLines::next() {
  constexpr std::size_t mostCells = 64;  // more mean nothing to anybody
  while (!rest_.empty()) {
    const std::string_view text = takeLine(rest_);
    ++number_;
    if (text.find_first_not_of(" \t\f\v,") == std::string_view::npos) continue;
    TableLine line;
    line.number = number_;
    for (std::size_t begin = 0; begin <= text.size() && line.cells.size() < mostCells;) {
      const std::size_t comma = endOfCell(text, begin);
      std::string_view cell = text.substr(begin, comma - begin);
      std::size_t first = std::min(cell.find_first_not_of(blanks), cell.size());
      cell.remove_prefix(first);
      cell = cell.substr(0, cell.find_last_not_of(blanks) + 1);
      if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') {
        cell = cell.substr(1, cell.size() - 2);
        ++first;
      }
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
