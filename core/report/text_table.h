// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace taktwerk {

/// A table of plain text with aligned columns, for terminals and for files people read.
///
///     TextTable table({{"layer"}, {"cycles", TextTable::Align::Right}});
///     table.add({"conv1", "5,060"});
///     table.write(out);
///
///     layer  cycles
///     -----  ------
///     conv1   5,060
///
/// Widths count code points, so accented names stay aligned; trailing blanks are not written.
class TextTable {
 public:
  enum class Align : std::uint8_t { Left, Right };
  struct Column {
    std::string title;
    Align align = Align::Left;
  };

  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// A line of dashes before the next row, as above a total.
  void addRule() { rows_.emplace_back(); }
  void write(std::ostream& out) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;  ///< an empty row is a rule
};

/// "1,234,567": digits in groups of three.
[[nodiscard]] std::string groupedDigits(std::int64_t value, std::string_view between = ",");

/// "41.6 %", of a fraction from 0 to 1, with one decimal.
[[nodiscard]] std::string percentage(double fraction);

/// A time as one says it: "less than a second", "12 s", "16 min", "27 h", "416 days", "31,688 years".
[[nodiscard]] std::string durationInWords(double seconds);

/// Text that is safe on a terminal: control characters, line ends among them, become "\x1b" and the like.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace taktwerk
