// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "core/front/front_keys.h"

namespace taktwerk {
namespace {

using Rows = std::vector<std::size_t>;

/// Divide and conquer, as in the header: of rows sorted by all objectives the first half is solved, what is
/// left of it rules out rows of the second, and what is left of that is solved.
class Division {
 public:
  explicit Division(const KeyedPoints& points) : points_(points), dominated_(points.size(), false) {}

  /// Rows are different and in ascending order.
  void solve(const Rows& rows) {
    if (rows.size() <= few) {
      for (std::size_t i = 1; i < rows.size(); ++i)
        markByEach(std::span(rows).first(i), rows[i], points_.width - 1);
      return;
    }
    const auto middle = rows.begin() + std::ssize(rows) / 2;
    const Rows first(rows.begin(), middle), second(middle, rows.end());
    solve(first);
    mark(left(first), second, points_.width - 1);
    solve(left(second));
  }

  [[nodiscard]] std::vector<bool> takeDominated() { return std::move(dominated_); }

 private:
  static constexpr std::size_t few = 24;

  [[nodiscard]] FrontKey key(std::size_t row, std::size_t objective) const {
    return points_.keys[row * points_.width + objective];
  }
  [[nodiscard]] Rows left(const Rows& rows) const {
    Rows kept;
    kept.reserve(rows.size());
    for (const std::size_t row : rows) {
      if (!dominated_[row]) kept.push_back(row);
    }
    return kept;
  }

  /// Marks `row` if one of `rulers` is nowhere worse in the objectives from 1 to `last`.
  void markByEach(std::span<const std::size_t> rulers, std::size_t row, std::size_t last) {
    for (const std::size_t ruler : rulers) {
      if (dominated_[ruler]) continue;
      std::size_t o = 1;
      while (o <= last && key(ruler, o) <= key(row, o)) ++o;
      if (o <= last) continue;
      dominated_[row] = true;
      return;
    }
  }

  /// Marks each of `rows` for which one of `rulers` is nowhere worse in the objectives from 1 to `last`; in
  /// those that are not looked at, none of the rulers is.
  void mark(const Rows& rulers, const Rows& rows, std::size_t last) {
    if (rulers.empty() || rows.empty()) return;
    if (rulers.size() <= few || rows.size() <= few / 4) {
      for (const std::size_t row : rows) {
        if (!dominated_[row]) markByEach(rulers, row, last);
      }
      return;
    }
    if (last == 2) {
      markBySweep(rulers, rows);
      return;
    }
    const FrontKey middle = medianOf(rulers, rows, last);
    const std::array<Rows, 3> ruling = parted(rulers, last, middle), ruled = parted(rows, last, middle);
    mark(ruling[0], ruled[0], last);
    // What is at the middle or below is no worse there than what is at the middle or above.
    mark(joined(ruling[0], ruling[1]), left(joined(ruled[1], ruled[2])), last - 1);
    mark(ruling[2], left(ruled[2]), last);
  }

  /// `mark` of two objectives.
  void markBySweep(Rows rulers, Rows rows) {
    const auto byFirst = [this](std::size_t a, std::size_t b) { return key(a, 1) < key(b, 1); };
    std::sort(rulers.begin(), rulers.end(), byFirst);
    std::sort(rows.begin(), rows.end(), byFirst);
    FrontKey best = noKey;
    auto ruler = rulers.begin();
    for (const std::size_t row : rows) {
      for (; ruler != rulers.end() && key(*ruler, 1) <= key(row, 1); ++ruler)
        best = std::min(best, key(*ruler, 2));
      if (best <= key(row, 2)) dominated_[row] = true;
    }
  }

  [[nodiscard]] FrontKey medianOf(const Rows& a, const Rows& b, std::size_t objective) const {
    std::vector<FrontKey> keys;
    keys.reserve(a.size() + b.size());
    for (const Rows* rows : {&a, &b}) {
      for (const std::size_t row : *rows) keys.push_back(key(row, objective));
    }
    const auto middle = keys.begin() + std::ssize(keys) / 2;
    std::nth_element(keys.begin(), middle, keys.end());
    return *middle;
  }
  /// Below, at and above a value.
  [[nodiscard]] std::array<Rows, 3> parted(const Rows& rows, std::size_t objective, FrontKey middle) const {
    std::array<Rows, 3> parts;
    for (const std::size_t row : rows) {
      const FrontKey at = key(row, objective);
      parts[at < middle ? 0 : at == middle ? 1 : 2].push_back(row);
    }
    return parts;
  }
  [[nodiscard]] static Rows joined(const Rows& a, const Rows& b) {
    Rows both = a;
    both.insert(both.end(), b.begin(), b.end());
    return both;
  }

  const KeyedPoints& points_;
  std::vector<bool> dominated_;
};

}  // namespace

std::vector<bool> dominatedByDivision(const KeyedPoints& points) {
  Rows order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::size_t width = points.width;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(points.row(a), points.row(a) + width, points.row(b),
                                        points.row(b) + width);
  });
  // Of equal rows one stands for all.
  Rows distinct;
  std::vector<std::size_t> standsFor(points.size());
  for (const std::size_t row : order) {
    const bool isNew = distinct.empty() ||
                       !std::equal(points.row(row), points.row(row) + width, points.row(distinct.back()));
    if (isNew) distinct.push_back(row);
    standsFor[row] = distinct.back();
  }
  Division division(points);
  division.solve(distinct);
  std::vector<bool> dominated = division.takeDominated();
  for (std::size_t row = 0; row < points.size(); ++row) dominated[row] = dominated[standsFor[row]];
  return dominated;
}

}  // namespace taktwerk
