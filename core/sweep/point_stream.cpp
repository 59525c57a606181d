// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/point_stream.h"

#include <algorithm>
#include <utility>

#include "core/space/grid.h"
#include "core/space/sample.h"
#include "core/sweep/gathered.h"

namespace taktwerk {
namespace {

constexpr std::int64_t probesWanted = 9;
constexpr std::int64_t looksBeforeSample = 100'000;
constexpr std::int64_t looksBetween = 1000;  ///< places between two looks at whether to stop

std::optional<SweepPoint> nextOfGrid(GridWalk& walk, const Sweep& sweep, const PointChoice& choice,
                                     const Progress& progress) {
  while (!walk.atEnd() && !progress.cancelled()) {
    const auto point = walk.next(looksBetween);
    if (!point || !isOfShard(point->number, choice.shard, choice.shards)) continue;
    return sweepPoint(sweep, *point);
  }
  return std::nullopt;
}

PointSupply fromGrid(const std::shared_ptr<const Sweep>& sweep, const PointChoice& choice) {
  PointSupply supply;
  SpaceSurvey found = survey(*sweep->judge);
  supply.problems = std::move(found.problems);
  supply.count = found.count;
  supply.aboutSo = choice.shards > 1;
  supply.count.atLeast /= choice.shards;
  supply.count.atMost =
      supply.count.atMost / choice.shards + (supply.count.atMost % choice.shards > 0 ? 1 : 0);
  if (supply.aboutSo) supply.count.atLeast = supply.count.exact() ? supply.count.atLeast : 0;
  const auto walk = std::make_shared<GridWalk>(sweep->judge);
  supply.stream = [sweep, walk, choice](const Progress& progress) {
    return nextOfGrid(*walk, *sweep, choice, progress);
  };
  const std::int64_t places = sweep->judge->places();
  const std::int64_t probes = std::min(probesWanted, places);
  std::int64_t last = -1;
  for (std::int64_t i = 0; i < probes; ++i) {
    const std::int64_t first = static_cast<std::int64_t>(
        static_cast<double>(places) * static_cast<double>(i) / static_cast<double>(probes));
    GridWalk probe(sweep->judge, std::max(first, last + 1));
    const auto point = probe.next(looksBetween);
    if (!point) continue;
    last = point->number;
    supply.probes.push_back(sweepPoint(*sweep, *point));
  }
  return supply;
}

PointSupply fromSample(const std::shared_ptr<const Sweep>& sweep, const PointChoice& choice) {
  Sample sample = choice.how == PointChoice::How::Random
                      ? drawRandom(*sweep->judge, choice.wanted, choice.seed)
                      : drawLatinHypercube(*sweep->judge, choice.wanted, choice.seed);
  PointSupply supply;
  supply.problems = survey(*sweep->judge, looksBeforeSample).problems;
  supply.missed = sample.missed;
  const auto places = std::make_shared<const std::vector<std::int64_t>>(std::move(sample.places));
  const std::int64_t all = std::ssize(*places);
  const auto at = [sweep, places](std::int64_t number) {
    const SpaceJudge& judge = *sweep->judge;
    Judgement judged = judge.judge(placesAt(judge.space(), (*places)[static_cast<std::size_t>(number)]));
    return sweepPoint(*sweep, NumberedPoint{number, std::move(judged.point)});
  };
  std::int64_t own = 0;
  for (std::int64_t number = 0; number < all; ++number) {
    own += isOfShard(number, choice.shard, choice.shards) ? 1 : 0;
  }
  supply.count = {own, own};
  const auto next = std::make_shared<std::int64_t>(0);
  supply.stream = [at, next, all, choice](const Progress& progress) -> std::optional<SweepPoint> {
    while (*next < all && !isOfShard(*next, choice.shard, choice.shards)) ++*next;
    if (*next >= all || progress.cancelled()) return std::nullopt;
    return at((*next)++);
  };
  const std::int64_t probes = std::min(probesWanted, all);
  for (std::int64_t i = 0; i < probes; ++i) supply.probes.push_back(at(all * i / probes));
  return supply;
}

}  // namespace

bool isOfShard(std::int64_t number, std::int64_t shard, std::int64_t shards) {
  return shards == 1 ||
         scattered(number) % static_cast<std::uint64_t>(shards) == static_cast<std::uint64_t>(shard - 1);
}

void PointChoice::draw(const SampleWish& sample) {
  how = sample.how == SampleWish::How::Random ? How::Random : How::LatinHypercube;
  wanted = sample.wanted;
}

PointSupply pointsOf(const std::shared_ptr<const Sweep>& sweep, const PointChoice& choice) {
  PointSupply supply =
      choice.how == PointChoice::How::Grid ? fromGrid(sweep, choice) : fromSample(sweep, choice);
  supply.stream = gathered(sweep, std::move(supply.stream));
  return supply;
}

}  // namespace taktwerk
