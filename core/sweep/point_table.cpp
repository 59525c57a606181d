// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/point_table.h"

#include <algorithm>
#include <utility>

#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/import/table_lines.h"

namespace taktwerk {
namespace {

/// The cells of one line, with the number that it has in its table.
std::optional<TableLine> cellsOf(std::string_view line, std::uint32_t number) {
  TableLines lines(line);
  auto cells = lines.next();
  if (cells) cells->number = number;
  return cells;
}

}  // namespace

const std::vector<std::string>& resultColumns() {
  static const std::vector<std::string> columns = {
      "point", "state", "cycles", "instructions", "macs", "exact", "complete", "missing_layers", "reason"};
  return columns;
}

Result<std::vector<std::string>> PointTable::readHeading(std::string_view line) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  const auto cells = cellsOf(line, line_++);
  std::vector<std::string> names;
  if (cells) {
    for (std::size_t c = 0; c < cells->cells.size(); ++c) {
      const std::string& name = cells->cells[c];
      const bool ofResults = isFigureName(name) || std::find(resultColumns().begin(), resultColumns().end(),
                                                             name) != resultColumns().end();
      isParameter_.push_back(!ofResults);
      if (ofResults) continue;
      if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) {
        return Diagnostic{Severity::Error,
                          file_,
                          cells->position(c),
                          "S0204",
                          name.empty() ? "a column needs the name of a parameter in the first line"
                                       : inQuotes(name) + " has two columns; each parameter has one",
                          {}};
      }
      names.push_back(name);
    }
  }
  if (names.empty()) {
    return Diagnostic{Severity::Error,
                      file_,
                      {1, 1},
                      "S0204",
                      "the first line names the parameters, such as rows,columns; found none",
                      {}};
  }
  names_ = names;
  return names;
}

Result<std::optional<std::vector<std::optional<std::int64_t>>>> PointTable::readLine(std::string_view line) {
  using Values = std::vector<std::optional<std::int64_t>>;
  const auto cells = cellsOf(line, line_++);
  if (!cells) return std::optional<Values>();
  // One empty cell behind a last comma is left out, but here it is a value that is not given.
  std::vector<std::string> texts = cells->cells;
  if (texts.size() + 1 == isParameter_.size()) texts.emplace_back();
  // Reasons may have commas and quotes in them.
  if (texts.size() > isParameter_.size() && !isParameter_.back()) texts.resize(isParameter_.size());
  if (texts.size() != isParameter_.size()) {
    return Diagnostic{Severity::Error,
                      file_,
                      cells->position(0),
                      "S0205",
                      "the heading has " + std::to_string(isParameter_.size()) + " columns, this line " +
                          std::to_string(cells->cells.size()),
                      {}};
  }
  Values values;
  values.reserve(names_.size());
  for (std::size_t c = 0; c < texts.size(); ++c) {
    if (!isParameter_[c]) continue;
    const std::string& text = texts[c];
    const auto value = wholeNumber(text);
    if (!value && !text.empty()) {
      return Diagnostic{Severity::Error,
                        file_,
                        cells->position(c),
                        "S0205",
                        names_[values.size()] + ": " + whyNotWholeNumber(text),
                        {}};
    }
    values.push_back(value);
  }
  return std::optional<Values>(std::move(values));
}

}  // namespace taktwerk
