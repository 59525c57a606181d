// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/bounds/roofline.h"
#include "core/engine/events/engine.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"
#include "core/program/program.h"
#include "core/program/timing.h"

namespace taktwerk {

/// An estimate of a program too long to be timed to its end, from its beginning.
struct Approximation {
  Timing timing;  ///< `cycles` is the estimate; a deadlock or error found in the beginning, or cancellation
  bool exact = false;  ///< the program came to its end within the budget
  Cycles lower = 0;    ///< the truth lies between these, if the program comes to an end at all
  Cycles upper = 0;
  std::int64_t evaluatedInstructions = 0;
  std::int64_t evaluatedIterations = 0;        ///< innermost bodies begun
  Breakdown breakdown;                         ///< of the evaluated beginning, scaled to add up to `cycles`
  std::vector<engine::MemoryTraffic> traffic;  ///< by memory; scaled by the share of instructions evaluated
};

/// Times the first `instructions` of a program exactly and judges the rest by them. With t the cycle in which
/// the next fetch would have begun:
///
/// * lower: t plus the roofline of the instructions not yet fetched, as none of them has used anything
/// before.
/// * upper: when all that is under way at t ends, plus the serial time of what is in flight and of the rest
///   (`serialTime` says why that holds).
/// * estimate: the rest is taken to run at the pace of the later half of the beginning, in cycles for each
///   cycle of serial time, so that other instructions than those evaluated count by what they need. Kept
///   within the bounds.
[[nodiscard]] Approximation approximate(const Machine& machine, const Program& program,
                                        std::int64_t instructions, Progress& progress);

}  // namespace taktwerk
