// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/space/grid.h"
#include "core/space/judge.h"

namespace taktwerk {

/// Values of a point, by objective; empty of a point that has none: infeasible, or failed. What is
/// not finite is no value.
using ObjectiveValues = std::vector<double>;

/// Judges points of a batch, all at once if it likes, and gives the values of each, in their order. Fewer
/// than there are points: it was stopped, and the search ends.
using BatchJudge = std::function<std::vector<ObjectiveValues>(const std::vector<NumberedPoint>& batch)>;

/// What a search looks for, and how long.
struct SearchOptions {
  std::vector<bool> larger;        ///< by objective: larger values are better
  std::int64_t evaluations = 500;  ///< points that are judged at most
  std::uint64_t seed = 0;          ///< equal seeds give equal searches
};

/// A point that was judged.
struct JudgedPoint {
  std::int64_t number = 0;  ///< in the grid
  ObjectiveValues values;
};

/// What a search came to.
struct SearchOutcome {
  std::vector<JudgedPoint> points;  ///< in the order they were asked for
  std::vector<std::size_t> front;   ///< of them, those that no other dominates
  bool all = false;                 ///< every point of the space was judged
  bool stopped = false;             ///< by the judge
};

/// Looks for the front of a space without judging every point: NSGA-II of pagmo on the places of the
/// dimensions, a generation a batch. What is judged is a function of space, options and values alone.
///
/// It begins with a Latin hypercube. No point is judged twice: a child that is there already, or that
/// constraints rule out, gives way to a neighbour of its that is new. Values count by their logarithms where
/// all are above 0. Points without values rank behind all others. A space with no more points than may be
/// judged is judged as a whole, in the order of the grid.
[[nodiscard]] SearchOutcome searchFront(const std::shared_ptr<const SpaceJudge>& judge,
                                        const SearchOptions& options, const BatchJudge& judgeBatch);

}  // namespace taktwerk
