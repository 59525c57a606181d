// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/analysis/body_study.h"
#include "core/analysis/kernel_study.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

/// "repeats", "run whole", "few iterations", "run one by one", "unfinished", "not reached".
[[nodiscard]] const char* toString(LoopStanding standing);

/// Why a loop of the study stands as it does, and what its figures are of: "From iteration 2 on the state
/// of the machine comes back with every iteration, so what follows is proven to repeat."
[[nodiscard]] std::string standingInWords(const KernelStudy& study, std::size_t row);

/// How the cycles of an estimate were found and why in that way: "Exact: 12 of 49 152 loop bodies were
/// evaluated; the others were skipped, as …".
[[nodiscard]] std::string groundInWords(const LayerEstimate& estimate, const KernelStudy& study);

/// What the iterations of a study that came to its end leave over: "Iterations count from when their
/// instructions are asked for; from the last such moment until all is over 12 cycles pass."
[[nodiscard]] std::string drainInWords(const KernelStudy& study);

/// What an instruction waits for: "data: load 2 before (lsu)", of a place or slot "room: add 1 before (alu)".
[[nodiscard]] std::string waitInWords(const BodyWait& wait, const Machine& machine);
/// The longest of its waits, and how many others there are: "data: load 2 before (lsu), and 1 more".
[[nodiscard]] std::string waitsInWords(const BodyInstruction& instruction, const Machine& machine);

/// Which iteration it is: "iteration 3, steady", "iteration 0; it begins beyond the instructions of a program
/// that are simulated".
[[nodiscard]] std::string shownInWords(const BodyStudy& body);

}  // namespace taktwerk
