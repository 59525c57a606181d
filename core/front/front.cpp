// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/front/front.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/front/front_keys.h"

namespace taktwerk {
namespace {

/// A point as it is sorted: values beside each other cost fewer misses of the cache than a list of numbers.
template <std::size_t Width>
struct Row {
  std::array<FrontKey, Width> keys;
  std::size_t point;
};

/// Passes on groups of equal points, best first: whatever dominates one stands in a group before it.
template <std::size_t Width, typename Keep>
std::vector<std::size_t> sweepSorted(const KeyedPoints& points, const Keep& keep) {
  std::vector<Row<Width>> rows(points.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::copy_n(points.row(r), Width, rows[r].keys.begin());
    rows[r].point = points.point[r];
  }
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.keys < b.keys; });
  std::vector<std::size_t> front;
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t end = first + 1;
    while (end < rows.size() && rows[end].keys == rows[first].keys) ++end;
    if (keep(rows[first].keys)) {
      for (std::size_t r = first; r < end; ++r) front.push_back(rows[r].point);
    }
    first = end;
  }
  return front;
}

std::vector<std::size_t> frontOfOne(const KeyedPoints& points) {
  std::vector<std::size_t> front;
  if (points.keys.empty()) return front;
  const FrontKey best = *std::min_element(points.keys.begin(), points.keys.end());
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (points.keys[r] == best) front.push_back(points.point[r]);
  }
  return front;
}

std::vector<std::size_t> frontOfTwo(const KeyedPoints& points) {
  FrontKey best = noKey;  // of the second objective, of all before
  return sweepSorted<2>(points, [&](const std::array<FrontKey, 2>& keys) {
    if (best <= keys[1]) return false;
    best = keys[1];
    return true;
  });
}

/// The least of the first so many numbers, where numbers only become less (Fenwick, "A new data structure for
/// cumulative frequency tables", 1994).
class PrefixMinima {
 public:
  explicit PrefixMinima(std::size_t size) : least_(size + 1, noKey) {}
  void lower(std::size_t place, FrontKey key) {
    for (std::size_t i = place + 1; i < least_.size(); i += i & (0 - i)) least_[i] = std::min(least_[i], key);
  }
  /// Of the places up to this one.
  [[nodiscard]] FrontKey upTo(std::size_t place) const {
    FrontKey least = noKey;
    for (std::size_t i = place + 1; i > 0; i &= i - 1) least = std::min(least, least_[i]);
    return least;
  }

 private:
  std::vector<FrontKey> least_;
};

std::vector<std::size_t> frontOfThree(const KeyedPoints& points) {
  std::vector<FrontKey> seconds(points.size());
  for (std::size_t r = 0; r < points.size(); ++r) seconds[r] = points.row(r)[1];
  std::sort(seconds.begin(), seconds.end());
  seconds.erase(std::unique(seconds.begin(), seconds.end()), seconds.end());
  PrefixMinima thirds(seconds.size());
  return sweepSorted<3>(points, [&](const std::array<FrontKey, 3>& keys) {
    const auto place =
        static_cast<std::size_t>(std::lower_bound(seconds.begin(), seconds.end(), keys[1]) - seconds.begin());
    if (thirds.upTo(place) <= keys[2]) return false;
    thirds.lower(place, keys[2]);
    return true;
  });
}

std::vector<std::size_t> frontOfMany(const KeyedPoints& points) {
  const std::vector<bool> dominated = dominatedByDivision(points);
  std::vector<std::size_t> front;
  for (std::size_t r = 0; r < points.size(); ++r) {
    if (!dominated[r]) front.push_back(points.point[r]);
  }
  return front;
}

}  // namespace

FrontKey frontKey(double value, bool larger) {
  constexpr FrontKey sign = FrontKey{1} << 63U;
  const auto bits = std::bit_cast<FrontKey>(value == 0 ? 0.0 : value);  // of the two zeros one
  // Of negative numbers the larger bits are the smaller number.
  const FrontKey ascending = (bits & sign) != 0 ? ~bits : bits | sign;
  return larger ? ~ascending : ascending;
}

KeyedPoints keyed(const std::vector<FrontColumn>& columns) {
  KeyedPoints points;
  points.width = columns.size();
  if (columns.empty()) return points;
  const std::size_t size = columns.front().values.size();
  for (const FrontColumn& column : columns) {
    if (column.values.size() != size) throw std::invalid_argument("columns of different lengths");
  }
  points.keys.reserve(size * columns.size());
  points.point.reserve(size);
  for (std::size_t p = 0; p < size; ++p) {
    const auto isMissing = [p](const FrontColumn& column) { return std::isnan(column.values[p]); };
    if (std::any_of(columns.begin(), columns.end(), isMissing)) continue;
    points.point.push_back(p);
    for (const FrontColumn& column : columns)
      points.keys.push_back(frontKey(column.values[p], column.larger));
  }
  return points;
}

std::vector<FrontColumn> columnsOf(const std::vector<std::vector<double>>& values) {
  std::vector<FrontColumn> columns;
  columns.reserve(values.size());
  for (const std::vector<double>& column : values) columns.push_back({column});
  return columns;
}

std::vector<std::size_t> nonDominated(const std::vector<FrontColumn>& columns) {
  const KeyedPoints points = keyed(columns);
  std::vector<std::size_t> front = points.width == 0   ? std::vector<std::size_t>()
                                   : points.width == 1 ? frontOfOne(points)
                                   : points.width == 2 ? frontOfTwo(points)
                                   : points.width == 3 ? frontOfThree(points)
                                                       : frontOfMany(points);
  std::sort(front.begin(), front.end());
  return front;
}

std::vector<std::size_t> nonDominated(const std::vector<std::vector<double>>& points,
                                      const std::vector<bool>& larger) {
  std::vector<std::vector<double>> values(
      larger.size(), std::vector<double>(points.size(), std::numeric_limits<double>::quiet_NaN()));
  for (std::size_t p = 0; p < points.size(); ++p) {
    for (std::size_t o = 0; o < points[p].size(); ++o) values[o][p] = points[p][o];
  }
  std::vector<FrontColumn> columns = columnsOf(values);
  for (std::size_t o = 0; o < larger.size(); ++o) columns[o].larger = larger[o];
  return nonDominated(columns);
}

}  // namespace taktwerk
