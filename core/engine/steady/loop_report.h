// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk::engine {

/// The cycles of an iteration: from when the fetch stage asks for the first instruction of it, or would,
/// until it asks for what follows. What is still under way then belongs to later iterations, and at the end
/// of all to `LoopReports::drain`; so the iterations of a loop add up to the loop.
struct IterationCycles {
  std::int64_t iteration = 0;
  Cycles cycles = 0;
  friend bool operator==(const IterationCycles&, const IterationCycles&) = default;
};

/// Iterations of a loop of which each is proven to be what the one `period` before it is: the machine was in
/// a state in which it had been before.
struct SteadyStretch {
  std::int64_t first = 0;       ///< iteration, from 0, with which it begins
  std::int64_t iterations = 0;  ///< of it, run and skipped
  std::int64_t period = 1;      ///< in iterations
  Cycles begin = 0;             ///< from the beginning of the loop
  Cycles periodCycles = 0;
  std::int64_t skipped = 0;  ///< iterations that were not run
};

/// One execution of a loop, from one reaching of it to its end.
struct LoopExecution {
  Cycles start = 0;             ///< cycle in which it begins
  Cycles cycles = 0;            ///< of its iterations; if it is not finished, of those that were
  bool finished = true;         ///< false: it was left within, in the iteration behind the last
  std::int64_t iterations = 0;  ///< over, run or skipped
  std::int64_t run = 0;         ///< of these, those that were not skipped
  Cycles prologue = 0;          ///< of the iterations before the first stretch; all, if there is none
  Cycles steady = 0;            ///< of the stretches; with the prologue less than `cycles` where rows end
  std::vector<IterationCycles> first;    ///< the first ones that were run, at most LoopReports::most
  std::vector<SteadyStretch> stretches;  ///< the first ones, at most LoopReports::most
  std::int64_t stretchCount = 0;         ///< of all
};

/// What running a program has shown about one of its loops.
struct LoopReport {
  bool reached = false;
  std::int64_t different = 0;        ///< executions that differed from those before in state or addresses
  std::int64_t evaluatedBodies = 0;  ///< stretches without loops in it, each once in a state
  LoopExecution first;               ///< the first execution in the program
};

/// By Program::loops; of the root too.
struct LoopReports {
  static constexpr std::size_t most = 512;
  std::vector<LoopReport> loops;
  /// From when an instruction behind the last would be asked for until the last one is over; negative where
  /// asking takes longer. With the root's cycles those of the program, unless that is negative.
  Cycles drain = 0;
};

}  // namespace taktwerk::engine
