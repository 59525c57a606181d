// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/analysis/kernel_study.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

/// "repeats", "run whole", "few iterations", "run one by one", "unfinished", "not reached".
[[nodiscard]] const char* toString(LoopStanding standing);

/// Why a loop of the study stands as it does, and what its figures are of: "From iteration 2 on the machine is
/// every iteration in a state in which it was before, so what follows is proven to repeat."
[[nodiscard]] std::string standingInWords(const KernelStudy& study, std::size_t row);

/// How the cycles of an estimate were found and why in that way: "Exact: 12 of 49 152 loop bodies were
/// evaluated; the others were skipped, as …".
[[nodiscard]] std::string groundInWords(const LayerEstimate& estimate, const KernelStudy& study);

}  // namespace taktwerk
