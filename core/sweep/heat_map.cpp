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
/// The values of a column with their places, or none where there are too many.
class Places {
 public:
  Places(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t column,
         const std::vector<double>& ranks)
      : ranks_(ranks) {
    for (const std::uint32_t row : rows) {
      const double value = table.number(column, row);
      values_.emplace(keyOf(value), std::pair(value, std::size_t{0}));
      if (values_.size() > HeatMap::mostValues) {
        values_.clear();
        return;
      }
    }
    std::size_t next = 0;
    for (auto& [key, value] : values_) value.second = next++;
  }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] std::size_t of(double value) const { return values_.find(keyOf(value))->second.second; }
  [[nodiscard]] std::vector<double> inOrder() const {
    std::vector<double> values;
    for (const auto& [key, value] : values_) values.push_back(value.first);
    return values;
  }

 private:
  [[nodiscard]] double keyOf(double value) const {
    return ranks_.empty() || std::isnan(value) ? value : ranks_[static_cast<std::size_t>(value)];
  }
  const std::vector<double>& ranks_;
  std::map<double, std::pair<double, std::size_t>, NoneLast> values_;
};

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
                  std::size_t figure, const std::vector<double>& xRanks, const std::vector<double>& yRanks) {
  HeatMap map;
  const Places columns(table, rows, x, xRanks), lines(table, rows, y, yRanks);
  map.tooMany = !rows.empty() && (columns.empty() || lines.empty());
  if (map.tooMany || rows.empty()) return map;
  map.xs = columns.inOrder();
  map.ys = lines.inOrder();
  map.cells.resize(map.xs.size() * map.ys.size());
  const bool larger = table.columns()[figure].better == Figure::Better::More;
  for (const std::uint32_t row : rows) {
    const double value = table.number(figure, row);
    if (std::isnan(value)) continue;
    HeatCell& cell =
        map.cells[lines.of(table.number(y, row)) * map.xs.size() + columns.of(table.number(x, row))];
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
