// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/space/grid.h"
#include "core/space/judge.h"
#include "core/space/sample.h"

namespace taktwerk {

/// Hands out the points of a space, by their numbers in the grid, each once.
class UnseenPoints {
 public:
  explicit UnseenPoints(std::shared_ptr<const SpaceJudge> judge) : judge_(std::move(judge)) {}

  /// The point, unless it was handed out already.
  bool take(std::int64_t number) { return seen_.insert(number).second; }
  /// The point at these places; none: none is there, or it was handed out.
  [[nodiscard]] std::optional<std::int64_t> takeAt(const std::vector<std::int64_t>& places);
  /// A point that differs in one dimension: by one place, or else by two, four, …; of those with equal
  /// distance any. Alternatives have no order, so all are near.
  [[nodiscard]] std::optional<std::int64_t> takeNear(const std::vector<std::int64_t>& places,
                                                     SeededNumbers& numbers);
  /// Any point. None: none is left, or so few that two million places were looked at in vain.
  [[nodiscard]] std::optional<std::int64_t> takeAny(SeededNumbers& numbers);

 private:
  /// The next of the walk through all places.
  [[nodiscard]] std::optional<std::int64_t> takeOfRest();

  std::shared_ptr<const SpaceJudge> judge_;
  std::unordered_set<std::int64_t> seen_;
  std::optional<GridWalk> rest_;  ///< once draws are in vain
  std::int64_t restBegins_ = 0;   ///< 0 once it came round
  std::int64_t restEnds_ = 0;
  std::int64_t leftToLookAt_ = 2'000'000;  ///< places that are no points
};

}  // namespace taktwerk
