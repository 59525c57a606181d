// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <sstream>

#include "tests/tables/tables.h"

namespace taktwerk::tables {

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), ",");
  return digits;
}

std::string fixed(double number, int digits) {
  std::ostringstream text;
  text.setf(std::ios::fixed);
  text.precision(digits);
  text << number;
  return text.str();
}

std::string markdown(const std::vector<std::vector<std::string>>& rows,
                     const std::vector<std::string>& right) {
  std::string text;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const std::string& cell : rows[row]) text += "| " + cell + ' ';
    text += "|\n";
    if (row > 0) continue;
    for (const std::string& heading : rows.front()) {
      bool number = false;
      for (const std::string& name : right) number = number || name == heading;
      text += number ? "|--:" : "|---";
    }
    text += "|\n";
  }
  return text;
}

}  // namespace taktwerk::tables
