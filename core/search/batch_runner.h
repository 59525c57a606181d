// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/search/search.h"
#include "core/sweep/run_sweep.h"

namespace taktwerk {

/// Estimates points of a sweep's space batch by batch, on all cores, and passes their rows on as they come,
/// numbered through.
class BatchRunner {
 public:
  /// What is given lives longer.
  BatchRunner(const Sweep& sweep, const SweepOptions& options, StudyMemory& memory, SweepControl& control,
              const RowListener& listener)
      : sweep_(sweep), options_(options), memory_(memory), control_(control), listener_(listener) {}

  /// The rows in the order of the points; fewer: it was cancelled.
  [[nodiscard]] std::vector<SweepRow> run(const std::vector<NumberedPoint>& batch);
  [[nodiscard]] const SweepTotals& totals() const { return totals_; }

 private:
  const Sweep& sweep_;
  const SweepOptions& options_;
  StudyMemory& memory_;
  SweepControl& control_;
  const RowListener& listener_;
  SweepTotals totals_;
  std::int64_t sequence_ = 0;
};

/// What a row says of the sweep's objectives. Empty: it is not done, lacks layers, so that its figures are
/// those of less work, or has no value of one of them.
[[nodiscard]] ObjectiveValues objectiveValues(const Sweep& sweep, const SweepRow& row);

}  // namespace taktwerk
