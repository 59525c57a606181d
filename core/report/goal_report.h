// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <vector>

#include "core/report/json_writer.h"
#include "core/search/reach_goal.h"

namespace taktwerk {

/// The best point that reaches goals, how sure that is, what is beside it, and what decides there:
///
///     least area that reaches inferences_per_second >= 150: point 32
///     arch.rows 3, arch.columns 1: area 363,968, inferences_per_second 155
///     of 256 points 9 were estimated: by their area alone the others are no better
///
///     beside it          area  inferences_per_second  goal
///     --------------  -------  ---------------------  -------------------
///     arch.rows 2     358,859                  124.6  misses it by 17.0 %
///     arch.rows 4     369,076                  156.3  reaches it
///     arch.columns 2  378,965                  163.7  reaches it
///
///     Fetching instructions decides 30 % of TC-ResNet8: b3.conv2, b1.conv2 and 16 more layers wait for …
void writeGoalText(std::ostream& out, const Sweep& sweep, const std::vector<Goal>& goals,
                   const GoalAnswer& answer);

/// The same, an entry of the innermost object:
///
///     "goal": {"goals": ["cycles <= 30000"], "objective": "area:min", "reached": true, "point": 302,
///       "estimated": 625, "points": 625, "ruled_out": 0,
///       "neighbours_not_looked_at": 0, "all": true, "shortfalls": [0.0], "neighbours": [
///         {"column": "arch.rows", "point": 277, "reached": false, "shortfalls": [0.053]}],
///       "sentence": "dmem decides …"}
///
/// `point` is null and `shortfalls` are empty where no point could be compared, and empty for neighbours that
/// cannot; `points` is null where they were not counted.
void writeGoalJson(JsonWriter& json, const Sweep& sweep, const std::vector<Goal>& goals,
                   const GoalAnswer& answer);

}  // namespace taktwerk
