// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/graph/graph.h"
#include "core/graph/window.h"
#include "core/program/cause.h"
#include "core/program/loop_skip.h"
#include "core/program/program.h"
#include "core/program/program_index.h"
#include "core/program/timing.h"

namespace taktwerk {

/// The graph of a window, made without what is left out on the way to it.
struct ShortenedGraph {
  Timing timing;              ///< of what was run; an error or a deadlock is one of that, not of the program
  DependencyGraph graph;      ///< of the window: instructions, cycles and addresses as in the whole program
  Breakdown criticalPath;     ///< of the whole run up to the window's end
  std::int64_t recorded = 0;  ///< instructions simulated
  /// False: what was left out was too close to something that still mattered, and all but `timing` is void.
  /// A margin of `margin` instructions may do.
  bool sound = true;
  std::int64_t margin = 0;
};

/// Runs a program from its beginning to the end of a window by the reference simulation, without the
/// instructions in `skips` (in the program's order, none beyond the window's first): where iterations are
/// left out, what is under way is taken for what would be under way then, which it is but for its addresses.
/// Time and memory go with what is run. `index` is the program's.
///
/// The graph equals the window of the graph of all. Where the run alone cannot show that, it is not `sound`:
/// everything that an edge of the window comes from has to have come after what was left out last, and what a
/// loop does must not reach from its iterations before into those behind.
[[nodiscard]] ShortenedGraph recordShortened(const Machine& machine, const Program& program,
                                             const ProgramIndex& index, const std::vector<LoopSkip>& skips,
                                             const InstructionWindow& window, Progress& progress);

}  // namespace taktwerk
