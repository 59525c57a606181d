// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/grid.h"

#include <utility>

namespace taktwerk {

std::vector<std::int64_t> placesAt(const Space& space, std::int64_t number) {
  std::vector<std::int64_t> places(space.dimensions.size());
  for (std::size_t d = places.size(); d-- > 0;) {
    const std::int64_t size = space.dimensions[d].size();
    places[d] = number % size;
    number /= size;
  }
  return places;
}

std::int64_t numberAt(const Space& space, const std::vector<std::int64_t>& places) {
  std::int64_t number = 0;
  for (std::size_t d = 0; d < places.size(); ++d) number = number * space.dimensions[d].size() + places[d];
  return number;
}

std::optional<std::int64_t> pointNumber(const SpaceJudge& judge, std::vector<std::int64_t> places) {
  Judgement judgement = judge.judge(places);
  while (judgement.is == Judgement::Is::Repeated) {
    places[judgement.repeats] = 0;
    judgement = judge.judge(places);
  }
  if (judgement.is != Judgement::Is::Point) return std::nullopt;
  return numberAt(judge.space(), places);
}

std::optional<NumberedPoint> GridWalk::next(std::int64_t mostLooks) {
  const Space& space = judge_->space();
  for (std::int64_t look = 0; look < mostLooks && number_ < judge_->places(); ++look) {
    const std::int64_t number = number_;
    Judgement judgement = judge_->judge(placesAt(space, number));
    if (judgement.is == Judgement::Is::Point) {
      ++number_;
      return NumberedPoint{number, std::move(judgement.point)};
    }
    ++leftOut_.looks;
    if (judgement.is == Judgement::Is::Excluded && leftOut_.firstReason.empty()) {
      leftOut_.firstReason = std::move(judgement.reason);
    }
    // Whatever the dimensions behind the last one that matters are, it is the same.
    std::int64_t behind = 1;
    for (std::size_t d = judgement.last + 1; d < space.dimensions.size(); ++d) {
      behind *= space.dimensions[d].size();
    }
    number_ = (number / behind + 1) * behind;
  }
  return std::nullopt;
}

}  // namespace taktwerk
