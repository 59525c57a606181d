// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/space/judge.h"

namespace taktwerk {

/// The places of the dimensions at a place of the grid, the last one fastest.
[[nodiscard]] std::vector<std::int64_t> placesAt(const Space& space, std::int64_t number);
[[nodiscard]] std::int64_t numberAt(const Space& space, const std::vector<std::int64_t>& places);

/// The number of the point that these places lead to: dimensions that are not varied there stand at their
/// first. None where a constraint rules it out.
[[nodiscard]] std::optional<std::int64_t> pointNumber(const SpaceJudge& judge,
                                                      std::vector<std::int64_t> places);

/// A point with its number: its place in the grid, or in a sample.
struct NumberedPoint {
  std::int64_t number = 0;
  SpacePoint point;
};

/// What a walk has left out so far. Places that a constraint rules out together are not all looked at.
struct LeftOut {
  std::int64_t looks = 0;   ///< judgements that found no point
  std::string firstReason;  ///< of the first that a constraint ruled out
};

/// Walks through the points of a grid in order without listing them.
///
///     GridWalk walk(judge);
///     while (const auto point = walk.next()) …
class GridWalk {
 public:
  /// Begins at a place of the grid.
  explicit GridWalk(std::shared_ptr<const SpaceJudge> judge, std::int64_t first = 0)
      : judge_(std::move(judge)), number_(first) {}
  /// None behind the last one, and after `mostLooks` places that are none, so that who asks can be stopped:
  /// unless it is `atEnd`, ask again.
  [[nodiscard]] std::optional<NumberedPoint> next(std::int64_t mostLooks = mostPlaces);
  [[nodiscard]] bool atEnd() const { return number_ >= judge_->places(); }
  [[nodiscard]] const LeftOut& leftOut() const { return leftOut_; }

 private:
  std::shared_ptr<const SpaceJudge> judge_;
  std::int64_t number_;  ///< the next to look at
  LeftOut leftOut_;
};

}  // namespace taktwerk
