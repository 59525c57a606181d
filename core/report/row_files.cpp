// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/row_files.h"

#include <cmath>
#include <ostream>
#include <string>

#include "core/report/json_writer.h"
#include "core/report/sweep_table.h"

namespace taktwerk {
namespace {

void writeCell(JsonWriter& json, const RowTable& table, std::size_t column, std::uint32_t row) {
  const RowColumn& of = table.columns()[column];
  if (of.isReal()) {
    const double value = table.number(column, row);
    if (std::isnan(value)) return;
    if (value == std::floor(value) && std::abs(value) < 9e15) {
      json.member(of.name, static_cast<std::int64_t>(value));
    } else {
      json.member(of.name, value);
    }
    return;
  }
  const std::int64_t value = table.whole(column, row);
  if (value == RowTable::none) return;
  if (of.of == RowColumn::Of::Word) {
    json.member(of.name, value == 1);
  } else if (of.isWord() || of.of == RowColumn::Of::Text) {
    json.member(of.name, table.text(column, row));
  } else {
    json.member(of.name, value);
  }
}

bool isChosen(const RowColumn& column) {
  return column.of == RowColumn::Of::Parameter || column.of == RowColumn::Of::Choice;
}

}  // namespace

void writeRowsAsCsv(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                    Progress& progress) {
  progress.total = static_cast<std::int64_t>(rows.size());
  const std::size_t columns = table.columns().size();
  for (std::size_t c = 0; c < columns; ++c) out << (c == 0 ? "" : ",") << csvCell(table.columns()[c].name);
  out << '\n';
  for (const std::uint32_t row : rows) {
    if (progress.cancelled() || !out) return;
    for (std::size_t c = 0; c < columns; ++c) out << (c == 0 ? "" : ",") << csvCell(table.text(c, row));
    out << '\n';
    progress.done.fetch_add(1, std::memory_order_relaxed);
  }
}

void writeRowsAsJson(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                     Progress& progress) {
  progress.total = static_cast<std::int64_t>(rows.size());
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines).openArray("columns");
  for (const RowColumn& column : table.columns()) {
    if (isChosen(column)) json.item(column.name);
  }
  json.closeArray().openArray("rows", JsonWriter::Layout::Lines);
  for (const std::uint32_t row : rows) {
    if (progress.cancelled() || !out) break;
    json.openObject();
    writeCell(json, table, 0, row);
    json.openObject("values");
    for (std::size_t c = 1; c < table.stateColumn(); ++c) writeCell(json, table, c, row);
    json.closeObject();
    for (std::size_t c = table.stateColumn(); c < table.columns().size(); ++c) writeCell(json, table, c, row);
    json.closeObject();
    progress.done.fetch_add(1, std::memory_order_relaxed);
  }
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
