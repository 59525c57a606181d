// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/studies/panels.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace taktwerk::studies {
namespace {

constexpr std::size_t across = 2;

void place(std::vector<Panel>& panels, double height) {
  const std::size_t columns = std::min(across, panels.size());
  const double width = (Picture::width - 2 * Picture::margin) / static_cast<double>(columns);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const std::size_t line = i / columns;
    panels[i].box = {Picture::margin + width * static_cast<double>(i % columns),
                     pictureTop + height * static_cast<double>(line), width, height};
  }
}

}  // namespace

std::size_t columnNamed(const SweptSpace& space, const std::string& name) {
  const auto column = space.table.find(name);
  if (!column) throw std::runtime_error(space.file + ": it has no column " + name);
  return *column;
}

std::string shortName(const std::string& column) {
  const std::size_t dot = column.find('.');
  return dot == std::string::npos ? column : column.substr(dot + 1);
}

ColumnScale axisScale(std::size_t column, double least, double most) {
  ColumnScale scale;
  scale.column = column;
  constexpr double far = 5, room = 0.04;
  scale.logarithmic = least > 0 && most >= far * least;
  const double beyond = scale.logarithmic ? std::pow(most / least, room) : (most - least) * room;
  scale.least = scale.logarithmic ? least / beyond : least - beyond;
  scale.most = scale.logarithmic ? most * beyond : most + beyond;
  return scale;
}

std::string valueLabel(const SweptSpace& space, std::size_t column, double value) {
  const RowColumn& of = space.table.columns()[column];
  const bool whole = !of.isWord() && !of.isReal() && !std::isnan(value);
  return whole ? std::to_string(static_cast<std::int64_t>(value)) : axisLabel(space.table, column, value);
}

std::string ofScale(const ColumnScale& scale) {
  return scale.logarithmic ? " (log)" : "";
}

std::vector<Panel> panelsOf(const SweptSpace& space, const PictureWish& wish, double panelHeight) {
  const std::vector<std::uint32_t> rows = rowsWhere(space, wish.condition);
  if (rows.empty()) throw std::runtime_error(space.file + ": no rows where " + wish.condition);
  std::vector<Panel> panels;
  if (wish.panels.empty()) {
    panels.push_back({{}, rows, {}, {}, {}});
  } else {
    const std::size_t column = columnNamed(space, wish.panels);
    std::vector<double> values;
    for (const std::uint32_t row : rows) {
      const double value = space.table.number(column, row);
      auto at = std::find(values.begin(), values.end(), value);
      if (at == values.end()) {
        values.push_back(value);
        const bool word = space.table.columns()[column].isWord();
        panels.push_back(
            {(word ? "" : shortName(wish.panels) + ' ') + valueLabel(space, column, value), {}, {}, {}, {}});
        at = values.end() - 1;
      }
      panels[static_cast<std::size_t>(at - values.begin())].rows.push_back(row);
    }
  }
  const std::size_t x = columnNamed(space, wish.x), y = columnNamed(space, wish.y),
                    figure = columnNamed(space, wish.figure);
  for (Panel& panel : panels) {
    panel.map = heatMapOf(space.table, panel.rows, x, y, figure);
    panel.range = panel.map.range();
  }
  if (wish.shared) {
    auto all = panels.front().range;
    for (const Panel& panel : panels)
      all = {std::min(all.first, panel.range.first), std::max(all.second, panel.range.second)};
    for (Panel& panel : panels) panel.range = all;
  }
  place(panels, panelHeight);
  return panels;
}

double bottomOf(const std::vector<Panel>& panels) {
  return panels.back().box.top + panels.back().box.height;
}

std::vector<std::string> notesOf(const SweptSpace& space, const PictureWish& wish) {
  std::vector<std::string> notes = wish.notes;
  for (std::string& note : standingOf(space, rowsWhere(space, wish.condition)))
    notes.push_back(std::move(note));
  return notes;
}

}  // namespace taktwerk::studies
