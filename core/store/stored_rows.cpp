// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stored_rows.h"

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

}  // namespace taktwerk
