// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// Takes the first line off a text, without its end: a line feed, a carriage return, or both.
[[nodiscard]] std::string_view takeLine(std::string_view& text);

/// One line of a table with commas between cells; blanks and double quotes around cells are left out, and so
/// is one empty cell behind a last comma.
struct TableLine {
  std::uint32_t number = 0;
  std::vector<std::string> cells;
  std::vector<std::uint32_t> columns;  ///< where each cell begins, from 1
  [[nodiscard]] SourcePosition position(std::size_t cell) const {
    return {number, cell < columns.size() ? columns[cell] : 1};
  }
};

/// The lines of a table that hold something, one after the other.
class TableLines {
 public:
  /// `text` must outlive this.
  explicit TableLines(std::string_view text) : rest_(text) {}
  // It takes std::string alone. NOLINTNEXTLINE(bugprone-forwarding-reference-overload)
  explicit TableLines(std::same_as<std::string> auto&& temporary) = delete;
  [[nodiscard]] std::optional<TableLine> next();

 private:
  std::string_view rest_;
  std::uint32_t number_ = 0;
};

}  // namespace taktwerk
