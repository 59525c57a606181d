// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

#include "core/estimate/estimate.h"
#include "core/report/json_writer.h"

namespace taktwerk {

/// What each object of an estimate costs and where that is from, those of an array together; nothing where
/// the architecture declares no costs:
///
///     object    area µm²  leakage µW  energy pJ  share  from
///     --------  --------  ----------  ---------  -----  ------------------------------
///     pe.alu      58,112         556  4,907,213  65 %   horowitz
///     pe.regs     18,371         227    828,092  11 %   register
///     dmem       341,889       1,835  1,766,400  23 %   area: cell; energy: horowitz
///
/// Energies are of all layers, at most, without what leaks away.
void writeCostTable(std::ostream& out, const NetworkEstimate& estimate);

/// The same as an entry of the innermost object: `"objects": [{"name": "pe.alu", "area": 58112.0,
/// "leakage": 556.1, "energy": 4907213.0, "sources": {"area": ["horowitz"], …}}]`.
void writeCostObjects(JsonWriter& json, const NetworkEstimate& estimate);

}  // namespace taktwerk
