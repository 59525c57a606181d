// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/suggest.h"

#include <algorithm>
#include <set>

namespace taktwerk {
namespace {

constexpr std::size_t mostListed = 16;
constexpr std::int64_t mostOfRange = 8;
constexpr std::int64_t farthest = std::int64_t{1} << 60;  ///< four times of which still is a number

bool isLegal(const KnownRange& range, std::int64_t value) {
  if (!range.values.empty()) {
    return std::find(range.values.begin(), range.values.end(), value) != range.values.end();
  }
  if ((range.least && value < *range.least) || (range.most && value > *range.most)) return false;
  return range.step <= 1 || (value - range.least.value_or(0)) % range.step == 0;
}

/// How many values a range has, if that is a handful.
bool isSmall(const KnownRange& range) {
  if (!range.values.empty() || !range.least || !range.most || *range.most < *range.least) return false;
  const std::int64_t step = std::max<std::int64_t>(range.step, 1);
  return *range.least > -farthest && *range.most < farthest &&
         (*range.most - *range.least) / step < mostOfRange;
}

}  // namespace

DimensionValues suggestValues(const KnownRange& range) {
  if (!range.values.empty() && range.values.size() <= mostListed) return range.values;
  if (isSmall(range)) return ValueRange{*range.least, *range.most, std::max<std::int64_t>(range.step, 1)};
  std::set<std::int64_t> values;
  const std::int64_t now = std::clamp(range.now, -farthest, farthest);
  for (const std::int64_t value : {now / 2, now, 2 * now, 4 * now}) {
    const bool halfOfOne = value == 0 && now != 0;
    if (!halfOfOne && isLegal(range, value)) values.insert(value);
  }
  // Doubling leads nowhere from 0, and bounds may leave hardly anything: then the next ones up and down.
  const std::int64_t step = std::max<std::int64_t>(range.step, 1);
  const std::int64_t farthestAway = values.size() < 2 ? 2 : 0;
  for (std::int64_t away = 1; away <= farthestAway; ++away) {
    for (const std::int64_t value : {now + away * step, now - away * step}) {
      if (value >= std::min<std::int64_t>(now, 0) && isLegal(range, value)) values.insert(value);
    }
  }
  if (values.empty()) values.insert(range.now);
  return std::vector<std::int64_t>(values.begin(), values.end());
}

}  // namespace taktwerk
