// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

#include "core/estimate/estimate.h"

namespace taktwerk {

struct EstimateJsonOptions {
  bool times = false;  ///< `times` of every instruction, even when there are none
};

/// Writes an estimate as one JSON object and a line's end, keys in a fixed order, one layer a line:
///
///     {
///       "architecture": "One MAC accelerator",
///       "network": "TC-ResNet8",
///       "parameters": {"arch.mac_latency": 2},
///       "cycles": 5060, "instructions": 1200, …
///       "layers": [
///         {"name": "conv1", "fused": [], "operator": "conv1d", …, "cycles": 5060, …}
///       ],
///       "unmapped": [],
///       "validation": []
///     }
///
/// `cycles`, `bounds`, `breakdown` and `roofline` are in cycles; `words_read` and `words_written` in words of
/// the memory; `validation` is what the architecture's file declares, its errors in per cent; `seconds` is
/// the only member that differs between two runs.
void writeEstimateJson(std::ostream& out, const NetworkEstimate& estimate,
                       const EstimateJsonOptions& options = {});

}  // namespace taktwerk
