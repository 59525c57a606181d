// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace taktwerk {

/// A place in each dimension, from 0.
using FitPoint = std::vector<std::int64_t>;
/// What is minimised, at least 0; infinite for a point that cannot be. It is asked once for each point.
using FitLoss = std::function<double(const FitPoint&)>;

/// Minimises a loss over a grid: along each dimension in turn, from coarse steps to fine ones, and along the
/// way that the last turn went, until nothing gets better; from the start and from the middle of the grid,
/// and from there with each value of dimensions of up to 8. Other dimensions should be such that the loss has
/// few valleys along them; what it finds elsewhere is a local minimum.
class Fit {
 public:
  static constexpr std::int64_t mostPlaces = std::int64_t{1} << 40U;  ///< of a dimension
  /// `sizes`: values of each dimension, 1 to `mostPlaces`. `stopped` is asked between points.
  Fit(std::vector<std::int64_t> sizes, FitLoss loss, std::function<bool()> stopped);

  [[nodiscard]] FitPoint minimise(const FitPoint& start);
  /// Places along one dimension whose loss is not above `limit`, next to `best`, the others following: the
  /// first and the last.
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> bandOf(std::size_t dimension, const FitPoint& best,
                                                             double limit);
  [[nodiscard]] double lossAt(const FitPoint& point);
  [[nodiscard]] std::size_t points() const { return known_.size(); }

 private:
  [[nodiscard]] FitPoint descend(FitPoint point, std::size_t fixed);
  [[nodiscard]] FitPoint acrossValleys(FitPoint best);
  void along(FitPoint& point, std::size_t dimension);
  void onwards(FitPoint& point, const FitPoint& before, std::size_t fixed);
  [[nodiscard]] double profile(std::size_t dimension, std::int64_t place, const FitPoint& best);

  std::vector<std::int64_t> sizes_;
  FitLoss loss_;
  std::function<bool()> stopped_;
  std::vector<std::pair<FitPoint, double>> known_;  ///< sorted by point
};

}  // namespace taktwerk
