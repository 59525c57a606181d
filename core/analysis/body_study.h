// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/iteration.h"
#include "core/analysis/kernel_study.h"
#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/graph/graph.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// A wait of an instruction: it could have gone on by itself and did not, for `cycles`, until something else
/// let it.
struct BodyWait {
  Cycles cycles = 0;
  MachineObjectId at;  ///< what it waited for to enter: a stage, a unit, a memory
  GraphEdgeKind kind = GraphEdgeKind::Structural;
  bool fetching = false;         ///< for itself to arrive, fetched right behind those before
  MachineObjectId object;        ///< whose time it was that was waited for
  std::int64_t instruction = 0;  ///< whose result, place or slot it was, in the unrolled program …
  std::string operation;         ///< … what that does …
  std::int64_t before = 0;       ///< … and how many instructions it stands before this one
};

/// An instruction of a body and what became of it in one iteration; cycles are relative to the iteration.
struct BodyInstruction {
  ListedOperation listed;
  std::int64_t number = 0;  ///< in the unrolled program
  bool timed = false;       ///< else beyond what was simulated, and what follows is void
  MachineObjectId unit;
  std::vector<MachineObjectId> objects;      ///< stages, unit and memories it went through, each once
  Cycles arrives = 0, starts = 0, ends = 0;  ///< `ends`: it has completed and left
  Cycles waited = 0;                         ///< of all waits
  std::vector<BodyWait> waits;               ///< the longest first
};

/// One iteration of a loop of the first execution of it, instructions in loops further in left out.
struct BodyStudy {
  std::vector<LoopAround> loops;  ///< from the outermost to the loop itself; none: of the whole program
  std::int64_t iteration = 0;     ///< that is shown
  bool steady = false;            ///< it is one of those that repeat
  bool reached = true;            ///< false: it begins beyond what may be simulated, and nothing is timed
  Cycles begins = 0;              ///< cycle in which its first instruction arrives at the fetch stage
  std::vector<BodyInstruction> instructions;
  std::size_t leftOut = 0;  ///< beyond the limit
  std::size_t untimed = 0;  ///< of those listed
  bool cancelled = false;   ///< then all of it is void
};

struct BodyStudyOptions {
  std::size_t instructions = 400;  ///< listed
  std::int64_t reach = 100'000;    ///< instructions of the program that are simulated
};

/// One iteration of the loop in row `row` of the study, or of the program outside its loops: the first steady
/// one, or the last one before it within the reach. The reference simulation runs the program from its
/// beginning until the iteration is over, at a cost that goes with the reach; `progress` counts instructions.
/// Errors: what it finds wrong.
[[nodiscard]] Result<BodyStudy> studyBody(const Machine& machine, const Program& program,
                                          const KernelStudy& study, std::optional<std::size_t> row,
                                          Progress& progress, const BodyStudyOptions& options = {});

}  // namespace taktwerk
