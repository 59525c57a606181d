// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

#include "core/analysis/body_study.h"
#include "core/analysis/kernel_study.h"
#include "core/estimate/estimate.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// What is printed of a program's loops: the study, one of them with an iteration of it.
struct KernelStudyReport {
  const Machine& machine;
  const LayerEstimate& estimate;  ///< of the program
  const KernelStudy& study;
  std::optional<std::size_t> row;  ///< the loop whose iteration `body` is; none: of what stands in no loop
  const BodyStudy& body;
};

/// For people: the program, on what ground its cycles are known, one line a loop, why each stands as it does,
/// and the instructions of one iteration with what each waits for.
///
///     conv1 on one-mac: 3 cycles × …
///
///     kernel  variable  repetitions  executions  evaluated  period  cycles/period  cycles/iteration  …
void writeKernelStudyText(std::ostream& out, const KernelStudyReport& report);

/// One JSON object and a line's end. It is that of `writeKernelsJson` with more members: of the program
/// `cycles`, `drain`, `exact`, `method`, `ground`, `finished`, `evaluated_bodies` and `body`; of each kernel
/// `number`, `variable`, `executions`, `standing`, `why`, and of its first execution what KernelFinding
/// holds.
void writeKernelStudyJson(std::ostream& out, const KernelStudyReport& report);

}  // namespace taktwerk
