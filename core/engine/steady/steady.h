// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/progress.h"
#include "core/engine/budget.h"
#include "core/engine/full/full.h"
#include "core/engine/steady/automaton.h"

namespace taktwerk {

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
                                             const TimingBudget& budget, Progress& progress);
/// The same for a program that was prepared with the automaton's resolver.
[[nodiscard]] SteadyTiming timeBySteadyState(engine::Automaton& automaton, const Program& program,
                                             const engine::Prepared& prepared, const TimingBudget& budget,
                                             Progress& progress);

}  // namespace taktwerk
