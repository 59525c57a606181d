// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/graph_window.h"
#include "core/analysis/iteration.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"
#include "core/program/program.h"

namespace taktwerk {

/// What an instruction had to wait for before it was somewhere: it could have been there `cycles` earlier,
/// but for another. As the binding edge of the dependency graph says it.
struct TimelineWait {
  Cycles cycles = 0;
  GraphEdgeKind kind = GraphEdgeKind::Forward;
  Cause cause;
  std::int64_t instruction = 0;  ///< whose result, place or slot it was
  std::string operation;         ///< what that does
};

/// Where an instruction was, from one cycle to another.
struct TimelineBar {
  NodeKind kind = NodeKind::Stage;
  MachineObjectId object;
  Cycles begin = 0, end = 0;
  Words address = 0, words = 0;  ///< of an access
  bool write = false;
  std::optional<TimelineWait> wait;  ///< in the cycles just before `begin`
};

struct TimelineInstruction {
  std::int64_t number = 0;    ///< in the unrolled program
  ListedOperation operation;  ///< with the addresses of this execution as bases, and no strides
  /// In the order in which it came there: its group's fetch, the fetch stage's buffer, stages, each of which
  /// begins where the one before ends; then its unit and accesses, which lie over the last stage or reach
  /// beyond it.
  std::vector<TimelineBar> bars;

  [[nodiscard]] Cycles begin() const;
  [[nodiscard]] Cycles end() const;
};

/// Time across: what became of each instruction of a window, and why it waited.
struct Timeline {
  std::shared_ptr<const Machine> machine;
  std::string title;
  std::int64_t first = 0;                         ///< instruction of the window
  std::vector<TimelineInstruction> instructions;  ///< by number
  Cycles begin = 0, end = 0;                      ///< of all bars
};

/// The bars of the instructions of a window of `program`. Whether a group fetched before the window had to
/// wait is not in the window's graph and not told.
[[nodiscard]] Timeline timelineOf(const GraphWindow& window, const Program& program);

}  // namespace taktwerk
