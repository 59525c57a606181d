// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/estimate/estimate.h"
#include "core/program/program.h"
#include "core/study/study.h"

namespace taktwerk {

/// What a study came to: an estimate, or the problems that prevented it.
struct StudyResult {
  std::shared_ptr<const Machine> machine;           ///< null when the architecture or a value is wrong
  std::shared_ptr<const Network> network;           ///< null when it could not be read, and of a trace
  std::shared_ptr<const Program> trace;             ///< that was timed, with the loops in it
  std::shared_ptr<const NetworkEstimate> estimate;  ///< null then, and when it was cancelled
  std::shared_ptr<const std::vector<Mapping>> mappings;
  Diagnostics diagnostics;  ///< of all
  bool cancelled = false;
};

/// Elaborates, reads the network with its parameters, maps and times; or times the trace as one layer.
/// `options` say how it is timed; tunables and choices come from the study, and `layer` is a name here, empty
/// for all. A point that `memory` knows costs a look; `estimate->seconds` is then what it took the first
/// time.
struct StudyOptions {
  EstimateOptions how;
  std::string layer;
  /// The memory keeps the result. Of thousands of points that are asked for once it need not: the programs
  /// and timings that others share it keeps anyway.
  bool keep = true;
};
[[nodiscard]] std::shared_ptr<const StudyResult> estimate(const Study& study, const StudyOptions& options,
                                                          StudyMemory& memory, Progress& progress);

/// The program of a layer with what was chosen for it: where several mappings fit, the estimate decides. Of a
/// trace its program, whatever the layer is called.
struct LayerProgram {
  std::shared_ptr<const Machine> machine;
  LayerEstimate layer;
  std::shared_ptr<const Program> program;
  std::shared_ptr<const MappedProgram> mapped;  ///< that it is part of; null of a trace
};
/// Errors: those of the study, a layer that no mapping takes (E0005). Cancelled: a value without a program.
[[nodiscard]] Result<LayerProgram> programOf(const Study& study, const std::string& layer,
                                             StudyMemory& memory, Progress& progress);

}  // namespace taktwerk
