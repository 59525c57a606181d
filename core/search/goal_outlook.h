// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/search/goal.h"
#include "core/space/grid.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

/// Where a point stands among others, or the best that it can come to.
struct GoalStanding {
  double missing = 0;                                           ///< sum of its shortfalls
  double objective = -std::numeric_limits<double>::infinity();  ///< the less the better
};
/// Those that reach the goals are compared by the objective, others by what they miss of them.
[[nodiscard]] bool isBetter(const GoalStanding& a, const GoalStanding& b);

/// What is known of points before they are estimated: of figures that the machine alone has, such as its
/// area. The sweep, the goals and the memory live longer.
class GoalOutlook {
 public:
  GoalOutlook(const Sweep& sweep, const std::vector<Goal>& goals, StudyMemory& memory);

  /// The figures that are looked for and known before; none: `of` tells nothing.
  [[nodiscard]] const std::vector<std::string>& figures() const { return figures_; }
  /// The best that a point can come to. One that has no such figure is worse than all others; one that has no
  /// machine, which estimating it tells in no time, may be anything. Called by many threads.
  [[nodiscard]] GoalStanding of(const NumberedPoint& point, const Progress& progress) const;

 private:
  const Sweep& sweep_;
  const std::vector<Goal>& goals_;
  StudyMemory& memory_;
  std::vector<std::string> figures_;
};

}  // namespace taktwerk
