// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/graph/graph.h"
#include "core/graph/window.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"
#include "core/program/program.h"

namespace taktwerk {

/// The dependency graph of some instructions of a program, with what windows and files say about it.
struct GraphWindow {
  std::shared_ptr<const Machine> machine;  ///< whose objects the nodes are
  DependencyGraph graph;                   ///< of the window; binding and critical edges are marked
  std::string title;                       ///< "Tiny running conv1, instructions 10 to 19"
  std::int64_t first = 0, end = 0;  ///< instructions of the window; others are there as sources of edges only
  std::map<std::int64_t, std::string> operations;  ///< by instruction, of all that have nodes
  Breakdown criticalPath;                          ///< of the run up to the window's end, in cycles
  std::int64_t simulated = 0;  ///< instructions that were timed one by one to make it, by whichever means
  std::int64_t leftOut = 0;    ///< instructions before it that were not, being proven to repeat
  bool cancelled = false;      ///< then all of it is void
};

/// How far windows may reach.
struct GraphReach {
  std::int64_t instructions = 500'000;  ///< simulated at most, for any one run
};

/// The graph of a window anywhere in a program, as it is cut from the graph of all. The way to it goes by the
/// reference simulation, which leaves out what is proven to repeat: iterations of the loops around and before
/// it that the automaton of loop bodies has found to recur (engine/steady/automaton.h), level by level. So a
/// window costs what it takes to settle, at whichever iteration it lies. `progress` counts instructions.
///
/// Errors: what the simulation finds wrong; a deadlock (E0002), at the line of the first instruction of the
/// chain; a window that more than `reach` would have to be simulated for (E0009), because a cache is
/// accessed, nothing repeats or it does not settle. Of a program that is long, what lies behind the window is
/// not looked at.
[[nodiscard]] Result<GraphWindow> graphWindowOf(const std::shared_ptr<const Machine>& machine,
                                                const Program& program, const InstructionWindow& window,
                                                Progress& progress, const GraphReach& reach = {});
/// Whether that is what a problem of `graphWindowOf` says: a greater reach would do.
[[nodiscard]] bool isBeyondReach(const Diagnostic& problem);

}  // namespace taktwerk
