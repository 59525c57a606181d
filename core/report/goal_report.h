// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <vector>

#include "core/report/json_writer.h"
#include "core/search/reach_goal.h"

namespace taktwerk {

/// The best point that reaches goals, how sure that is, what is beside it, and what decides there:
///
///     least area that reaches inferences_per_second >= 30: point 302
///     arch.rows 14, arch.columns 12: area 3,210, inferences_per_second 30.61
///     of 625 points 302 were estimated: by their area alone the others are no better
///
///     beside it        area  inferences_per_second
///     ---------------  -----  ---------------------  -----------------
///     arch.rows 13     2,985                   28.4  misses it by 5.3 %
///
///     dmem decides 61 % of TC-ResNet8: …
void writeGoalText(std::ostream& out, const Sweep& sweep, const std::vector<Goal>& goals,
                   const GoalAnswer& answer);

/// The same, an entry of the innermost object:
///
///     "goal": {"goals": ["cycles <= 30000"], "objective": "area:min", "reached": true, "point": 302,
///       "estimated": 625, "points": 625, "ruled_out": 0, "all": true, "shortfalls": [0.0], "neighbours": [
///         {"column": "arch.rows", "point": 277, "reached": false, "shortfalls": [0.053]}],
///       "sentence": "dmem decides …"}
///
/// `point` is null and `shortfalls` are empty where no point could be compared, and empty for neighbours that
/// cannot; `points` is null where they were not counted.
void writeGoalJson(JsonWriter& json, const Sweep& sweep, const std::vector<Goal>& goals,
                   const GoalAnswer& answer);

}  // namespace taktwerk
