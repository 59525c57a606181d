// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <optional>

#include "core/analysis/body_study.h"
#include "core/analysis/kernel_study.h"
#include "core/study/study_estimate.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

/// The loops of a layer, or of a trace, or why there are none.
struct LayerKernels {
  QString layer;
  LayerProgram program;
  std::shared_ptr<const KernelStudy> study;  ///< null with problems, and when it was cancelled
  Diagnostics diagnostics;
  bool cancelled = false;
};
/// Maps the layer as the estimate does and runs its loops. For job threads.
[[nodiscard]] LayerKernels kernelsOfLayer(const EstimateInput& input, const QString& layer,
                                          Progress& progress);

/// One iteration of a loop of them, by its row; none: of what stands in no loop. For job threads.
struct KernelBody {
  std::optional<std::size_t> row;
  BodyStudy body;
  Diagnostics diagnostics;
};
[[nodiscard]] KernelBody bodyOfKernel(const LayerKernels& kernels, std::optional<std::size_t> row,
                                      Progress& progress);

/// The row of the innermost loop whose instructions run most; none where there are no loops.
[[nodiscard]] std::optional<std::size_t> heaviestRow(const LayerKernels& kernels);

/// What an instruction works with: its unit, and the memories that it accesses.
[[nodiscard]] std::vector<MachineObjectId> partsOf(const BodyInstruction& instruction,
                                                   const Machine& machine);

}  // namespace taktwerk
