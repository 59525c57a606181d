// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/progress.h"
#include "core/engine/events/engine.h"
#include "core/engine/preparation/prepare.h"
#include "core/engine/preparation/resolver.h"
#include "core/engine/steady/loop_report.h"
#include "core/program/program.h"

namespace taktwerk::engine {

/// What stepping through a program came to: `NeedsInstructions` where the limit ended it.
struct SteppedLoops {
  Engine::Status status = Engine::Status::NeedsInstructions;
  LoopReports reports;  ///< no stretches: nothing is skipped, nothing is proven to repeat
  Deadlock deadlock;
};

/// The iterations of each loop of a program as the engine runs them, instruction by instruction, for programs
/// of which no states are known: caches are in use. Ends after `limit` instructions. `progress` counts
/// instructions.
[[nodiscard]] SteppedLoops stepLoops(Resolver& resolver, const Prepared& prepared, const Program& program,
                                     std::int64_t limit, Progress& progress);

}  // namespace taktwerk::engine
