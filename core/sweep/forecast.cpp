// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/forecast.h"

#include <chrono>

namespace taktwerk {

Forecast forecast(const Sweep& sweep, const std::vector<SweepPoint>& probes, const StudyOptions& options,
                  StudyMemory& memory, Progress& progress, double mostSeconds) {
  using Clock = std::chrono::steady_clock;
  using Seconds = std::chrono::duration<double>;
  Forecast found;
  const Clock::time_point begin = Clock::now();
  double counted = 0;
  for (std::size_t i = 0; i < probes.size() && !progress.cancelled(); ++i) {
    const Clock::time_point before = Clock::now();
    if (i > 0 && Seconds(before - begin).count() > mostSeconds) break;
    (void)estimatePoint(sweep, probes[i], options, memory, progress);
    const double taken = Seconds(Clock::now() - before).count();
    counted = i < 2 ? taken : counted + taken;
    found.measured = i < 2 ? 1 : found.measured + 1;
  }
  if (found.measured > 0) found.secondsEach = counted / static_cast<double>(found.measured);
  return found;
}

}  // namespace taktwerk
