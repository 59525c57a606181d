// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/events/engine.h"
#include "core/engine/preparation/prepare.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"
#include "core/program/program.h"
#include "core/program/timing.h"
#include "core/program/usage.h"

namespace taktwerk {

/// Timing with what explains it.
struct ExplainedTiming {
  Timing timing;
  Breakdown breakdown;                         ///< adds up to cycles
  std::vector<engine::MemoryTraffic> traffic;  ///< by MemoryId
  Usage usage;                                 ///< of stages and units, only on request
};

/// What is counted besides the times.
enum class CountUsage : bool { No, Yes };

/// Times every instruction of the unrolled program, in memory that does not depend on trip counts: in one
/// pass in program order where that is exact and neither times nor usage are wanted, else with the event
/// engine. `progress.done` counts instructions. `sink` may be empty.
[[nodiscard]] ExplainedTiming timeInFull(const Machine& machine, const Program& program,
                                         const TimesSink& sink, Progress& progress);
/// The same for a program that is prepared.
[[nodiscard]] ExplainedTiming timeInFull(engine::Resolver& resolver, const engine::Prepared& prepared,
                                         const Program& program, const TimesSink& sink, Progress& progress,
                                         CountUsage usage = CountUsage::No);

/// The pass in program order alone; nothing where it is not exact.
[[nodiscard]] std::optional<ExplainedTiming> timeInProgramOrder(engine::Resolver& resolver,
                                                                const engine::Prepared& prepared,
                                                                const Program& program, Progress& progress);

/// The event engine alone.
[[nodiscard]] ExplainedTiming timeByEvents(engine::Resolver& resolver, const engine::Prepared& prepared,
                                           const Program& program, const TimesSink& sink, Progress& progress,
                                           CountUsage usage = CountUsage::No);

/// The causes that path labels stand for, with the cycles of each.
[[nodiscard]] Breakdown breakdownOf(const std::vector<Cycles>& totals);

}  // namespace taktwerk
