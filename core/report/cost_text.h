// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/estimate/estimate.h"
#include "core/sweep/sweep.h"

namespace taktwerk {

class JsonWriter;

/// What an estimate costs, in sentences with what they leave out and where the costs are from; none where the
/// architecture declares no costs:
///
///     Area: 0.428 mm², but for imem, imau, left.stage, left.unit, top.stage, top.unit and 3 others.
///     Leakage: 2.74 mW, but for imem, imau, left.stage, left.unit, top.stage, top.unit and 3 others.
///     Energy: 44.9 µJ an inference, but for imem; 15.0 µJ of it leaks away; fetch fetch 21.9 %, …
///     Power: 8.22 mW in the mean, but for imem.
///     Costs are from horowitz (45 nm, 0.9 V): M. Horowitz, …; cell (relative, 45 nm): an SRAM cell …
[[nodiscard]] std::vector<std::string> costsInWords(const NetworkEstimate& estimate);

/// The figures that the architecture declares, in a sentence; empty where there are none:
///
///     Figures of the file: price 12.5 EUR, pins 64.
[[nodiscard]] std::string ownFiguresInWords(const Machine& machine);

/// "fetch, imau and 3 others"; empty of none.
[[nodiscard]] std::string leftOutInWords(const std::vector<std::string>& names);

/// What the objectives of a sweep leave out: "area leaves out imem and imau"; with several architectures each
/// by its name. None where none of them is of costs, which takes no time; cancelled: fewer.
[[nodiscard]] std::vector<std::string> leftOutInWords(const Sweep& sweep, StudyMemory& memory,
                                                      const Progress& progress);

/// The costs of an estimate as members of the object that is open: `costs`, with areas in µm², leakage in µW,
/// energies in pJ and power in W.
void writeCosts(JsonWriter& json, const NetworkEstimate& estimate);
/// The figures that the architecture declares, if there are some: `"figures": {"price": {"value": 12.5,
/// "unit": "EUR"}}`.
void writeOwnFigures(JsonWriter& json, const Machine& machine);
/// What a layer cost: `energy`, by object and by what it did, with how often.
void writeEnergy(JsonWriter& json, const LayerEstimate& layer, const Machine& machine);

}  // namespace taktwerk
