// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search_sweep.h"

namespace taktwerk {

SweepTotals searchSweep(const Sweep& sweep, const SweepSearch& search, const SweepOptions& options,
                        StudyMemory& memory, SweepControl& control, const RowListener& listener) {
  BatchRunner runner(sweep, options, memory, control, listener);
  SearchOptions wanted;
  wanted.evaluations = search.evaluations;
  wanted.seed = search.seed;
  wanted.larger.reserve(sweep.objectives.size());
  for (const Objective& objective : sweep.objectives) {
    wanted.larger.push_back(objective.direction == Figure::Better::More);
  }
  (void)searchFront(sweep.judge, wanted, [&](const std::vector<NumberedPoint>& batch) {
    std::vector<ObjectiveValues> values;
    values.reserve(batch.size());
    for (const SweepRow& row : runner.run(batch)) values.push_back(objectiveValues(sweep, row));
    return values;
  });
  return runner.totals();
}

}  // namespace taktwerk
