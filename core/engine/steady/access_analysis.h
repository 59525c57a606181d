// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/events/state.h"
#include "core/engine/preparation/prepare.h"
#include "core/engine/preparation/resolver.h"
#include "core/program/program.h"

namespace taktwerk::engine {

/// One access of one instruction of a program in all its iterations: address = base + Σ stride · variable
/// over the loops around it.
struct AccessFamily {
  std::uint32_t step = 0;
  std::uint32_t access = 0;  ///< of the instruction, memory reads first
  std::uint32_t memory = 0;  ///< as named
  std::uint32_t root = 0;    ///< whose addresses hazards compare
  bool write = false;
  Words words = 1;
  std::uint32_t coefficients = 0;    ///< into Program::coefficients: base, then a stride for each loop
  std::vector<std::uint32_t> loops;  ///< around it, from the outermost
  AccessTreatment treatment;
};

/// What matters of every address of a program.
struct AccessAnalysis {
  std::vector<AccessFamily> families;      ///< in program order
  std::vector<std::uint32_t> firstFamily;  ///< by step: its first family; a step's families are consecutive
  bool rows = false;                       ///< a DRAM is accessed
  std::int64_t effort = 0;                 ///< steps taken to tell what overlaps
};

/// Decides for each access whether it may ever overlap another one to the same memory of which one writes,
/// and with which period its address decides how it is cut and which banks it meets.
///
/// Two families are independent when base difference + Σ stride · (difference of variables) never comes
/// closer than the words they access, for any variables (core/engine/steady/overlap.h). Loop variables of the
/// two sides are taken as independent, which is safe. Families whose bases form a grid are asked about
/// together, and one by one only where the grids meet. After `effort` steps every family is taken to overlap,
/// which is safe too.
[[nodiscard]] AccessAnalysis analyseAccesses(const Resolver& resolver, const Prepared& prepared,
                                             const Program& program, std::int64_t effort = 20'000'000);

}  // namespace taktwerk::engine
