// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/row_ranges.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/sweep/figures.h"

namespace taktwerk {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

bool isNamePart(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

/// The parts between a word (`and`, `or`) that stands outside of brackets and quotes.
std::vector<std::string_view> splitAt(std::string_view text, std::string_view word) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
      continue;
    }
    if (c == '"' || c == '\'') quote = c;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    const bool here = depth == 0 && text.substr(i).starts_with(word) &&
                      (i == 0 || !isNamePart(text[i - 1])) &&
                      (i + word.size() == text.size() || !isNamePart(text[i + word.size()]));
    if (!here) continue;
    parts.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + word.size();
    i = begin - 1;
  }
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

/// A condition on the column by itself, or nothing.
std::optional<RowRange> conditionOn(std::string_view text, std::string_view name, std::string_view whole);

/// `(network == "a" or network == "b")`.
std::optional<RowRange> wordsIn(std::string_view text, std::string_view name, std::string_view whole) {
  if (!text.starts_with('(') || !text.ends_with(')')) return std::nullopt;
  const std::string_view inside = text.substr(1, text.size() - 2);
  // An "and" in it binds closer than the brackets look.
  if (splitAt(inside, "and").size() > 1) return std::nullopt;
  RowRange all;
  for (const std::string_view part : splitAt(inside, "or")) {
    const auto one = conditionOn(part, name, whole);
    if (!one || one->least || one->most) return std::nullopt;
    all.words.insert(all.words.end(), one->words.begin(), one->words.end());
    all.none = all.none || one->none;
  }
  return all;
}

std::optional<RowRange> conditionOn(std::string_view text, std::string_view name, std::string_view whole) {
  text = trimmed(text);
  if (auto words = wordsIn(text, name, whole)) return words;
  const std::string_view column = text.starts_with(whole) ? whole : name;
  if (!text.starts_with(column) || (text.size() > column.size() && isNamePart(text[column.size()])))
    return std::nullopt;
  text = trimmed(text.substr(column.size()));
  const std::string_view sign = text.substr(0, 2);
  if (sign != "<=" && sign != ">=" && sign != "==") return std::nullopt;
  text = trimmed(text.substr(2));
  RowRange range;
  if (sign == "==" && text == "none") {
    range.none = true;
    return range;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) {
    if (sign != "<=") range.least = value;
    if (sign != ">=") range.most = value;
    return range;
  }
  if (sign != "==" || text.empty()) return std::nullopt;
  if (text.front() == '"') {
    if (text.size() < 2 || text.back() != '"') return std::nullopt;
    text = text.substr(1, text.size() - 2);
  }
  if (text.find('"') != std::string_view::npos) return std::nullopt;
  range.words.emplace_back(text);
  return range;
}

void narrow(RowRange& range, const RowRange& by) {
  if (by.least) range.least = range.least ? std::max(*range.least, *by.least) : by.least;
  if (by.most) range.most = range.most ? std::min(*range.most, *by.most) : by.most;
  range.words.insert(range.words.end(), by.words.begin(), by.words.end());
  range.none = range.none || by.none;
}

std::vector<std::string> conditionsOf(const std::string& name, const RowRange& range) {
  std::vector<std::string> equal;
  equal.reserve(range.words.size() + 1);
  for (const std::string& word : range.words)
    equal.push_back(std::string(name).append(" == \"").append(word).append("\""));
  if (range.none) equal.push_back(name + " == none");
  if (equal.size() > 1) {
    std::string joined = "(" + equal.front();
    for (std::size_t i = 1; i < equal.size(); ++i) joined += " or " + equal[i];
    return {joined + ')'};
  }
  if (!equal.empty()) return equal;
  if (range.least && range.least == range.most) return {name + " == " + figureText(*range.least)};
  std::vector<std::string> bounds;
  if (range.least) bounds.push_back(name + " >= " + figureText(*range.least));
  if (range.most) bounds.push_back(name + " <= " + figureText(*range.most));
  return bounds;
}

/// With four digits, and no larger, or no smaller.
double roundedTo(double value, bool up) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
  const double whole = up ? std::ceil(value / unit - 1e-9) : std::floor(value / unit + 1e-9);
  // A power of ten below one has no exact value: dividing keeps the digits that were meant.
  return unit < 1 ? whole / std::round(1 / unit) : whole * unit;
}

}  // namespace

RowRange rangeOf(const RowTable& table, const ColumnScale& scale, double from, double to) {
  if (from > to) std::swap(from, to);
  RowRange range;
  if (to < 0) {
    range.none = scale.hasNone;
    return range;
  }
  double low = scale.valueAt(std::clamp(from, 0.0, 1.0)), high = scale.valueAt(std::clamp(to, 0.0, 1.0));
  if (low > high) std::swap(low, high);
  const RowColumn& column = table.columns()[scale.column];
  if (scale.words) {
    for (std::size_t word = 0; word < column.words.size(); ++word) {
      const double place = scale.ranks.empty() ? static_cast<double>(word) : scale.ranks[word];
      if (place >= low && place <= high) range.words.push_back(column.words[word]);
    }
    return range;
  }
  const bool whole = !column.isReal();
  range.least = whole ? std::ceil(low - 1e-9) : roundedTo(low, false);
  range.most = whole ? std::floor(high + 1e-9) : roundedTo(high, true);
  return range;
}

std::string filterName(const RowTable& table, std::size_t column) {
  const std::string& whole = table.columns()[column].name;
  const std::size_t dot = whole.find('.');
  if (dot == std::string::npos) return whole;
  const std::string name = whole.substr(dot + 1);
  return table.find(name) == column ? name : whole;
}

RowRange rangeIn(std::string_view filter, const RowTable& table, std::size_t column) {
  RowRange range;
  if (splitAt(filter, "or").size() > 1) return range;
  const std::string name = filterName(table, column);
  for (const std::string_view condition : splitAt(filter, "and")) {
    if (const auto one = conditionOn(condition, name, table.columns()[column].name)) narrow(range, *one);
  }
  return range;
}

std::string withRange(std::string_view filter, const RowTable& table, std::size_t column,
                      const RowRange& range) {
  const std::string name = filterName(table, column);
  std::vector<std::string> kept;
  if (splitAt(filter, "or").size() > 1) {
    kept.push_back('(' + std::string(trimmed(filter)) + ')');
  } else {
    for (const std::string_view condition : splitAt(filter, "and")) {
      if (condition.empty() || conditionOn(condition, name, table.columns()[column].name)) continue;
      kept.emplace_back(condition);
    }
  }
  for (std::string& condition : conditionsOf(name, range)) kept.push_back(std::move(condition));
  std::string text;
  for (const std::string& condition : kept) text += (text.empty() ? "" : " and ") + condition;
  return text;
}

}  // namespace taktwerk
