// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/calibration/calibration.h"
#include "core/editing/edit.h"

namespace taktwerk {

/// Where fitted values are from, for the file they are written into: "calibrated on layers.csv: fitted on 36
/// rows; on 18 of them alone it is 9.8 % off in the mean on the 18 others (seed 1), with bus_bytes = 8". The
/// last are what the file does not hold: settings of the study, and fitted tunables of mappings.
[[nodiscard]] std::string provenanceOf(const Study& study, const Measurements& measurements,
                                       const Calibration& calibration, std::uint64_t seed);

/// Whether an architecture's file gets the value: it is a parameter of it that the rows determine.
[[nodiscard]] bool isWritten(const FittedParameter& parameter);

/// The edits of an architecture that put the found values of its parameters in the place of its defaults,
/// each with its source. What the rows do not determine, and tunables of mappings, are left as they are.
[[nodiscard]] std::vector<ArchitectureEdit> editsOf(const Study& study, const Measurements& measurements,
                                                    const Calibration& calibration, std::uint64_t seed);

}  // namespace taktwerk
