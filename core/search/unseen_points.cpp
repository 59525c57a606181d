// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/unseen_points.h"

#include <algorithm>
#include <utility>

namespace taktwerk {

std::optional<std::int64_t> UnseenPoints::takeAt(const std::vector<std::int64_t>& places) {
  const auto number = pointNumber(*judge_, places);
  return number && take(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> UnseenPoints::takeNear(const std::vector<std::int64_t>& places,
                                                   SeededNumbers& numbers) {
  const auto& dimensions = judge_->space().dimensions;
  std::int64_t widest = 0;
  for (const Dimension& dimension : dimensions) widest = std::max(widest, dimension.size());
  for (std::int64_t step = 1; step < widest; step *= 2) {
    std::vector<std::pair<std::size_t, std::int64_t>> moves;  // a dimension and a place
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      const std::int64_t size = dimensions[d].size();
      if (dimensions[d].of == Dimension::Of::Parameter) {
        if (places[d] >= step) moves.emplace_back(d, places[d] - step);
        if (places[d] < size - step) moves.emplace_back(d, places[d] + step);
      } else if (step == 1) {
        for (std::int64_t place = 0; place < size; ++place) {
          if (place != places[d]) moves.emplace_back(d, place);
        }
      }
    }
    while (!moves.empty()) {
      std::swap(moves[static_cast<std::size_t>(numbers.below(std::ssize(moves)))], moves.back());
      std::vector<std::int64_t> moved = places;
      moved[moves.back().first] = moves.back().second;
      if (const auto number = takeAt(moved)) return number;
      moves.pop_back();
    }
  }
  return std::nullopt;
}

std::optional<std::int64_t> UnseenPoints::takeAny(SeededNumbers& numbers) {
  constexpr int mostDraws = 1000;
  const auto& dimensions = judge_->space().dimensions;
  std::vector<std::int64_t> places(dimensions.size());
  for (int draw = 0; draw < mostDraws && !rest_; ++draw) {
    for (std::size_t d = 0; d < places.size(); ++d) places[d] = numbers.below(dimensions[d].size());
    if (const auto number = takeAt(places)) return number;
  }
  // Few are left, or constraints leave few: one after the other, from somewhere round to there.
  if (!rest_) {
    restBegins_ = numbers.below(judge_->places());
    restEnds_ = judge_->places();
    rest_.emplace(judge_, restBegins_);
  }
  if (const auto number = takeOfRest()) return number;
  if (restBegins_ == 0 || leftToLookAt_ <= 0) return std::nullopt;
  restEnds_ = std::exchange(restBegins_, 0);
  rest_.emplace(judge_);
  return takeOfRest();
}

std::optional<std::int64_t> UnseenPoints::takeOfRest() {
  while (!rest_->atEnd() && leftToLookAt_ > 0) {
    const std::int64_t before = rest_->leftOut().looks;
    const auto point = rest_->next(leftToLookAt_);
    leftToLookAt_ -= rest_->leftOut().looks - before;
    if (!point || point->number >= restEnds_) break;
    if (take(point->number)) return point->number;
  }
  return std::nullopt;
}

}  // namespace taktwerk
