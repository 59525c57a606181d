// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/machine/machine.h"
#include "core/program/program.h"
#include "core/program/timing.h"

namespace taktwerk {

/// Timing with what explains it.
struct ExplainedTiming {
  Timing timing;
  std::map<std::string, Cycles> breakdown;  ///< "busy:alu", "wait:data:dmem", "wait:fetch"; adds up to cycles
  std::vector<engine::MemoryTraffic> traffic;  ///< by MemoryId
};

/// Times every instruction of the unrolled program with the estimating engine, in memory that does not
/// depend on trip counts. `progress.done` counts instructions. `sink` may be empty.
[[nodiscard]] ExplainedTiming timeInFull(const Machine& machine, const Program& program,
                                         const TimesSink& sink, Progress& progress);

/// Names of path labels: what `breakdown` is keyed by.
[[nodiscard]] std::map<std::string, Cycles> namedBreakdown(const Machine& machine,
                                                           const std::vector<Cycles>& totals);

}  // namespace taktwerk
