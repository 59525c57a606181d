// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/space/count.h"
#include "core/space/sample.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

/// Gives one point after the other, none at the end or once the progress is cancelled. Asked by one thread at
/// a time; it may wait for points, as a search script does.
using PointStream = std::function<std::optional<SweepPoint>(const Progress& progress)>;

/// Which points of a space are wanted.
struct PointChoice {
  enum class How : std::uint8_t { Grid, Random, LatinHypercube };
  How how = How::Grid;
  std::int64_t wanted = 0;  ///< of a sample
  std::uint64_t seed = 0;
  std::int64_t shard = 1, shards = 1;  ///< which share of them, from 1

  /// Chooses a sample.
  void draw(const SampleWish& sample);
};

/// Points of a space, ready to be run, with how many there are.
struct PointSupply {
  PointStream stream;  ///< in an order that is fast, see `gathered`
  PointCount count;    ///< of this share; of one of several shares of a grid, about so many
  bool aboutSo = false;
  std::int64_t missed = 0;  ///< of a sample: draws that were left out
  /// A few points of all corners, to measure what they cost.
  std::vector<SweepPoint> probes;
  Diagnostics problems;  ///< of the space, as `survey` finds them
};

/// The points that are chosen. Which share a point belongs to depends on its number alone.
[[nodiscard]] PointSupply pointsOf(const std::shared_ptr<const Sweep>& sweep, const PointChoice& choice);

/// Whether a point is one of a share.
[[nodiscard]] bool isOfShard(std::int64_t number, std::int64_t shard, std::int64_t shards);

}  // namespace taktwerk
