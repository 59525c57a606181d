// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/whole_number.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

bool allDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view withoutMinus(std::string_view text) {
  return !text.empty() && text.front() == '-' ? text.substr(1) : text;
}

}  // namespace

std::optional<std::int64_t> wholeNumber(std::string_view text) {
  const std::string_view digits = withoutMinus(text);
  if (!allDigits(digits) || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> exactWhole(double value) {
  constexpr double mostExact = 9007199254740992;  // 2^53
  if (value != std::floor(value) || std::abs(value) >= mostExact) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::string whyNotWholeNumber(std::string_view text) {
  const std::string_view digits = withoutMinus(text);
  if (!allDigits(digits)) return inQuotes(text) + " is not a whole number in decimal digits";
  if (digits.size() > 1 && digits.front() == '0') {
    std::string_view rest = digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1));
    if (rest.size() <= 19) {
      return std::string(text) + " has leading zeros; write " + (digits.size() < text.size() ? "-" : "") +
             std::string(rest);
    }
  }
  return std::string(text.substr(0, 40)) + (text.size() > 40 ? "…" : "") + " does not fit 64 bits";
}

}  // namespace taktwerk
