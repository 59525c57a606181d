// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>

#include "core/estimate/estimate.h"

namespace taktwerk {

struct EstimateJsonOptions {
  bool times = false;           ///< `times` of every instruction, even when there are none
  std::int64_t inferences = 1;  ///< with more than one `batch` is written
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
/// the memory; `interval` are the cycles of a further inference (none: it is not there); `batch` are the
/// cycles of so many inferences and whether that sum holds; `time` is in seconds, where a clock is declared;
/// `costs` and of a layer `energy` are there where costs are declared (`writeCosts`);
/// `validation` is what the architecture's file declares, its errors in per cent; `seconds` is
/// the only member that differs between two runs.
void writeEstimateJson(std::ostream& out, const NetworkEstimate& estimate,
                       const EstimateJsonOptions& options = {});

}  // namespace taktwerk
