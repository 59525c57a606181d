// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/row_files.h"

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "core/report/json_writer.h"
#include "core/report/row_cells.h"

namespace taktwerk {
namespace {

/// The columns of a table as files have them: as `sweep` writes them, `cycles` before the counts of the
/// result and the other figures behind them.
std::vector<std::size_t> orderOf(const RowTable& table) {
  const std::vector<RowColumn>& columns = table.columns();
  const auto rank = [&](std::size_t c) {
    if (c <= table.stateColumn()) return 0;
    if (columns[c].of == RowColumn::Of::Text) return 4;
    if (columns[c].of != RowColumn::Of::Figure) return 2;
    return columns[c].name == "cycles" ? 1 : 3;
  };
  std::vector<std::size_t> order(columns.size());
  for (std::size_t c = 0; c < order.size(); ++c) order[c] = c;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return order;
}

std::vector<RowFileColumn> columnsOf(const RowTable& table, const std::vector<std::size_t>& order) {
  std::vector<RowFileColumn> columns;
  columns.reserve(order.size());
  for (const std::size_t c : order) {
    const RowColumn& column = table.columns()[c];
    const bool isValue = column.of == RowColumn::Of::Parameter || column.of == RowColumn::Of::Choice;
    columns.push_back({column.name, isValue});
  }
  return columns;
}

RowCell cellOf(const RowTable& table, std::size_t column, std::size_t row) {
  const RowColumn& of = table.columns()[column];
  if (of.isReal()) {
    if (table.state(row) != PointState::Done) return {};
    return table.number(column, row);
  }
  const std::int64_t value = table.whole(column, row);
  if (value == RowTable::none) return {};
  if (of.of == RowColumn::Of::Word) return value == 1;
  if (of.isWord() || of.of == RowColumn::Of::Text) return table.text(column, row);
  return value;
}

std::vector<RowCell> cellsOf(const RowTable& table, const std::vector<std::size_t>& order, std::size_t row) {
  std::vector<RowCell> cells;
  cells.reserve(order.size());
  for (const std::size_t c : order) cells.push_back(cellOf(table, c, row));
  return cells;
}

}  // namespace

void writeRowsAsCsv(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                    Progress& progress) {
  progress.total = static_cast<std::int64_t>(rows.size());
  const std::vector<std::size_t> order = orderOf(table);
  writeCsvHeading(out, columnsOf(table, order));
  for (const std::uint32_t row : rows) {
    if (progress.cancelled() || !out) return;
    writeCsvRow(out, cellsOf(table, order, row));
    progress.done.fetch_add(1, std::memory_order_relaxed);
  }
}

void writeJsonHead(JsonWriter& json, const RowFileHead& head, const std::vector<RowFileColumn>& columns) {
  if (!head.architecture.empty() || !head.network.empty()) {
    json.member("architecture", head.architecture);
    json.member("network", head.network);
  }
  writeJsonColumns(json, columns);
  if (head.objectives.empty()) return;
  json.openArray("objectives");
  for (const std::string& objective : head.objectives) json.item(objective);
  json.closeArray();
}

void writeRowsAsJson(std::ostream& out, const RowTable& table, std::span<const std::uint32_t> rows,
                     Progress& progress, const RowFileHead& head) {
  progress.total = static_cast<std::int64_t>(rows.size());
  const std::vector<std::size_t> order = orderOf(table);
  const std::vector<RowFileColumn> columns = columnsOf(table, order);
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines);
  writeJsonHead(json, head, columns);
  json.openArray("rows", JsonWriter::Layout::Lines);
  for (const std::uint32_t row : rows) {
    if (progress.cancelled() || !out) break;
    writeJsonRow(json, columns, cellsOf(table, order, row));
    progress.done.fetch_add(1, std::memory_order_relaxed);
  }
  json.closeArray().closeObject();
  out << '\n';
}

}  // namespace taktwerk
