// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/fit.h"

#include <algorithm>
#include <limits>

namespace taktwerk {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
constexpr std::int64_t coarse = 8;  ///< steps over a dimension at first
constexpr int mostTurns = 50;
constexpr std::int64_t few = 8;         ///< values of a dimension, each of which the others are tried with
constexpr std::int64_t mostTimes = 64;  ///< the last turn's way; with `mostPlaces` it fits 64 bits

}  // namespace

Fit::Fit(std::vector<std::int64_t> sizes, FitLoss loss, std::function<bool()> stopped)
    : sizes_(std::move(sizes)), loss_(std::move(loss)), stopped_(std::move(stopped)) {}

double Fit::lossAt(const FitPoint& point) {
  const auto found =
      std::lower_bound(known_.begin(), known_.end(), point,
                       [](const auto& each, const FitPoint& wanted) { return each.first < wanted; });
  if (found != known_.end() && found->first == point) return found->second;
  if (stopped_()) return std::numeric_limits<double>::infinity();
  const double loss = loss_(point);
  known_.emplace(found, point, loss);
  return loss;
}

/// The best place along a dimension: coarse steps over all of it, then ever finer ones around the best.
void Fit::along(FitPoint& point, std::size_t dimension) {
  const std::int64_t size = sizes_[dimension];
  double best = lossAt(point);
  std::int64_t at = point[dimension];
  const auto look = [&](std::int64_t place) {
    if (place < 0 || place >= size) return;
    point[dimension] = place;
    const double loss = lossAt(point);
    if (loss < best) {
      best = loss;
      at = place;
    }
  };
  std::int64_t step = std::max<std::int64_t>((size - 1) / coarse, 1);
  for (std::int64_t place = 0; place < size; place += step) look(place);
  look(size - 1);
  while (true) {
    const std::int64_t before = at;
    look(before - step);
    look(before + step);
    if (at != before) continue;
    if (step == 1) break;
    step = (step + 1) / 2;
  }
  point[dimension] = at;
}

/// Goes on where the last turn went, further each time, as long as that is better.
void Fit::onwards(FitPoint& point, const FitPoint& before, std::size_t fixed) {
  double best = lossAt(point);
  for (std::int64_t times = 1; times <= mostTimes; times *= 2) {
    FitPoint further = point;
    for (std::size_t d = 0; d < sizes_.size(); ++d) {
      if (d == fixed) continue;
      further[d] = std::clamp<std::int64_t>(point[d] + times * (point[d] - before[d]), 0, sizes_[d] - 1);
    }
    const double loss = lossAt(further);
    if (loss >= best) return;
    best = loss;
    point = std::move(further);
  }
}

FitPoint Fit::descend(FitPoint point, std::size_t fixed) {
  for (int turn = 0; turn < mostTurns && !stopped_(); ++turn) {
    FitPoint before = point;
    const double loss = lossAt(point);
    for (std::size_t d = 0; d < sizes_.size(); ++d) {
      if (d != fixed) along(point, d);
    }
    if (!(lossAt(point) < loss)) return before;
    onwards(point, before, fixed);
  }
  return point;
}

FitPoint Fit::minimise(const FitPoint& start) {
  FitPoint best = descend(start, none);
  FitPoint middle;
  for (const std::int64_t size : sizes_) middle.push_back(size / 2);
  FitPoint other = descend(std::move(middle), none);
  if (lossAt(other) < lossAt(best)) best = std::move(other);
  return sizes_.size() > 1 ? acrossValleys(std::move(best)) : best;
}

/// A bus of 8 or of 16 bytes may each have its own best latency: two valleys, which no step along one
/// dimension crosses.
FitPoint Fit::acrossValleys(FitPoint best) {
  for (std::size_t d = 0; d < sizes_.size(); ++d) {
    if (sizes_[d] > few) continue;
    for (std::int64_t place = 0; place < sizes_[d] && !stopped_(); ++place) {
      FitPoint point = best;
      point[d] = place;
      point = descend(std::move(point), d);
      if (lossAt(point) < lossAt(best)) best = std::move(point);
    }
  }
  return descend(std::move(best), none);
}

double Fit::profile(std::size_t dimension, std::int64_t place, const FitPoint& best) {
  FitPoint point = best;
  point[dimension] = place;
  return lossAt(sizes_.size() > 1 ? descend(std::move(point), dimension) : point);
}

std::pair<std::int64_t, std::int64_t> Fit::bandOf(std::size_t dimension, const FitPoint& best, double limit) {
  // From the best to an end: the last place within the limit, where all before it are taken to be so too.
  const auto edge = [&](std::int64_t end) {
    if (profile(dimension, end, best) <= limit) return end;
    std::int64_t inside = best[dimension], outside = end;
    while (std::abs(outside - inside) > 1 && !stopped_()) {
      const std::int64_t middle = inside + (outside - inside) / 2;
      (profile(dimension, middle, best) <= limit ? inside : outside) = middle;
    }
    return inside;
  };
  return {edge(0), edge(sizes_[dimension] - 1)};
}

}  // namespace taktwerk
