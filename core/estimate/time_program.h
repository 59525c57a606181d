// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/bounds/demand.h"
#include "core/engine/full/full.h"
#include "core/engine/steady/automaton.h"
#include "core/estimate/estimate.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// Times one program by a method: everything of a LayerEstimate that does not need the network. Problems
/// (unsupported instructions, a deadlock, more instructions than may be listed) come back as diagnostics;
/// `cancelled` tells that the progress was asked to stop.
struct TimedProgram {
  LayerEstimate layer;
  Diagnostics diagnostics;
  bool cancelled = false;
};
/// What programs on one machine learn from each other, one after the other: instructions resolved, what they
/// demand, and for method `auto` what loop bodies do. It saves work and changes no result, nor what counts as
/// evaluated: what a program comes to is a function of machine, program and options.
struct MachineTimer {
  explicit MachineTimer(const Machine& on, CountUsage usage = CountUsage::No)
      : machine(on), automaton(on, usage), demands(automaton.resolver()) {}
  const Machine& machine;
  engine::Automaton automaton;
  DemandTable demands;
};
[[nodiscard]] TimedProgram timeProgram(MachineTimer& timer, const Program& program,
                                       const EstimateOptions& options, Progress& progress);

/// Multiply-accumulates a cycle at best: the number of functional units that list `mac`, each over its
/// initiation interval when that is constant.
[[nodiscard]] double peakMacsPerCycle(const Machine& machine);

}  // namespace taktwerk
