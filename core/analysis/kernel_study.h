// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/analysis/kernel_table.h"
#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/engine/budget.h"
#include "core/engine/steady/loop_report.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// On what ground the cycles of a loop are known.
enum class LoopStanding : std::uint8_t {
  Repeats,     ///< its machine state came back: the iterations from there on are proven to be the same
  Whole,       ///< it ended before a state came back: each iteration was run
  Few,         ///< it has fewer iterations than something could repeat in
  Stepped,     ///< no states are known of this program; its iterations were run one by one
  Unfinished,  ///< the budget ended in it
  NotReached   ///< the budget ended before it
};

/// What was found out about a loop. Of a loop inside others `first` is its first execution alone; `different`
/// tells how many there were that differ in what they met.
struct KernelFinding {
  LoopStanding standing = LoopStanding::NotReached;
  std::int64_t different = 0;        ///< executions that were met in different states or with other addresses
  std::int64_t evaluatedBodies = 0;  ///< bodies in it that were timed singly, each once in a state
  engine::LoopExecution first;

  /// Where it first became steady, or null.
  [[nodiscard]] const engine::SteadyStretch* steady() const {
    return first.stretches.empty() ? nullptr : first.stretches.data();
  }
  /// In the steady part, or in the mean of what is over of the first execution; nothing if nothing is.
  [[nodiscard]] std::optional<double> cyclesPerIteration() const;
  /// Cycle in which the first execution became steady, from the beginning of the program.
  [[nodiscard]] std::optional<Cycles> steadyAt() const;
};

/// The loops of a program with what running it has shown about each.
struct KernelStudy {
  KernelTable table;
  std::vector<KernelFinding> findings;  ///< by row of the table
  bool finished = false;                ///< else the budget ended the search
  bool stepped = false;                 ///< a cache is accessed
  Cycles cycles = 0;                    ///< of the program; void unless finished
  Cycles drain = 0;                     ///< of these, from the last iteration's end until all is over
  std::int64_t evaluatedBodies = 0, evaluatedInstructions = 0;
  bool cancelled = false;  ///< then all of it is void
};

struct KernelStudyOptions {
  TimingBudget budget = {};          ///< of the search for states; nothing is timed in full
  std::int64_t stepped = 2'000'000;  ///< instructions of a program whose states are not known
};

/// Runs the program as `auto` does, on an automaton of its own, and tells what it found. `progress` counts
/// instructions. Errors: those of the program on that machine (`P…`), a deadlock (E0002).
[[nodiscard]] Result<KernelStudy> studyKernels(const Machine& machine, const Program& program,
                                               Progress& progress, const KernelStudyOptions& options = {});

}  // namespace taktwerk
