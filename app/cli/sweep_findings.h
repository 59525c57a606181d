// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <optional>
#include <utility>
#include <vector>

#include "core/report/json_writer.h"
#include "core/search/front_rows.h"
#include "core/search/reach_goal.h"
#include "core/sweep/point_stream.h"

namespace taktwerk::cli {

/// What a sweep is to find out beside its rows.
struct SweepQuestions {
  std::vector<Goal> goals;
  std::optional<std::int64_t> explore;  ///< points that a search may estimate
  std::uint64_t seed = 0;
  bool front = false;
};

/// Runs a sweep, or a search in its space, and keeps what was asked for.
class SweepFindings {
 public:
  /// The sweep lives longer.
  SweepFindings(const Sweep& sweep, SweepQuestions questions)
      : sweep_(sweep), questions_(std::move(questions)), front_(sweep) {}

  /// `points` are those of a sweep that does not choose them itself.
  SweepTotals run(const PointStream& points, const SweepOptions& options, StudyMemory& memory,
                  SweepControl& control, const RowListener& listener);
  /// The answer to goals, then the front; nothing where neither was asked for.
  void writeText(std::ostream& out);
  /// The same as members of an object.
  void writeJson(JsonWriter& json);

 private:
  const Sweep& sweep_;
  SweepQuestions questions_;
  FrontRows front_;
  std::optional<GoalAnswer> answer_;
};

}  // namespace taktwerk::cli
