// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stored_rows.h"

#include <algorithm>
#include <numeric>

namespace taktwerk {

RowTable rowTableOf(const StoredTable& stored, Progress& progress) {
  std::vector<SweepColumn> columns;
  columns.reserve(stored.columns.size());
  for (const StoredColumn& column : stored.columns) columns.push_back({column.name, column.words});
  std::vector<Figure> figures;
  figures.reserve(stored.figures.size());
  for (const StoredFigure& figure : stored.figures) figures.push_back(figure.figure);
  RowTable table(columns, figures);
  progress.total = static_cast<std::int64_t>(stored.size());
  SweepRow row;
  row.point.values.resize(columns.size());
  row.figures.resize(figures.size());
  for (std::size_t place = 0; place < stored.size() && !progress.cancelled(); ++place) {
    row.point.number = stored.numbers[place];
    for (std::size_t c = 0; c < columns.size(); ++c) row.point.values[c] = stored.columns[c].at(place);
    for (std::size_t f = 0; f < figures.size(); ++f) row.figures[f] = stored.figures[f].values[place];
    row.state = stored.states[place];
    row.reason = stored.reasonOf(place);
    row.instructions = stored.instructions[place];
    row.macs = stored.macs[place];
    row.exact = stored.exact[place] != 0;
    row.complete = stored.complete[place] != 0;
    row.missingLayers = stored.missingLayers[place];
    table.add(row);
    progress.done.fetch_add(1, std::memory_order_relaxed);
  }
  return table;
}

std::vector<std::uint32_t> rowsByPoint(const StoredTable& stored) {
  // Columns as they come depend on what was put in first.
  std::vector<const StoredColumn*> columns;
  columns.reserve(stored.columns.size());
  for (const StoredColumn& column : stored.columns) columns.push_back(&column);
  std::sort(columns.begin(), columns.end(),
            [](const StoredColumn* a, const StoredColumn* b) { return a->name < b->name; });
  std::vector<std::uint32_t> rows(stored.size());
  std::iota(rows.begin(), rows.end(), std::uint32_t{0});
  std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (stored.numbers[a] != stored.numbers[b]) return stored.numbers[a] < stored.numbers[b];
    for (const StoredColumn* column : columns) {
      const auto one = column->at(a), other = column->at(b);
      if (one != other) return one < other;
    }
    return false;
  });
  return rows;
}

}  // namespace taktwerk
