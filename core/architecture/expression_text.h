// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace taktwerk {

/// A character of names and numbers in expressions.
[[nodiscard]] constexpr bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Puts together what `visit(word, dotted)` gives for each name or number of an expression's text, and all
/// between them as it is. One with a dot before or behind it, as both of `arch.rows`, is dotted.
template <class Visit>
[[nodiscard]] std::string mapNamesAndNumbers(std::string_view text, const Visit& visit) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    while (end < text.size() && isNameCharacter(text[end])) ++end;
    if (end == i) {
      result += text[i++];
      continue;
    }
    const bool dotted = (i > 0 && text[i - 1] == '.') || (end < text.size() && text[end] == '.');
    result += visit(text.substr(i, end - i), dotted);
    i = end;
  }
  return result;
}

}  // namespace taktwerk
