// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "core/front/front.h"
#include "tests/support/random.h"

namespace taktwerk::test {

/// Points of any number of objectives, by objective.
struct Points {
  std::vector<std::vector<double>> values;
  std::vector<bool> larger;

  [[nodiscard]] std::vector<FrontColumn> columns() const {
    std::vector<FrontColumn> columns = columnsOf(values);
    for (std::size_t o = 0; o < values.size(); ++o) columns[o].larger = larger[o];
    return columns;
  }
};

/// Whole numbers from 0 to `most`, so that many are equal.
inline Points randomPoints(Random& random, std::size_t objectives, std::size_t count, std::int64_t most) {
  Points points;
  for (std::size_t o = 0; o < objectives; ++o) {
    points.larger.push_back(random.chance(50));
    std::vector<double>& column = points.values.emplace_back();
    column.reserve(count);
    for (std::size_t p = 0; p < count; ++p) column.push_back(static_cast<double>(random.between(0, most)));
  }
  return points;
}

}  // namespace taktwerk::test
