// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// What an estimate comes to in time, in sentences; none without a clock and with one inference, and of a
/// single layer or a trace nothing but its own time:
///
///     At 500 MHz: 2.47 ms an inference, 405 inferences a second.
///     8 inferences one after another: 9,872 cycles (19.7 ms); the first 1,234, each further one 1,234.
[[nodiscard]] std::vector<std::string> timeInWords(const NetworkEstimate& estimate, std::int64_t inferences);

}  // namespace taktwerk
