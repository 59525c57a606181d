// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/sweep/run_sweep.h"

namespace taktwerk {

/// What points cost, measured on some.
struct Forecast {
  std::int64_t measured = 0;
  double secondsEach = 0;  ///< of one thread, once what points share is there
};

/// Estimates a few points one after the other and takes the time; the first, which also pays for what all
/// share, counts only if it is the only one. Begins no further one after `mostSeconds`. What it costs is not
/// lost: the memory knows what was found.
[[nodiscard]] Forecast forecast(const Sweep& sweep, const std::vector<SweepPoint>& probes,
                                const StudyOptions& options, StudyMemory& memory, Progress& progress,
                                double mostSeconds = 2);

}  // namespace taktwerk
