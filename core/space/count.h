// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/space/judge.h"

namespace taktwerk {

/// How many points a space has, as far as that is known.
struct PointCount {
  std::int64_t atLeast = 0;
  std::int64_t atMost = 0;
  [[nodiscard]] bool exact() const { return atLeast == atMost; }
  friend bool operator==(const PointCount&, const PointCount&) = default;
};

/// Counts the points. Parts of the space that conditions do not relate are multiplied; of each part that they
/// do, every combination is looked at, up to `mostLooks` in all: beyond that only bounds are known.
[[nodiscard]] PointCount countPoints(const SpaceJudge& judge, std::int64_t mostLooks = 1'000'000);

/// What such a look at a space finds.
struct SpaceSurvey {
  PointCount count;
  /// Expressions that cannot be computed at some points (a warning each, S0111, with the first such values);
  /// that there is no point at all (an error, S0112, with what rules out the first combination).
  Diagnostics problems;
};
[[nodiscard]] SpaceSurvey survey(const SpaceJudge& judge, std::int64_t mostLooks = 1'000'000);

}  // namespace taktwerk
