// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/sample.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "core/base/whole_number.h"
#include "core/space/count.h"
#include "core/space/grid.h"

namespace taktwerk {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

/// Collects points by their places, each once.
class Collector {
 public:
  explicit Collector(const SpaceJudge& judge) : judge_(judge) {}

  /// Adds the point that these places lead to. False: none is there, or it is known.
  bool add(std::vector<std::int64_t> places) {
    const auto number = pointNumber(judge_, std::move(places));
    if (!number || !known_.insert(*number).second) return false;
    sample.places.push_back(*number);
    return true;
  }

  Sample sample;

 private:
  const SpaceJudge& judge_;
  std::unordered_set<std::int64_t> known_;
};

}  // namespace

std::uint64_t SeededNumbers::next() {
  state_ += 0x9E3779B97F4A7C15U;
  return mixed(state_);
}

std::int64_t SeededNumbers::below(std::int64_t end) {
  const auto size = static_cast<std::uint64_t>(end);
  // Of 2^64 numbers the last 2^64 mod size would favour some.
  const std::uint64_t over = (0 - size) % size;
  std::uint64_t number = next();
  while (number >= 0 - over && over > 0) number = next();
  return static_cast<std::int64_t>(number % size);
}

std::uint64_t scattered(std::int64_t number) {
  return mixed(static_cast<std::uint64_t>(number) + 0x9E3779B97F4A7C15U);
}

std::optional<SampleWish> parseSample(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view how = text.substr(0, colon);
  if (colon == std::string_view::npos || (how != "random" && how != "lhs")) return std::nullopt;
  const auto wanted = wholeNumber(text.substr(colon + 1));
  if (!wanted || *wanted < 1 || *wanted > largestSample) return std::nullopt;
  return SampleWish{how == "lhs" ? SampleWish::How::LatinHypercube : SampleWish::How::Random, *wanted};
}

Sample drawRandom(const SpaceJudge& judge, std::int64_t wanted, std::uint64_t seed) {
  const PointCount count = countPoints(judge);
  if (count.exact() && count.atMost <= wanted) {
    Sample all;
    GridWalk walk(std::make_shared<const SpaceJudge>(judge));
    while (const auto point = walk.next()) all.places.push_back(point->number);
    return all;
  }
  constexpr std::int64_t mostInVain = 1'000'000;
  SeededNumbers numbers(seed);
  Collector collector(judge);
  const auto& dimensions = judge.space().dimensions;
  std::int64_t inVain = 0;
  while (std::ssize(collector.sample.places) < wanted && inVain < mostInVain) {
    std::vector<std::int64_t> places;
    places.reserve(dimensions.size());
    for (const Dimension& dimension : dimensions) places.push_back(numbers.below(dimension.size()));
    const bool added = collector.add(std::move(places));
    collector.sample.missed += added ? 0 : 1;
    inVain = added ? 0 : inVain + 1;
  }
  return std::move(collector.sample);
}

Sample drawLatinHypercube(const SpaceJudge& judge, std::int64_t wanted, std::uint64_t seed) {
  SeededNumbers numbers(seed);
  const auto& dimensions = judge.space().dimensions;
  const auto layers = static_cast<std::size_t>(wanted);
  std::vector<std::int64_t> points(layers * dimensions.size());
  std::vector<std::int64_t> order(layers);
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    std::iota(order.begin(), order.end(), std::int64_t{0});
    for (std::size_t i = layers; i-- > 1;) {
      std::swap(order[i], order[static_cast<std::size_t>(numbers.below(static_cast<std::int64_t>(i) + 1))]);
    }
    const auto size = static_cast<Wide>(dimensions[d].size());
    for (std::size_t i = 0; i < layers; ++i) {
      // (layer + u) / wanted of the dimension, with u from 0 to 1 in steps of 2^-32.
      const auto within = static_cast<Wide>(numbers.next() >> 32U);
      const auto at = (static_cast<Wide>(order[i]) << 32U) + within;
      points[i * dimensions.size() + d] =
          static_cast<std::int64_t>(at * size / (static_cast<Wide>(wanted) << 32U));
    }
  }
  Collector collector(judge);
  for (auto first = points.begin(); first != points.end(); first += std::ssize(dimensions)) {
    collector.sample.missed += collector.add({first, first + std::ssize(dimensions)}) ? 0 : 1;
  }
  return std::move(collector.sample);
}

}  // namespace taktwerk
