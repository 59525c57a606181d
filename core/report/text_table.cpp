// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/text_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <ostream>

namespace taktwerk {

namespace {

std::size_t width(std::string_view text) {
  const auto isContinuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isContinuation));
}

void writeLine(std::ostream& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

void TextTable::write(std::ostream& out) const {
  std::vector<std::size_t> widths;
  widths.reserve(columns_.size());
  for (const Column& column : columns_) widths.push_back(width(column.title));
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  }

  const auto writeRow = [&](const auto& cellOf) {
    std::string line;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const std::string cell = cellOf(c);
      const std::string padding(widths[c] - width(cell), ' ');
      if (c > 0) line += "  ";
      line += columns_[c].align == Align::Right ? padding + cell : cell + padding;
    }
    writeLine(out, std::move(line));
  };
  const auto writeRule = [&] { writeRow([&](std::size_t c) { return std::string(widths[c], '-'); }); };

  writeRow([&](std::size_t c) { return columns_[c].title; });
  writeRule();
  for (const auto& row : rows_) {
    if (row.empty()) {
      writeRule();
    } else {
      writeRow([&](std::size_t c) { return c < row.size() ? row[c] : std::string{}; });
    }
  }
}

std::string groupedDigits(std::int64_t value, std::string_view between) {
  std::string digits = std::to_string(value);
  const std::size_t first = value < 0 ? 1 : 0;
  for (std::size_t end = digits.size(); end > first + 3;) {
    end -= 3;
    digits.insert(end, between);
  }
  return digits;
}

std::string percentage(double fraction) {
  const auto tenths = std::llround(fraction * 1000);
  return std::to_string(tenths / 10) + '.' + std::to_string(std::abs(tenths % 10)) + " %";
}

std::string durationInWords(double seconds) {
  struct Unit {
    double seconds;
    const char* name;
  };
  // Each up to where the next one says enough.
  constexpr Unit units[] = {{1, " s"}, {60, " min"}, {3600, " h"}, {86400, " days"}, {31557600, " years"}};
  constexpr double ends[] = {120, 7200, 172800, 2 * 31557600.0};
  constexpr double most = 1e18;
  if (!(seconds >= 1)) return "less than a second";
  std::size_t unit = 0;
  seconds = std::ceil(seconds);
  while (unit < std::size(ends) && seconds >= ends[unit]) ++unit;
  const double count = seconds / units[unit].seconds;
  return (count > most ? "more than " : "") +
         groupedDigits(static_cast<std::int64_t>(std::min(count, most))) + units[unit].name;
}

std::string printable(std::string_view text) {
  constexpr std::array hex = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    // U+0080 to U+009F are control characters too; in UTF-8 they are C2 followed by 80 to 9F.
    const bool c1 =
        byte == 0xC2 && i + 1 < text.size() && (static_cast<unsigned char>(text[i + 1]) & 0xE0U) == 0x80U;
    if (byte >= 0x20 && byte != 0x7F && !c1) {
      safe += text[i];
      continue;
    }
    const auto control = c1 ? static_cast<unsigned char>(text[++i]) : byte;
    safe += "\\x";
    safe += hex[control >> 4U];
    safe += hex[control & 0xFU];
  }
  return safe;
}

}  // namespace taktwerk
