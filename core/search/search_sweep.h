// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/batch_runner.h"
#include "core/search/search.h"

namespace taktwerk {

/// How long a sweep's space is searched.
struct SweepSearch {
  std::int64_t evaluations = 500;  ///< rows at most
  std::uint64_t seed = 0;
};

/// Looks for the front of the sweep's objectives, of which it has one at least, among the points of its space
/// (`searchFront`): a row for each point that was estimated, which are the same with any number of threads.
[[nodiscard]] SweepTotals searchSweep(const Sweep& sweep, const SweepSearch& search,
                                      const SweepOptions& options, StudyMemory& memory, SweepControl& control,
                                      const RowListener& listener);

}  // namespace taktwerk
