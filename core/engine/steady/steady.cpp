// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/steady.h"

#include <algorithm>
#include <utility>

#include "core/base/quotes.h"
#include "core/engine/preparation/prepare.h"
#include "core/engine/steady/access_analysis.h"

namespace taktwerk {

namespace {

SteadyTiming asFull(ExplainedTiming&& explained, const ProgramSize& size) {
  SteadyTiming result;
  result.method = "full";
  result.explained = std::move(explained);
  result.evaluatedBodies = size.loopIterations;
  result.evaluatedInstructions = size.instructions;
  return result;
}

Diagnostic doesNotSettle(const Program& program, std::int64_t instructions, std::int64_t evaluated) {
  return {Severity::Error,
          program.file,
          {1, 1},
          "E0004",
          "the program of " + std::to_string(instructions) + " instructions does not settle within " +
              std::to_string(evaluated) + " evaluated instructions and is too long to be timed in full",
          program.name};
}

/// What a pass in program order came to, and the usage, which it does not count, where it is wanted: once
/// more, by events, to the same figures.
ExplainedTiming withUsage(engine::Automaton& automaton, const Program& program,
                          const engine::Prepared& prepared, ExplainedTiming&& inOrder, Progress& progress) {
  if (automaton.countsUsage() == CountUsage::No || !inOrder.timing.ok()) return std::move(inOrder);
  progress.done.fetch_sub(inOrder.timing.instructions, std::memory_order_relaxed);
  return timeByEvents(automaton.resolver(), prepared, program, {}, progress, CountUsage::Yes);
}

/// What a cache holds depends on all addresses so far, which no state of the automaton says.
bool accessesCache(const engine::Resolver& resolver, const engine::Prepared& prepared) {
  return std::any_of(prepared.used.begin(), prepared.used.end(), [&](std::uint32_t content) {
    const std::vector<AccessShape>& accesses = resolver[content].accesses;
    return std::any_of(accesses.begin(), accesses.end(), [&](const AccessShape& access) {
      return resolver.machine().memories[access.memory.index()].kind == MemoryKind::Cache;
    });
  });
}

}  // namespace

SteadyTiming timeBySteadyState(engine::Automaton& automaton, const Program& program,
                               const TimingBudget& budget, Progress& progress) {
  const Result<engine::Prepared> prepared = engine::prepare(automaton.resolver(), program);
  if (prepared) return timeBySteadyState(automaton, program, *prepared, budget, progress);
  SteadyTiming result;
  result.explained.timing.errors = prepared.diagnostics;
  return result;
}

SteadyTiming timeBySteadyState(engine::Automaton& automaton, const Program& program,
                               const engine::Prepared& prepared, const TimingBudget& budget,
                               Progress& progress) {
  SteadyTiming result;
  Timing& timing = result.explained.timing;
  const ProgramSize size = sizeOf(program);
  // What is short and repeats little is done before anything could be found in it.
  constexpr std::int64_t little = 16, littleInOrder = 100, shortInOrder = 16;
  const std::int64_t repeated = size.instructions / std::max<std::int64_t>(1, std::ssize(program.steps));
  const std::int64_t small = std::min(budget.small, budget.full);
  bool triedInOrder = false;
  const auto inFull = [&] {
    // What has failed in program order once fails again.
    engine::Resolver& resolver = automaton.resolver();
    const CountUsage usage = automaton.countsUsage();
    return asFull(triedInOrder ? timeByEvents(resolver, prepared, program, {}, progress, usage)
                               : timeInFull(resolver, prepared, program, {}, progress, usage),
                  size);
  };
  if (size.instructions <= small && repeated < little) {
    return inFull();
  }
  if (size.instructions / shortInOrder <= small && repeated < littleInOrder && budget.small > 0) {
    auto inOrder = timeInProgramOrder(automaton.resolver(), prepared, program, progress);
    if (inOrder) return asFull(withUsage(automaton, program, prepared, std::move(*inOrder), progress), size);
    triedInOrder = true;
    // A body of one or two instructions costs more to look up than to run.
    if (size.instructions < 3 * size.loopIterations && size.instructions <= budget.full) {
      return inFull();
    }
  }
  const bool mayRunInFull = size.instructions <= budget.full;
  if (program.loops.size() > 1 && !accessesCache(automaton.resolver(), prepared)) {
    const engine::AccessAnalysis analysis = engine::analyseAccesses(automaton.resolver(), prepared, program);
    engine::AutomatonResult found = automaton.run(program, prepared, analysis, budget, progress);
    result.method = "steady state";
    result.evaluatedBodies = found.evaluatedBodies;
    result.evaluatedInstructions = found.evaluatedInstructions;
    timing.instructions = size.instructions;
    // What was skipped is done with the rest; what the search has done in vain is not done yet.
    if (found.status != engine::AutomatonResult::Status::Cancelled) {
      const bool exact = found.status == engine::AutomatonResult::Status::Exact;
      progress.done.fetch_add((exact ? size.instructions : 0) - found.reported, std::memory_order_relaxed);
    }
    switch (found.status) {
      case engine::AutomatonResult::Status::Exact:
        timing.cycles = found.cycles;
        result.explained.breakdown = breakdownOf(found.breakdown);
        result.explained.traffic = std::move(found.traffic);
        result.explained.usage = engine::usageOf(found.usage, automaton.resolver().machine());
        return result;
      case engine::AutomatonResult::Status::Deadlocked:
        // The chain is named by the numbers of instructions, which only a full run knows.
        if (mayRunInFull) return inFull();
        timing.deadlock = found.deadlock;
        timing.deadlock->cycle = found.deadlockCycle;
        timing.deadlock->chain = "instructions of a loop body wait for each other";
        return result;
      case engine::AutomatonResult::Status::Failed:
        timing.errors.push_back({Severity::Error,
                                 program.file,
                                 {1, 1},
                                 "P0005",
                                 inQuotes(program.name) + ": " + found.error,
                                 program.name});
        return result;
      case engine::AutomatonResult::Status::Cancelled:
        timing.cancelled = true;
        return result;
      case engine::AutomatonResult::Status::Exhausted:
        break;
    }
  }
  if (mayRunInFull) return inFull();
  result.exact = false;
  timing.errors.push_back(doesNotSettle(program, size.instructions, budget.evaluated));
  return result;
}

}  // namespace taktwerk
