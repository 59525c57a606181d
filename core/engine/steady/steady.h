// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/progress.h"
#include "core/engine/full/full.h"
#include "core/engine/steady/automaton.h"

namespace taktwerk {

/// Limits of the estimating method: counted, never timed.
struct SteadyBudget {
  std::int64_t evaluated = 20'000'000;  ///< evaluated before a program is held not to settle
  std::int64_t full = 200'000'000;      ///< programs up to this size are then timed in full
  std::size_t stateWords = engine::AutomatonBudget{}.stateWords;  ///< numbers in stored states
  std::int64_t small = 0;  ///< programs up to this size that repeat little are timed in full at once
};

/// Timing that skips what is proven to repeat.
struct SteadyTiming {
  ExplainedTiming explained;
  bool exact = true;
  std::string method;  ///< "steady state" or "full"
  std::int64_t evaluatedBodies = 0;
  std::int64_t evaluatedInstructions = 0;
};

/// Times a program by the automaton of its loop bodies; where that does not settle within the budget (or
/// caches are in use), instruction by instruction. `automaton` keeps what it learns for the next program on
/// the same machine. `exact` is false only when neither was possible within the budget; then no figure is
/// given, `explained.timing.errors` says why, and an approximation is the caller's to make.
[[nodiscard]] SteadyTiming timeBySteadyState(engine::Automaton& automaton, const Program& program,
                                             const SteadyBudget& budget, Progress& progress);
/// The same for a program that was prepared with the automaton's resolver.
[[nodiscard]] SteadyTiming timeBySteadyState(engine::Automaton& automaton, const Program& program,
                                             const engine::Prepared& prepared, const SteadyBudget& budget,
                                             Progress& progress);

}  // namespace taktwerk
