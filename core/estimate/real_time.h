// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// Seconds that so many cycles of the machine take; none where its architecture declares no clock.
[[nodiscard]] std::optional<double> secondsOf(const Machine& machine, double cycles);

/// Results of one inference: the network's parameter `batch`, or 1.
[[nodiscard]] std::int64_t resultsOf(const NetworkEstimate& estimate);

/// Results a second when inferences follow each other without an end: those of one over the interval. None
/// without a clock or an interval.
[[nodiscard]] std::optional<double> inferencesPerSecond(const NetworkEstimate& estimate);

}  // namespace taktwerk
