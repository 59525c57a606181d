// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/space/judge.h"

namespace taktwerk {

/// Numbers that look random and are the same on every computer (SplitMix64: Steele, Lea, Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014).
class SeededNumbers {
 public:
  explicit SeededNumbers(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] std::uint64_t next();
  /// One of 0, …, end − 1, all as likely; `end` is at least 1.
  [[nodiscard]] std::int64_t below(std::int64_t end);

 private:
  std::uint64_t state_;
};

/// A hash by which the points of a sweep are dealt out to its shares.
[[nodiscard]] std::uint64_t scattered(std::int64_t number);

/// Samples are of this many points at most: their numbers are listed.
inline constexpr std::int64_t largestSample = 1'000'000;

/// How points are drawn, and how many.
struct SampleWish {
  enum class How : std::uint8_t { Random, LatinHypercube };
  How how = How::Random;
  std::int64_t wanted = 1;  ///< 1 to `largestSample`
  friend bool operator==(const SampleWish&, const SampleWish&) = default;
};
/// "random:200" or "lhs:200", as files and the command line write it; none of anything else.
[[nodiscard]] std::optional<SampleWish> parseSample(std::string_view text);

/// Points that were drawn, by their places in the grid, in the order they were drawn in.
struct Sample {
  std::vector<std::int64_t> places;
  /// Draws that hit no point: ruled out by a constraint, or one that is there already.
  std::int64_t missed = 0;
};

/// Draws different points: a value of each dimension by itself, all as likely. A larger sample of one seed
/// begins with the smaller. A space that has no more points than are wanted gives all, in the order of the
/// grid; one whose constraints leave hardly any may give fewer than are wanted.
[[nodiscard]] Sample drawRandom(const SpaceJudge& judge, std::int64_t wanted, std::uint64_t seed);

/// A Latin hypercube (McKay, Beckman, Conover, Technometrics 21, 1979): each dimension is cut into `wanted`
/// layers of equal probability, and each layer has one point. What constraints rule out, and what is there
/// already, is left out and counted as missed.
[[nodiscard]] Sample drawLatinHypercube(const SpaceJudge& judge, std::int64_t wanted, std::uint64_t seed);

}  // namespace taktwerk
