// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <gtest/gtest.h>

#include "core/engine/steady/steady.h"
#include "core/reference/simulation.h"
#include "tests/core/engine/explained.h"
#include "tests/core/engine/usage_counted.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

struct Tally {
  int compared = 0;
  int skipped = 0;  ///< with instructions that were not timed singly
};

void print(const char* whose, const Usage& usage, const Machine& machine) {
  for (const auto& [object, block] : usage) {
    std::cout << whose << ' ' << machine.objectNames[object.index()] << ": " << block.uses << " uses, "
              << block.places << " places, busy " << block.busy << ", waiting " << block.waiting
              << ", before the start " << block.beforeStart << '\n';
  }
}

/// The timing found, or one with an impossible time where usage or traffic is not what was counted.
Timing sameUsage(const Machine& machine, const CountingObserver& counted, const ExplainedTiming& found) {
  Timing timing = found.timing;
  if (found.usage == counted.usage && found.traffic == counted.traffic) return timing;
  print("counted", counted.usage, machine);
  print("found  ", found.usage, machine);
  timing.cycles = -1;
  return timing;
}

/// The engine as a TimingFunction, event by event and with what repeats skipped, held against what an
/// observer of the reference simulation counts.
Timing usageTiming(Tally& tally, const Machine& machine, const Program& program, Progress& progress) {
  CountingObserver counted(machine);
  const Timing reference = simulateObserved(machine, program, {}, counted, progress);
  engine::Automaton automaton(machine, CountUsage::Yes);
  const SteadyTiming steady = timeBySteadyState(automaton, program, {}, progress);
  if (!reference.ok() || !steady.explained.timing.ok()) return steady.explained.timing;
  ++tally.compared;
  if (steady.method == "steady state" && steady.evaluatedInstructions < reference.instructions)
    ++tally.skipped;
  engine::Resolver resolver(machine);
  const Result<engine::Prepared> prepared = engine::prepare(resolver, program);
  Timing full =
      sameUsage(machine, counted, timeInFull(resolver, *prepared, program, {}, progress, CountUsage::Yes));
  if (full.cycles != reference.cycles) return full;
  return sameUsage(machine, counted, steady.explained);
}

void check(std::uint64_t seed, int count, bool loops, std::int64_t instructions) {
  RandomOptions options;
  options.program.loops = loops;
  options.program.maximumInstructions = instructions;
  options.perInstruction = false;
  Tally tally;
  checkAgainstReference(
      seed, count,
      [&](const Machine& machine, const Program& program, const TimesSink&, Progress& progress) {
        return usageTiming(tally, machine, program, progress);
      },
      options);
  std::cout << tally.compared << " programs compared, " << tally.skipped << " with instructions skipped\n";
  EXPECT_GT(tally.compared, count / 4);
  EXPECT_EQ(tally.skipped > 0, loops);
}

TEST(Usage, IsWhatTheReferenceCountsOnRandomTraces) {
  check(7'000'000, 1000, false, 100);
}

TEST(Usage, IsWhatTheReferenceCountsOnRandomLoopPrograms) {
  check(8'000'000, 1000, true, 300);
}

TEST(Usage, IsWhatTheReferenceCountsOnLongRandomLoopPrograms) {
  check(9'000'000, 100, true, 4000);
}

}  // namespace
}  // namespace taktwerk::test
