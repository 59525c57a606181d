// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sweep_table.h"

#include <limits>
#include <ostream>
#include <string>
#include <utility>

#include "core/sweep/wishes.h"

namespace taktwerk {
namespace {

/// Of a row whose figures are not known, or that has none, NaN.
double figureOf(const SweepRow& row, std::size_t place) {
  const bool known = row.state == PointState::Done && place < row.figures.size();
  return known ? row.figures[place] : std::numeric_limits<double>::quiet_NaN();
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

SweepCsv::SweepCsv(std::ostream& out, const Sweep& sweep)
    : out_(out), sweep_(sweep), figures_(shownFigures(sweep)) {
  out_ << "point";
  for (const SweepColumn& column : sweep.columns) out_ << ',' << csvCell(column.name);
  out_ << ",state,cycles,instructions,macs,exact,complete,missing_layers";
  for (const std::size_t place : figures_) out_ << ',' << csvCell(sweep.figures[place].name);
  out_ << ",reason\n";
}

void SweepCsv::add(const SweepRow& row) {
  out_ << row.point.number;
  for (std::size_t c = 0; c < sweep_.columns.size(); ++c) {
    out_ << ',' << csvCell(valueText(sweep_.columns[c], row.point.values[c]));
  }
  out_ << ',' << toString(row.state) << ',';
  if (row.state == PointState::Done) {
    out_ << row.cycles << ',' << row.instructions << ',' << row.macs << ',' << (row.exact ? "true" : "false")
         << ',' << (row.complete ? "true" : "false") << ',' << row.missingLayers;
  } else {
    out_ << ",,,,,";
  }
  for (const std::size_t place : figures_) out_ << ',' << figureText(figureOf(row, place));
  out_ << ',' << csvCell(row.reason) << '\n';
}

SweepJson::SweepJson(std::ostream& out, const Sweep& sweep)
    : out_(out), sweep_(sweep), figures_(shownFigures(sweep)), json_(out) {
  json_.openObject({}, JsonWriter::Layout::Lines);
  const Study& study = sweep.studies.front();
  if (sweep.studies.size() == 1) {
    json_.member("architecture", study.architecture->name);
    json_.member("network", study.network.path);
  }
  json_.openArray("columns");
  for (const SweepColumn& column : sweep.columns) json_.item(column.name);
  json_.closeArray();
  if (!sweep.objectives.empty()) {
    json_.openArray("objectives");
    for (const Objective& objective : sweep.objectives) json_.item(toString(objective));
    json_.closeArray();
  }
  json_.openArray("rows", JsonWriter::Layout::Lines);
}

void SweepJson::add(const SweepRow& row) {
  json_.openObject().member("point", row.point.number).openObject("values");
  for (std::size_t c = 0; c < sweep_.columns.size(); ++c) {
    const SweepColumn& column = sweep_.columns[c];
    const auto& value = row.point.values[c];
    if (!value) continue;
    if (column.words.empty()) {
      json_.member(column.name, *value);
    } else {
      json_.member(column.name, valueText(column, value));
    }
  }
  json_.closeObject().member("state", toString(row.state));
  if (row.state == PointState::Done) {
    json_.member("cycles", row.cycles)
        .member("instructions", row.instructions)
        .member("macs", row.macs)
        .member("exact", row.exact)
        .member("complete", row.complete)
        .member("missing_layers", row.missingLayers);
    for (const std::size_t place : figures_) json_.member(sweep_.figures[place].name, figureOf(row, place));
  }
  if (!row.reason.empty()) json_.member("reason", row.reason);
  json_.closeObject();
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
