// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/heat_map.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace taktwerk {

namespace {

/// NaN behind all numbers.
struct NoneLast {
  bool operator()(double a, double b) const {
    if (std::isnan(a) || std::isnan(b)) return !std::isnan(a) && std::isnan(b);
    return a < b;
  }
};
using Places = std::map<double, std::size_t, NoneLast>;

/// The places of a column's values, or none where there are too many.
Places placesOf(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t column) {
  Places places;
  for (const std::uint32_t row : rows) {
    places.emplace(table.number(column, row), 0);
    if (places.size() > HeatMap::mostValues) return {};
  }
  std::size_t next = 0;
  for (auto& [value, place] : places) place = next++;
  return places;
}

std::vector<double> valuesOf(const Places& places) {
  std::vector<double> values;
  for (const auto& [value, place] : places) values.push_back(value);
  return values;
}

}  // namespace

std::pair<double, double> HeatMap::range() const {
  bool any = false;
  std::pair<double, double> ends{0, 0};
  for (const HeatCell& cell : cells) {
    if (cell.rows == 0) continue;
    if (!any) ends = {cell.value, cell.value};
    any = true;
    ends.first = std::min(ends.first, cell.value);
    ends.second = std::max(ends.second, cell.value);
  }
  return ends;
}

HeatMap heatMapOf(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t x, std::size_t y,
                  std::size_t figure) {
  HeatMap map;
  const Places columns = placesOf(table, rows, x), lines = placesOf(table, rows, y);
  map.tooMany = !rows.empty() && (columns.empty() || lines.empty());
  if (map.tooMany || rows.empty()) return map;
  map.xs = valuesOf(columns);
  map.ys = valuesOf(lines);
  map.cells.resize(map.xs.size() * map.ys.size());
  const bool larger = table.columns()[figure].better == Figure::Better::More;
  for (const std::uint32_t row : rows) {
    const double value = table.number(figure, row);
    if (std::isnan(value)) continue;
    HeatCell& cell = map.cells[lines.find(table.number(y, row))->second * map.xs.size() +
                               columns.find(table.number(x, row))->second];
    if (cell.rows == 0 || (larger ? value > cell.value : value < cell.value)) {
      cell.value = value;
      cell.best = row;
    }
    cell.least = cell.rows == 0 ? value : std::min(cell.least, value);
    cell.most = cell.rows == 0 ? value : std::max(cell.most, value);
    ++cell.rows;
  }
  return map;
}

}  // namespace taktwerk
