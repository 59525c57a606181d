// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/machine/machine.h"
#include "core/mapping/mapping.h"

namespace taktwerk {

using TunableValues = std::map<std::string, std::int64_t>;

/// One choice of a mapping's tunables and what it comes to.
struct TunablePoint {
  TunableValues values;
  bool feasible = false;
  Cycles cycles = 0;    ///< of a feasible point
  std::string problem;  ///< of another: which condition or capacity fails
};

/// Fills in what choices come to that do not depend on each other; their `values` are given. `asked` is how
/// many were asked about before.
using TimeChoices = std::function<void(std::size_t asked, std::span<TunablePoint> choices)>;

/// Looks for the values of tunables with the fewest cycles; `time` tells what choices come to, and is asked
/// about at most `budget` (at least one), each once. Where all combinations fit the budget they are
/// all tried, the defaults first; else one tunable after the other is moved to its best value, beginning with
/// the defaults, values evenly chosen from its legal ones, until a round changes nothing. A budget of
/// questions, not of time, so the result is the same on every computer.
///
/// Returns all that was tried: feasible ones by cycles, equal ones in the order in which they were tried;
/// then the others.
[[nodiscard]] std::vector<TunablePoint> searchTunables(const std::vector<Tunable>& tunables,
                                                       std::int64_t budget, const TimeChoices& time);

}  // namespace taktwerk
