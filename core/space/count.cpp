// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/count.h"

#include <vector>

namespace taktwerk {
namespace {

/// Moves to the next combination of a part's dimensions; false behind the last.
bool advance(const SpaceJudge& judge, const SpaceJudge::Part& part, std::vector<std::int64_t>& places) {
  for (std::size_t i = part.dimensions.size(); i-- > 0;) {
    const std::size_t d = part.dimensions[i];
    if (++places[d] < judge.space().dimensions[d].size()) return true;
    places[d] = 0;
  }
  return false;
}

}  // namespace

PointCount countPoints(const SpaceJudge& judge, std::int64_t mostLooks) {
  PointCount count{1, 1};
  std::vector<std::int64_t> places(judge.space().dimensions.size(), 0);
  for (const SpaceJudge::Part& part : judge.parts()) {
    std::int64_t combinations = 1;  // fits: the whole grid does
    for (const std::size_t d : part.dimensions) combinations *= judge.space().dimensions[d].size();
    std::int64_t atLeast = combinations, atMost = combinations;
    if (!part.free() && combinations > mostLooks) atLeast = 0;
    if (!part.free() && combinations <= mostLooks && combinations > 0) {
      mostLooks -= combinations;
      std::int64_t found = 0;
      do {
        found += judge.isPoint(part, places) ? 1 : 0;
      } while (advance(judge, part, places));
      atLeast = atMost = found;
    }
    count.atLeast *= atLeast;
    count.atMost *= atMost;
  }
  return count;
}

}  // namespace taktwerk
