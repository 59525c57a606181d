// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>

#include "core/analysis/breakdown.h"

namespace taktwerk {

class JsonWriter;

/// "On the critical path: lsu busy 75 % of the time, alu busy 10 %."; nothing without cycles. Of causes that
/// take equally long the one that reads first.
[[nodiscard]] std::string bottleneckInWords(const CauseTable& table);

/// Where the cycles of a network went: in a sentence, by cause, by object, and of each layer the longest.
///
///     Tiny running Small: 2,000 cycles
///     On the critical path: waiting for data (alu) 60 % of the time, alu busy 25 %.
///
///     cause                     cycles   share
///     ------------------------  ------  ------
///     waiting for data (alu)     1,200  60.0 %
///     alu busy                     500  25.0 %
///     waiting for instructions     300  15.0 %
///
///     object  busy  waited for   share
///     ------  ----  ----------  ------
///     alu      500       1,200  85.0 %
///
///     layer  cycles  most of the time
///     -----  ------  ----------------------------------------------
///     conv1   2,000  waiting for data (alu) 60.0 %, alu busy 25.0 %
///
/// A wait that is told more finely has lines of its own below it, "  for a request slot of dmem". `insight`
/// takes the place of the sentence, when there is one; `total` that of the cycles in the head.
void writeBreakdownText(std::ostream& out, const NetworkBreakdown& breakdown, const std::string& insight = {},
                        const std::string& total = {});

/// The same as one JSON object and a line's end; cycles and shares of them, 0 to 1:
///
///     {
///       "architecture": "Tiny",
///       "network": "Small",
///       "cycles": 2000,
///       "bottleneck": ["wait:data:alu", "busy:alu"],
///       "causes": [{"cause": "wait:data:alu", "cycles": 1200, "share": 0.6}, …],
///       "objects": [{"object": "alu", "busy": 500, "waited": 1200, "share": 0.85}],
///       "layers": [
///         {"name": "conv1", "cycles": 2000, "causes": […], "objects": […]}
///       ]
///     }
void writeBreakdownJson(std::ostream& out, const NetworkBreakdown& breakdown);
/// Its members alone, into the object that is open. Waits that are told more finely have "details", by the
/// keys of `detailKey`: {"cause": "wait:data:alu", …, "details": {"raw": 1200}}.
void writeBreakdown(JsonWriter& json, const NetworkBreakdown& breakdown);

}  // namespace taktwerk
