// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

#include "core/estimate/estimate.h"
#include "core/report/json_writer.h"

namespace taktwerk {

/// What each object of an estimate costs and where that is from, those of an array together; nothing where
/// the architecture declares no costs:
///
///     object  area µm²  leakage µW   energy pJ   share  from
///     ------  --------  ----------  ----------  ------  ----------------------------------------------
///     fetch      191.4       2.368   2,683,990   5.9 %  area: register; leakage: leak; energy: register
///     regs       3,062       37.89   2,671,564   5.9 %  area: register; leakage: leak; energy: register
///     dmem     297,271       1,835  35,151,290  77.4 %  area: cell; leakage: leak; energy: horowitz
///
/// Energies are of all layers, at most, without what leaks away.
void writeCostTable(std::ostream& out, const NetworkEstimate& estimate);

/// The same as an entry of the innermost object: `"objects": [{"name": "pe.alu", "area": 58112.0,
/// "leakage": 556.1, "energy": 4907213.0, "sources": {"area": ["horowitz"], …}}]`.
void writeCostObjects(JsonWriter& json, const NetworkEstimate& estimate);

}  // namespace taktwerk
