// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/studies/study_tables.h"

#include "core/report/front_report.h"
#include "core/report/text_table.h"
#include "tests/studies/panels.h"
#include "tests/tables/tables.h"

namespace taktwerk::studies {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string both(const std::string& a, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : "(" + a + ") and (" + b + ')';
}

}  // namespace

std::string cyclesText(const SweptSpace& space, std::uint32_t row) {
  return (space.rows[row].complete ? "" : "≥ ") + groupedDigits(space.rows[row].cycles);
}

std::string decidesTable(const SweptSpace& space, const std::vector<Design>& designs,
                         const std::string& fetch) {
  Rows rows{{"design", "cycles", "times as fast", "MACs a cycle"}};
  if (!fetch.empty()) rows.front().push_back("cycles to fetch");
  rows.front().push_back("what decides");
  double first = 0;
  for (const Design& design : designs) {
    const std::uint32_t row = fastestWhere(space, design.condition);
    const auto cycles = static_cast<double>(space.rows[row].cycles);
    if (first == 0) first = cycles;
    rows.push_back({design.name, cyclesText(space, row), tables::fixed(first / cycles, 2),
                    tables::fixed(static_cast<double>(space.rows[row].macs) / cycles, 1)});
    if (!fetch.empty()) {
      const auto width = static_cast<std::int64_t>(space.table.number(columnNamed(space, fetch), row));
      rows.back().push_back(groupedDigits((space.rows[row].instructions + width - 1) / width));
    }
    rows.back().push_back(whatDecides(explained(space, row)));
  }
  return tables::markdown(rows, {"cycles", "times as fast", "MACs a cycle", "cycles to fetch"});
}

std::string emptyTable(const SweptSpace& space, const std::vector<Design>& designs) {
  Rows rows{{"design", "cycles", "what is emptiest for longest"}};
  for (const Design& design : designs) {
    const std::uint32_t row = fastestWhere(space, design.condition);
    const std::string empty = whatIsEmpty(explained(space, row));
    rows.push_back({design.name, cyclesText(space, row), empty.empty() ? "nothing" : empty});
  }
  return tables::markdown(rows, {"cycles"});
}

std::string frontTable(const SweptSpace& space, const std::string& condition,
                       const std::vector<std::string>& columns) {
  Rows rows{{"design"}};
  std::vector<std::string> numbers;
  for (const std::string& column : columns) {
    rows.front().push_back(shortName(column));
    numbers.push_back(shortName(column));
  }
  for (const Objective& objective : space.sweep->objectives) {
    const RowColumn& column = space.table.columns()[columnNamed(space, objective.figure)];
    const bool unit = !column.unit.empty() && column.unit != column.name;
    numbers.push_back(column.name + (unit ? ", " + column.unit : ""));
    rows.front().push_back(numbers.back());
  }
  std::size_t place = 0;
  for (const std::uint32_t row : frontOf(space, rowsWhere(space, condition))) {
    std::vector<std::string> cells{frontLetter(place++)};
    for (const std::string& column : columns) cells.push_back(valueOf(space, column, row));
    for (const Objective& objective : space.sweep->objectives)
      cells.push_back(figureInWords(space.table.number(columnNamed(space, objective.figure), row)));
    rows.push_back(std::move(cells));
  }
  return tables::markdown(rows, numbers);
}

std::string bestTable(const SweptSpace& space, const std::vector<Design>& designs,
                      const std::vector<Design>& conditions, const std::string& column) {
  Rows rows{{"design"}};
  std::vector<std::string> numbers;
  for (const Design& condition : conditions) {
    const std::string best =
        "best " + shortName(column) + (conditions.size() > 1 ? " (" + condition.name + ')' : "");
    for (const std::string& heading : {condition.name, best}) {
      rows.front().push_back(heading);
      numbers.push_back(heading);
    }
  }
  for (const Design& design : designs) {
    std::vector<std::string> cells{design.name};
    for (const Design& condition : conditions) {
      const std::uint32_t row = fastestWhere(space, both(design.condition, condition.condition));
      cells.push_back(cyclesText(space, row));
      cells.push_back(valueOf(space, column, row));
    }
    rows.push_back(std::move(cells));
  }
  return tables::markdown(rows, numbers);
}

}  // namespace taktwerk::studies
