// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/analysis/graph_window.h"
#include "core/analysis/timeline.h"
#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/engine/budget.h"
#include "core/engine/steady/time_tree.h"
#include "core/graph/window.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// A program in time, all of it: which loop is in which iteration at which cycle, and how much objects are
/// occupied, at any scale; windows of single instructions (analysis/timeline.h) fit in where it is looked at
/// closely.
struct LayerTimeline {
  std::shared_ptr<const Machine> machine;
  std::shared_ptr<const Program> program;
  engine::TimeTree tree;
  Cycles cycles = 0;              ///< of the whole program; of what is known, unless finished
  std::int64_t instructions = 0;  ///< of the program
  std::int64_t known = 0;         ///< of these, from the first on, those whose time is known
  bool finished = true;           ///< false: the budget ended before the program
  bool occupiedKnown = true;      ///< false: how much objects are occupied is not, a cache being accessed
  bool cancelled = false;         ///< then all of it is void
};

struct LayerTimelineOptions {
  TimingBudget budget = {.evaluated = 4'000'000};  ///< of the search for what repeats
  std::int64_t stepped = 2'000'000;                ///< instructions of a program whose states are not known
  std::int64_t piece = 64;                         ///< instructions without loops that stand together at most
};

/// Runs the program as the engine does, until everything is seen that differs. `progress` counts
/// instructions. Errors: those of the program on that machine (`P…`), a deadlock (E0002).
[[nodiscard]] Result<LayerTimeline> layerTimelineOf(std::shared_ptr<const Machine> machine,
                                                    std::shared_ptr<const Program> program,
                                                    Progress& progress,
                                                    const LayerTimelineOptions& options = {});

/// The first instruction of what is fetched at a cycle: of a piece without loops the first, not the very one.
/// Before the beginning 0, behind the end the last that is known.
[[nodiscard]] std::int64_t instructionAt(const LayerTimeline& timeline, Cycles cycle);
/// When the piece without loops begins that an instruction is in; where it is not known, the end.
[[nodiscard]] Cycles cycleOf(const LayerTimeline& timeline, std::int64_t instruction);
/// The instructions that are fetched, or begun elsewhere, between two cycles, and those before them that may
/// still go on. Empty where there are none.
[[nodiscard]] InstructionWindow instructionsIn(const LayerTimeline& timeline, Cycles begin, Cycles end);

/// Single instructions of a stretch of time.
struct TimelineDetail {
  Timeline timeline;
  std::shared_ptr<const GraphWindow> graph;  ///< what that was read from; null without instructions
  Cycles begin = 0, end = 0;                 ///< the stretch
  bool tooMany = false;                      ///< there are more than the limit: `timeline` is void
  bool cancelled = false;                    ///< then all of it is void
};

/// What each instruction does that is under way between two cycles. Those in `instructionsIn`, and as many
/// before as are seen to be waited for or to go on: one that many others overtook, and none waited for, may
/// be missing. At most `most`. Errors: those of `graphWindowOf`.
[[nodiscard]] Result<TimelineDetail> detailOf(const LayerTimeline& timeline, Cycles begin, Cycles end,
                                              std::int64_t most, Progress& progress,
                                              const GraphReach& reach = {2'000'000});

/// A stretch of time that one loop takes: an iteration, or several that are too short to be told apart.
struct TimelineBlock {
  std::uint32_t depth = 0;      ///< loops around it
  std::uint32_t loop = 0;       ///< of Program::loops; 0 is the program itself
  std::int64_t iteration = 0;   ///< the first
  std::int64_t iterations = 1;  ///< how many
  Cycles begin = 0, end = 0;    ///< of all of them
  std::int64_t first = 0;       ///< instruction
  std::int64_t instructions = 0;
  bool repeats = false;  ///< they are proven to be what those before them were, or to come again
  friend bool operator==(const TimelineBlock&, const TimelineBlock&) = default;
};

/// What of the loops lies between two cycles, by depth and time: iterations that take at least `least` cycles
/// (of 1 or more) singly, with what is in them; shorter ones together. The number of blocks goes with
/// (end − begin) / least, whatever the program's length.
[[nodiscard]] std::vector<TimelineBlock> blocksIn(const LayerTimeline& timeline, Cycles begin, Cycles end,
                                                  Cycles least);

/// How much objects are occupied, as `TimeTree::Occupied` says it, in stretches of equal length.
struct OccupiedShares {
  Cycles begin = 0, end = 0;
  std::size_t bins = 0;
  std::vector<float> places;  ///< by object and stretch: mean number of places that are

  [[nodiscard]] float at(MachineObjectId object, std::size_t bin) const {
    return places[object.index() * bins + bin];
  }
};

/// Of all objects between two cycles. What an iteration did is spread evenly over it where it is shorter than
/// a stretch, and what a piece without loops did in any case.
[[nodiscard]] OccupiedShares occupiedIn(const LayerTimeline& timeline, Cycles begin, Cycles end,
                                        std::size_t bins);

}  // namespace taktwerk
