// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/merge_tables.h"

#include <cstdint>
#include <map>
#include <string_view>

#include "core/base/whole_number.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

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
  std::string_view heading;
  std::size_t size = 0;
  for (const NamedText& table : tables) {
    std::string_view rest = table.text;
    std::string_view own = takeLine(rest);
    if (!own.starts_with("point,")) {
      return problem(table.file, 1, "a table of a sweep begins with point, and the names of its columns");
    }
    if (heading.empty()) heading = own;
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
