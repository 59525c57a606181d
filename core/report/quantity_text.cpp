// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/quantity_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/report/text_table.h"

namespace taktwerk {

std::string numberText(double value) {
  constexpr int digits = 3;
  const double size = std::abs(value);
  if (size >= 999.5) {
    constexpr double mostWhole = 9e18;
    return groupedDigits(static_cast<std::int64_t>(std::llround(std::min(value, mostWhole))));
  }
  if (size == 0) return "0";
  std::array<char, 64> text{};
  // With the digits that it will have: 0.9996 is 1.00.
  (void)std::to_chars(text.data(), text.data() + text.size(), size, std::chars_format::scientific,
                      digits - 1);
  double rounded = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), rounded);
  const int before = static_cast<int>(std::floor(std::log10(rounded))) + 1;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value,
                                          std::chars_format::fixed, std::clamp(digits - before, 0, 12));
  return {text.data(), end};
}

std::string quantityText(double value, std::string_view unit) {
  constexpr std::array<std::pair<double, std::string_view>, 8> prefixes{
      {{1e-12, "p"}, {1e-9, "n"}, {1e-6, "µ"}, {1e-3, "m"}, {1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}}};
  std::size_t chosen = value == 0 ? 4 : 0;
  // 999.6 of a prefix would be written as 1,000 of it.
  while (value != 0 && chosen + 1 < prefixes.size() && std::abs(value) / prefixes[chosen].first >= 999.5)
    ++chosen;
  return numberText(value / prefixes[chosen].first) + ' ' + std::string(prefixes[chosen].second) +
         std::string(unit);
}

std::string areaText(double squareMicrometres) {
  constexpr double perSquareMillimetre = 1e6;
  if (squareMicrometres < perSquareMillimetre / 10) return numberText(squareMicrometres) + " µm²";
  return numberText(squareMicrometres / perSquareMillimetre) + " mm²";
}

}  // namespace taktwerk
