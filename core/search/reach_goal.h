// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/bottleneck.h"
#include "core/search/goal.h"
#include "core/space/count.h"
#include "core/sweep/run_sweep.h"

namespace taktwerk {

struct GoalSearch {
  std::vector<Goal> goals;  ///< all of them are to be reached
  /// Points that may be estimated; none: all of the space.
  std::optional<std::int64_t> evaluations;
  std::uint64_t seed = 0;
  /// Points that cannot be better than one that was found are estimated all the same: who looks at all rows
  /// wants them.
  bool everyPoint = false;
};

/// A point beside the answer: one place less or more in one dimension, or another of its alternatives.
struct GoalNeighbour {
  std::size_t dimension = 0;  ///< of the space
  SweepRow row;
  bool comparable = true;          ///< else it is not done, or lacks layers or a value
  std::vector<double> shortfalls;  ///< by goal, of one that is comparable
  [[nodiscard]] bool reaches() const;
};

/// The best point that reaches goals.
struct GoalAnswer {
  /// How much is known: every point was looked at, or as many as were allowed, chosen by a search. Then there
  /// may be a better one.
  enum class From : std::uint8_t { All, Search };
  From from = From::All;
  PointCount count;  ///< points of the space
  SweepTotals totals;
  /// Of all points those that were not estimated, as the figures that are named, which their machines have,
  /// say that they are no better than the best.
  std::int64_t ruledOut = 0;
  std::vector<std::string> ruledOutBy;
  /// None: no point that was estimated reaches the goals.
  std::optional<SweepRow> best;
  /// Where none does: the one that comes nearest, by the sum of its shortfalls.
  std::optional<SweepRow> nearest;
  std::vector<double> shortfalls;         ///< of that one, by goal
  std::vector<GoalNeighbour> neighbours;  ///< of the best, or of the nearest
  std::int64_t notLookedAt = 0;           ///< neighbours for which no estimate was left
  std::optional<Decider> decider;         ///< what decides its cycles
  std::string network;                    ///< whose cycles they are
};

/// "The smallest area that reaches 30 inferences a second": of the points that reach all goals the one that
/// is best in the sweep's first objective; of equals the one that is better in the figures of the goals, in
/// their order, and of equals the first.
///
/// A space with no more points than may be estimated is looked at as a whole. Where the machine alone has the
/// objective, as it has its area, points come in its order, and once one reaches the goals those that are
/// larger are not estimated; points that miss a goal on such a figure by more than another misses all goals
/// are not, either. Of other spaces `searchFront` looks for what is best in the objective and nearest to the
/// goals, passing over such points, and what it finds is walked from neighbour to neighbour as long as one is
/// better; that all takes no more estimates than are allowed, the neighbours of the answer included.
///
/// Rows come as in `searchSweep`, the same with any number of threads; stopped: the answer is that of what
/// was estimated until then, without neighbours or what decides.
[[nodiscard]] GoalAnswer reachGoal(const Sweep& sweep, const GoalSearch& search, const SweepOptions& options,
                                   StudyMemory& memory, SweepControl& control, const RowListener& listener);

}  // namespace taktwerk
