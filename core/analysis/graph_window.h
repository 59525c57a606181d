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
  bool cancelled = false;                          ///< then all of it is void
};

/// Runs the program from its beginning until the instructions of the window are over, by the reference
/// simulation: time and memory go with `window.end`. `progress` counts instructions. Errors: what the
/// simulation finds wrong; a deadlock (E0002), at the line of the first instruction of the chain.
[[nodiscard]] Result<GraphWindow> graphWindowOf(const std::shared_ptr<const Machine>& machine,
                                                const Program& program, const InstructionWindow& window,
                                                Progress& progress);

}  // namespace taktwerk
