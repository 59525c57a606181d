// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// Writes an estimate for people: a head, a table with one layer a row and the total, then what is missing
/// and what the architecture's file declares of its validation.
///
///     One MAC accelerator running TC-ResNet8
///
///     layer  operator  mapping  instructions  cycles  exact  MACs used  most of the time
///     -----  --------  -------  ------------  ------  -----  ---------  ----------------------------
///     conv1  conv1d    direct         12,000  50,600  yes       23.7 %  busy:alu 61.0 %, wait:fetch 20.1 %
///     -----  --------  -------  ------------  ------  -----  ---------  ----------------------------
///     total                           12,000  50,600  yes
///
///     No validation is declared for this architecture.
///
/// "exact" says whether the figure is proven; an approximation shows the bounds of the truth instead.
/// "MACs used" is the utilisation, empty where nothing is multiplied. The last column names the two largest
/// shares of the breakdown, whose kinds are "busy" and "wait" for data, a free place (structural), fetch and
/// so on.
/// Behind the tables stands what that is in time (`timeInWords`), for so many inferences one after another,
/// and what it costs (`costsInWords`).
void writeEstimateText(std::ostream& out, const NetworkEstimate& estimate, std::int64_t inferences = 1);

/// Tunables that are not the defaults: "slots 8, tile_k 4".
[[nodiscard]] std::string adaptedInWords(const std::map<std::string, std::int64_t>& adapted);

/// The times of every instruction as tables, one a layer; for estimates made with them.
void writeTimesText(std::ostream& out, const NetworkEstimate& estimate);

/// "50,600 cycles", or, with layers missing, "at least 50,600 cycles, 3 layers missing", or, with
/// every layer missing, "nothing is mapped, so there are no cycles".
[[nodiscard]] std::string totalInWords(const NetworkEstimate& estimate);

}  // namespace taktwerk
