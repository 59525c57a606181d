// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/real_time.h"

#include <algorithm>

namespace taktwerk {

std::optional<double> secondsOf(const Machine& machine, double cycles) {
  if (!machine.clock) return std::nullopt;
  return cycles / (*machine.clock * 1e6);
}

std::int64_t resultsOf(const NetworkEstimate& estimate) {
  const auto batch = estimate.parameters.find("network.batch");
  return batch == estimate.parameters.end() ? 1 : std::max<std::int64_t>(1, batch->second);
}

std::optional<double> inferencesPerSecond(const NetworkEstimate& estimate) {
  if (!estimate.machine || !estimate.interval || *estimate.interval <= 0) return std::nullopt;
  const auto seconds = secondsOf(*estimate.machine, static_cast<double>(*estimate.interval));
  if (!seconds) return std::nullopt;
  return static_cast<double>(resultsOf(estimate)) / *seconds;
}

}  // namespace taktwerk
