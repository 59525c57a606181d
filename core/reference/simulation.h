// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/machine/machine.h"
#include "core/program/program.h"
#include "core/program/timing.h"
#include "core/reference/observer.h"

namespace taktwerk {

/// The reference simulation: the rules of timing written down as plainly as they read, cycle after cycle, one
/// action at a time. Slow, and the judge of every other way to the same figures; it shares nothing with the
/// engine but machines and programs.
///
/// `sink` receives the times of each instruction when it is over (any order). `progress` counts
/// instructions that are over and is looked at for cancellation.
[[nodiscard]] Timing simulate(const Machine& machine, const Program& program, const TimesSink& sink,
                              Progress& progress);

/// As above, telling `observer` what happens.
[[nodiscard]] Timing simulateObserved(const Machine& machine, const Program& program, const TimesSink& sink,
                                      reference::Observer& observer, Progress& progress);

}  // namespace taktwerk
