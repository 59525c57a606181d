// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/index_term.h"

#include <algorithm>

#include "core/architecture/expression_text.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

/// Where a text of words, brackets and `+ - * / % ^` has its last + or - outside brackets; npos when it has
/// none or compares (which binds less than a sum).
std::size_t lastSign(std::string_view text) {
  int depth = 0;
  std::size_t sign = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (depth != 0) continue;
    if (c == '<' || c == '>' || c == '=' || c == '!' || c == ' ') return std::string_view::npos;
    if ((c == '+' || c == '-') && i > 0 && (isNameCharacter(text[i - 1]) || text[i - 1] == ')')) sign = i;
  }
  return sign;
}

}  // namespace

std::string withoutBlanks(std::string_view text) {
  std::string result;
  bool gap = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = true;
      continue;
    }
    if (gap && !result.empty() && isNameCharacter(result.back()) && isNameCharacter(c)) result += ' ';
    gap = false;
    result += c;
  }
  return result;
}

IndexTerm indexTerm(std::string_view text) {
  IndexTerm term{withoutBlanks(text), 0};
  while (true) {
    if (const auto number = wholeNumber(term.base);
        number && !__builtin_add_overflow(*number, term.plus, &term.plus)) {
      term.base.clear();
      return term;
    }
    const std::size_t sign = lastSign(term.base);
    if (sign == std::string::npos) return term;
    const auto number = wholeNumber(std::string_view(term.base).substr(sign + 1));
    if (!number || *number < 0) return term;
    if (__builtin_add_overflow(term.plus, term.base[sign] == '+' ? *number : -*number, &term.plus))
      return term;
    term.base.resize(sign);
  }
}

std::string toString(const IndexTerm& term) {
  if (term.base.empty()) return std::to_string(term.plus);
  if (term.plus == 0) return term.base;
  const bool sum =
      lastSign(term.base) != std::string::npos || term.base.find_first_of("<>=! ") == std::string::npos;
  const std::string base = sum ? term.base : '(' + term.base + ')';
  // Below 0 the sign is in the text already.
  const std::string number = std::to_string(term.plus);
  return term.plus > 0 ? base + " + " + number : base + " - " + number.substr(1);
}

IndexTerm operator+(IndexTerm term, std::int64_t number) {
  if (__builtin_add_overflow(term.plus, number, &term.plus)) term.base = "?";  // no file has such sizes
  return term;
}

std::string withName(std::string_view text, std::string_view from, std::string_view to) {
  return mapNamesAndNumbers(
      text, [&](std::string_view word, bool) { return std::string(word == from ? to : word); });
}

std::string inBrackets(const std::string& text) {
  return std::all_of(text.begin(), text.end(), isNameCharacter) ? text : '(' + text + ')';
}

}  // namespace taktwerk
