// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/row_view.h"

#include <algorithm>
#include <cmath>

namespace taktwerk {
namespace {

constexpr std::size_t rowsBetweenLooks = 1 << 16;

/// Whether a column's numbers tell its order: alternatives and sentences stand by their letters.
bool hasKeys(const RowTable& table, const RowOrder& order) {
  const RowColumn::Of of = table.columns()[order.column].of;
  return of != RowColumn::Of::Text && of != RowColumn::Of::Choice;
}

/// Whether row `a` stands before row `b`.
bool isBefore(const RowTable& table, const RowOrder& order, std::uint32_t a, std::uint32_t b) {
  const double left = table.number(order.column, a), right = table.number(order.column, b);
  if (std::isnan(left) || std::isnan(right)) {
    return std::isnan(left) == std::isnan(right) ? a < b : std::isnan(right);
  }
  const int compared = hasKeys(table, order) ? (left < right   ? -1
                                                : left > right ? 1
                                                               : 0)
                                             : table.compare(order.column, a, b);
  if (compared == 0) return a < b;
  return (compared < 0) != order.descending;
}

/// Numbers sort by keys beside their rows, which is several times faster than asking the table.
void sortByKeys(const RowTable& table, const RowOrder& order, std::vector<std::uint32_t>& rows) {
  struct Keyed {
    double key;
    std::uint32_t row;
  };
  std::vector<Keyed> keyed;
  keyed.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const double key = table.number(order.column, row);
    keyed.push_back({order.descending ? -key : key, row});
  }
  std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
    const bool noneA = std::isnan(a.key), noneB = std::isnan(b.key);
    if (noneA || noneB) return noneA == noneB ? a.row < b.row : noneB;
    return a.key != b.key ? a.key < b.key : a.row < b.row;
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = keyed[i].row;
}

}  // namespace

std::vector<std::uint32_t> shownRows(const RowTable& table, const RowFilter& filter,
                                     const std::optional<RowOrder>& order, const Progress& progress) {
  std::vector<std::uint32_t> rows;
  for (std::size_t begin = 0; begin < table.rows() && !progress.cancelled(); begin += rowsBetweenLooks) {
    filter.select(table, begin, std::min(begin + rowsBetweenLooks, table.rows()), rows);
  }
  if (!order || progress.cancelled()) return rows;
  if (hasKeys(table, *order)) {
    sortByKeys(table, *order, rows);
  } else {
    std::sort(rows.begin(), rows.end(),
              [&](std::uint32_t a, std::uint32_t b) { return isBefore(table, *order, a, b); });
  }
  return rows;
}

std::vector<std::uint32_t> takeRows(const RowTable& table, std::size_t first, const RowFilter& filter,
                                    const std::optional<RowOrder>& order, std::vector<std::uint32_t>& shown) {
  std::vector<std::uint32_t> fresh;
  filter.select(table, first, table.rows(), fresh);
  const auto inFront = [&](std::uint32_t a, std::uint32_t b) { return isBefore(table, *order, a, b); };
  std::vector<std::uint32_t> places;
  places.reserve(fresh.size());
  const std::size_t had = shown.size();
  if (order) {
    std::sort(fresh.begin(), fresh.end(), inFront);
    auto from = shown.begin();
    for (const std::uint32_t row : fresh) {
      from = std::upper_bound(from, shown.end(), row, inFront);
      places.push_back(static_cast<std::uint32_t>(from - shown.begin()) +
                       static_cast<std::uint32_t>(places.size()));
    }
  } else {
    for (std::size_t i = 0; i < fresh.size(); ++i) places.push_back(static_cast<std::uint32_t>(had + i));
  }
  // From behind, so that each row is moved once.
  shown.resize(had + fresh.size());
  std::size_t end = had;
  for (std::size_t i = fresh.size(); i > 0; --i) {
    const std::size_t place = places[i - 1];
    const std::size_t old = place - (i - 1);  // of the rows there before, so many stand in front
    std::move_backward(shown.begin() + static_cast<std::ptrdiff_t>(old),
                       shown.begin() + static_cast<std::ptrdiff_t>(end),
                       shown.begin() + static_cast<std::ptrdiff_t>(end + i));
    shown[place] = fresh[i - 1];
    end = old;
  }
  return places;
}

}  // namespace taktwerk
