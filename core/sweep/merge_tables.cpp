// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/merge_tables.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/base/whole_number.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

/// A row of a table of results behind its number: the values of its point, and what came of it.
struct RowParts {
  std::string_view values, results;
};

/// Parts a row before the cell `behind`, counted from that of the number.
RowParts partsOf(std::string_view text, std::size_t behind) {
  const std::size_t first = text.find(',') + 1;
  std::size_t at = first;
  bool quoted = false;
  for (std::size_t cell = 1; cell < behind && at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (text[at] == ',' && !quoted) ++cell;
  }
  return {text.substr(first, at - first), text.substr(at)};
}

/// What failed may come out otherwise another time.
bool hasFailed(std::string_view results) {
  return results == "failed" || results.starts_with("failed,");
}

/// Of two results of the same values.
bool contradict(std::string_view one, std::string_view other) {
  return one != other && !hasFailed(one) && !hasFailed(other);
}

/// The place of the column `state`; none in a table of something else.
std::size_t stateColumn(std::string_view heading) {
  std::size_t cell = 0;
  while (!heading.empty()) {
    const std::size_t end = std::min(heading.find(','), heading.size());
    if (heading.substr(0, end) == "state") return cell;
    heading.remove_prefix(std::min(end + 1, heading.size()));
    ++cell;
  }
  return 0;
}

struct Row {
  std::string_view text;
  const std::string* file = nullptr;
  std::uint32_t line = 0;
};

Diagnostic problem(const std::string& file, std::uint32_t line, std::string message) {
  return {Severity::Error, file, {line, 1}, "S0307", std::move(message), {}};
}

}  // namespace

Result<std::string> mergeTables(const std::vector<NamedText>& tables) {
  std::map<std::int64_t, Row> rows;
  std::unordered_map<std::string_view, const std::pair<const std::int64_t, Row>*> byValues;
  std::string_view heading;
  std::size_t state = 0;
  std::size_t size = 0;
  for (const NamedText& table : tables) {
    std::string_view rest = table.text;
    std::string_view own = takeLine(rest);
    if (!own.starts_with("point,")) {
      return problem(table.file, 1, "a table of a sweep begins with point, and the names of its columns");
    }
    if (heading.empty()) heading = own, state = stateColumn(own);
    if (own != heading) {
      return problem(table.file, 1,
                     "the columns are others than those of " + tables.front().file +
                         "; put shares of one sweep together");
    }
    for (std::uint32_t line = 2; !rest.empty(); ++line) {
      const std::string_view text = takeLine(rest);
      if (text.empty()) continue;
      const auto number = wholeNumber(text.substr(0, text.find(',')));
      if (!number) return problem(table.file, line, "a row begins with the number of its point");
      const auto [at, isNew] = rows.try_emplace(*number, Row{text, &table.file, line});
      if (!isNew && at->second.text != text) {
        return problem(table.file, line,
                       "point " + std::to_string(*number) + " has another row in " + *at->second.file +
                           ", line " + std::to_string(at->second.line) +
                           "; put shares of one sweep together");
      }
      size += isNew ? text.size() + 1 : 0;
      if (!isNew || state < 2) continue;
      // Tables of two samples number their points otherwise; equal values have equal results all the same.
      const RowParts parts = partsOf(text, state);
      const auto [same, isOnly] = byValues.try_emplace(parts.values, &*at);
      if (!isOnly && contradict(partsOf(same->second->second.text, state).results, parts.results)) {
        const Row& other = same->second->second;
        return problem(table.file, line,
                       "the values of point " + std::to_string(*number) + " are those of point " +
                           std::to_string(same->second->first) + " in " + *other.file + ", line " +
                           std::to_string(other.line) +
                           ", but its results are others; one of the two is wrong");
      }
      // What comes next is compared with a result that there is.
      if (hasFailed(partsOf(same->second->second.text, state).results)) same->second = &*at;
    }
  }
  std::string merged(heading);
  merged.reserve(merged.size() + size + 1);
  merged += '\n';
  for (const auto& [number, row] : rows) {
    merged += row.text;
    merged += '\n';
  }
  return merged;
}

}  // namespace taktwerk
