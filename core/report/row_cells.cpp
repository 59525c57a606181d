// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/row_cells.h"

#include <ostream>

#include "core/base/whole_number.h"
#include "core/sweep/figures.h"

namespace taktwerk {
namespace {

/// One call for each kind of value.
template <class... Calls>
struct Overloaded : Calls... {
  using Calls::operator()...;
};
template <class... Calls>
Overloaded(Calls...) -> Overloaded<Calls...>;

void writeMember(JsonWriter& json, const std::string& name, const RowCell& cell) {
  std::visit(Overloaded{[](std::monostate) {},
                        [&](double figure) {
                          if (const auto whole = exactWhole(figure)) {
                            json.member(name, *whole);
                          } else {
                            json.member(name, figure);
                          }
                        },
                        [&](const auto& value) { json.member(name, value); }},
             cell);
}

}  // namespace

std::string csvCell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c == '\n' || c == '\r' ? ' ' : c;  // a row is a line
  }
  return quoted + '"';
}

void writeCsvHeading(std::ostream& out, const std::vector<RowFileColumn>& columns) {
  for (std::size_t c = 0; c < columns.size(); ++c) out << (c == 0 ? "" : ",") << csvCell(columns[c].name);
  out << '\n';
}

void writeCsvRow(std::ostream& out, const std::vector<RowCell>& cells) {
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (c > 0) out << ',';
    std::visit(Overloaded{[](std::monostate) {}, [&](std::int64_t whole) { out << whole; },
                          [&](double figure) { out << figureText(figure); },
                          [&](bool yes) { out << (yes ? "true" : "false"); },
                          [&](const std::string& text) { out << csvCell(text); }},
               cells[c]);
  }
  out << '\n';
}

void writeJsonRow(JsonWriter& json, const std::vector<RowFileColumn>& columns,
                  const std::vector<RowCell>& cells) {
  json.openObject();
  bool inValues = false, hadValues = false;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    // The values are together, behind the point: an object even where there are none.
    if (c == 1 && !hadValues) json.openObject("values"), inValues = hadValues = true;
    if (inValues && !columns[c].isValue) json.closeObject(), inValues = false;
    writeMember(json, columns[c].name, cells[c]);
  }
  json.closeObject();
}

void writeJsonColumns(JsonWriter& json, const std::vector<RowFileColumn>& columns) {
  json.openArray("columns");
  for (const RowFileColumn& column : columns) {
    if (column.isValue) json.item(column.name);
  }
  json.closeArray();
}

}  // namespace taktwerk
