// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sweep_findings.h"

#include <ostream>
#include <utility>

#include "core/report/front_report.h"
#include "core/report/goal_report.h"
#include "core/search/search_sweep.h"

namespace taktwerk::cli {

SweepTotals SweepFindings::run(const PointStream& points, const SweepOptions& options, StudyMemory& memory,
                               SweepControl& control, const RowListener& listener) {
  const RowListener listening = [&](SweepRow row) {
    if (questions_.front) front_.add(row);
    listener(std::move(row));
  };
  if (!questions_.goals.empty()) {
    const GoalSearch search{questions_.goals, questions_.explore, questions_.seed, questions_.front};
    answer_ = reachGoal(sweep_, search, options, memory, control, listening);
    return answer_->totals;
  }
  if (questions_.explore)
    return searchSweep(sweep_, {*questions_.explore, questions_.seed}, options, memory, control, listening);
  return runSweep(sweep_, points, options, memory, control, listening);
}

void SweepFindings::writeText(std::ostream& out) {
  if (answer_) writeGoalText(out, sweep_, questions_.goals, *answer_);
  if (answer_ && questions_.front) out << '\n';
  if (questions_.front) writeFrontText(out, sweep_, front_.rows(), front_.volume(), front_.leftOut());
}

void SweepFindings::writeJson(JsonWriter& json) {
  if (answer_) writeGoalJson(json, sweep_, questions_.goals, *answer_);
  if (questions_.front) writeFrontJson(json, front_.rows(), front_.volume());
}

}  // namespace taktwerk::cli
