// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/vary.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

std::vector<std::string_view> split(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  for (std::size_t at = text.find(between); at != std::string_view::npos; at = text.find(between)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

std::variant<DimensionValues, VaryProblem> parseRange(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, ':');
  if (parts.size() > 3) return VaryProblem{"a range is FROM:TO or FROM:TO:STEP"};
  ValueRange range;
  std::string_view step = parts.size() == 3 ? parts[2] : "1";
  range.factor = step.starts_with('*');
  if (range.factor) step.remove_prefix(1);
  for (const auto& [part, number] :
       {std::pair(parts[0], &range.from), std::pair(parts[1], &range.to), std::pair(step, &range.step)}) {
    const auto value = wholeNumber(part);
    if (!value) return VaryProblem{whyNotWholeNumber(part)};
    *number = *value;
  }
  if (std::string wrong = whatIsWrongWith(range); !wrong.empty()) return VaryProblem{std::move(wrong)};
  return range;
}

std::variant<DimensionValues, VaryProblem> parseList(std::string_view text) {
  std::vector<std::int64_t> values;
  for (const std::string_view part : split(text, ',')) {
    const auto value = wholeNumber(part);
    if (!value) return VaryProblem{whyNotWholeNumber(part)};
    values.push_back(*value);
  }
  std::vector<std::int64_t> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) return VaryProblem{std::to_string(*twice) + " is there twice"};
  return values;
}

}  // namespace

std::variant<Dimension, VaryProblem> parseVary(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size()) {
    return VaryProblem{"wants NAME=V,V,… or NAME=FROM:TO:STEP, such as rows=4,8,16 or rows=2:32:2, not " +
                       inQuotes(text)};
  }
  Dimension dimension;
  dimension.name = text.substr(0, equals);
  const std::string_view values = text.substr(equals + 1);
  auto parsed = values.find(':') == std::string_view::npos ? parseList(values) : parseRange(values);
  if (auto* problem = std::get_if<VaryProblem>(&parsed)) {
    return VaryProblem{dimension.name + ": " + problem->message};
  }
  dimension.values = std::get<DimensionValues>(std::move(parsed));
  return dimension;
}

}  // namespace taktwerk
