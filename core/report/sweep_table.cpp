// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweep_table.h"

#include <limits>
#include <ostream>
#include <string>
#include <utility>

#include "core/sweep/wishes.h"

namespace taktwerk {
namespace {

/// Of a row whose figures are not known NaN.
double figureOf(const SweepRow& row, std::size_t place) {
  return place < row.figures.size() ? row.figures[place] : std::numeric_limits<double>::quiet_NaN();
}

std::vector<RowFileColumn> columnsOf(const Sweep& sweep, const std::vector<std::size_t>& figures) {
  std::vector<RowFileColumn> columns{{"point"}};
  for (const SweepColumn& column : sweep.columns) columns.push_back({column.name, true});
  for (const char* name : {"state", "cycles", "instructions", "macs", "exact", "complete", "missing_layers"})
    columns.push_back({name});
  for (const std::size_t place : figures) columns.push_back({sweep.figures[place].name});
  columns.push_back({"reason"});
  return columns;
}

/// The cells of a row, as `columnsOf` has their names.
std::vector<RowCell> cellsOf(const Sweep& sweep, const std::vector<std::size_t>& figures,
                             const SweepRow& row) {
  std::vector<RowCell> cells;
  cells.reserve(sweep.columns.size() + figures.size() + 9);
  cells.emplace_back(row.point.number);
  for (std::size_t c = 0; c < sweep.columns.size(); ++c) {
    const SweepColumn& column = sweep.columns[c];
    const auto& value = row.point.values[c];
    RowCell& cell = cells.emplace_back();
    if (value && column.words.empty()) cell = *value;
    if (value && !column.words.empty()) cell = valueText(column, value);
  }
  cells.emplace_back(std::string(toString(row.state)));
  if (row.state == PointState::Done) {
    for (const std::int64_t count : {row.cycles, row.instructions, row.macs}) cells.emplace_back(count);
    for (const bool is : {row.exact, row.complete}) cells.emplace_back(is);
    cells.emplace_back(row.missingLayers);
    for (const std::size_t place : figures) cells.emplace_back(figureOf(row, place));
  } else {
    cells.resize(cells.size() + 6 + figures.size());
  }
  RowCell& reason = cells.emplace_back();
  if (!row.reason.empty()) reason = row.reason;
  return cells;
}

}  // namespace

RowFileHead rowFileHeadOf(const Sweep& sweep) {
  RowFileHead head;
  if (sweep.studies.size() == 1) {
    head.architecture = sweep.studies.front().architecture->name;
    head.network = sweep.studies.front().network.path;
  }
  for (const Objective& objective : sweep.objectives) head.objectives.push_back(toString(objective));
  return head;
}

SweepCsv::SweepCsv(std::ostream& out, const Sweep& sweep)
    : out_(out), sweep_(sweep), figures_(shownFigures(sweep)) {
  writeCsvHeading(out, columnsOf(sweep, figures_));
}

void SweepCsv::add(const SweepRow& row) {
  writeCsvRow(out_, cellsOf(sweep_, figures_, row));
}

SweepJson::SweepJson(std::ostream& out, const Sweep& sweep)
    : out_(out),
      sweep_(sweep),
      figures_(shownFigures(sweep)),
      columns_(columnsOf(sweep, figures_)),
      json_(out) {
  json_.openObject({}, JsonWriter::Layout::Lines);
  writeJsonHead(json_, rowFileHeadOf(sweep), columns_);
  json_.openArray("rows", JsonWriter::Layout::Lines);
}

void SweepJson::add(const SweepRow& row) {
  writeJsonRow(json_, columns_, cellsOf(sweep_, figures_, row));
}

JsonWriter& SweepJson::closeRows() {
  if (std::exchange(rowsOpen_, false)) json_.closeArray();
  return json_;
}

void SweepJson::finish() {
  closeRows().closeObject();
  out_ << '\n';
}

}  // namespace taktwerk
