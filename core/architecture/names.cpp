// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/names.h"

#include <algorithm>
#include <array>

namespace taktwerk {
namespace {

constexpr std::size_t longestName = 200;

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Removes a leading `[number]`; numbers have no leading zeros, so that an element has one name.
bool takeIndex(std::string_view& text) {
  if (text.empty() || text.front() != '[') return false;
  std::size_t end = 1;
  while (end < text.size() && isDigit(text[end])) ++end;
  const std::size_t digits = end - 1;
  if (digits == 0 || digits > 9 || (digits > 1 && text[1] == '0')) return false;
  if (end >= text.size() || text[end] != ']') return false;
  text.remove_prefix(end + 1);
  return true;
}

bool takeIndexedName(std::string_view& text) {
  if (text.empty() || !isLetter(text.front())) return false;
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return !isLetter(c) && !isDigit(c); });
  text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
  while (!text.empty() && text.front() == '[') {
    if (!takeIndex(text)) return false;
  }
  return true;
}

}  // namespace

bool isIdentifier(std::string_view text) {
  return !text.empty() && text.size() <= longestName && isLetter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return isLetter(c) || isDigit(c); });
}

bool isObjectName(std::string_view text) {
  if (text.size() > longestName) return false;
  while (takeIndexedName(text)) {
    if (text.empty()) return true;
    if (text.front() != '.') return false;
    text.remove_prefix(1);
  }
  return false;
}

bool isReservedName(std::string_view text) {
  constexpr std::array<std::string_view, 12> reserved{"and",  "or",    "not", "if",   "min",   "max",
                                                      "ceil", "floor", "abs", "bits", "words", "beats"};
  return std::find(reserved.begin(), reserved.end(), text) != reserved.end();
}

std::string withoutIndices(std::string_view name) {
  std::string plain;
  int depth = 0;
  for (const char c : name) {
    if (c == '[') ++depth;
    if (depth == 0) plain += c;
    if (c == ']') --depth;
  }
  return plain;
}

}  // namespace taktwerk
