// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/steady.h"

#include <iostream>

#include <gtest/gtest.h>

#include "tests/core/engine/explained.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

struct Tally {
  int cases = 0;
  int steady = 0;   ///< settled, rather than timed in full
  int skipped = 0;  ///< of those, with less evaluated than there is
};

/// What a program comes to on an automaton with a past, and what it counts, is what it is on a new one; also
/// where a budget ends the search.
void expectNoPast(const Machine& machine, engine::Automaton& withPast, const Program& program,
                  const SteadyTiming& found, Progress& progress) {
  const auto expectSame = [&](const SteadyTiming& a, const SteadyTiming& b) {
    EXPECT_EQ(a.method, b.method);
    EXPECT_EQ(a.exact, b.exact);
    EXPECT_EQ(a.evaluatedBodies, b.evaluatedBodies);
    EXPECT_EQ(a.evaluatedInstructions, b.evaluatedInstructions);
    EXPECT_EQ(a.explained.timing.cycles, b.explained.timing.cycles);
    EXPECT_EQ(a.explained.breakdown, b.explained.breakdown);
    EXPECT_EQ(a.explained.traffic, b.explained.traffic);
  };
  engine::Automaton fresh(machine);
  expectSame(timeBySteadyState(fresh, program, {}, progress), found);
  for (const TimingBudget& tight : {TimingBudget{.evaluated = found.evaluatedInstructions / 2, .full = 0},
                                    TimingBudget{.full = 0, .stateWords = 400}}) {
    engine::Automaton other(machine);
    expectSame(timeBySteadyState(other, program, tight, progress),
               timeBySteadyState(withPast, program, tight, progress));
  }
}

/// The steady state as a TimingFunction. Skipping must change no figure, so the breakdown by category and
/// the traffic by memory are held against `full` here.
Timing steadyTiming(Tally& tally, const Machine& machine, const Program& program, Progress& progress) {
  engine::Automaton automaton(machine);
  // An automaton with a past: what it learned from another program must not show in this one.
  Random random(static_cast<std::uint64_t>(program.steps.size() + 7 * program.coefficients.size()));
  ProgramOptions before;
  before.loops = true;
  before.maximumInstructions = 100;
  if (const auto other = randomProgram(random, machine, before).program(machine)) {
    (void)timeBySteadyState(automaton, *other, {}, progress);
  }
  const SteadyTiming steady = timeBySteadyState(automaton, program, {}, progress);
  if (steady.explained.timing.ok()) expectNoPast(machine, automaton, program, steady, progress);
  ++tally.cases;
  if (steady.method == "steady state") {
    ++tally.steady;
    if (steady.evaluatedInstructions < steady.explained.timing.instructions) ++tally.skipped;
  }
  if (!steady.explained.timing.ok()) return steady.explained.timing;
  return sameExplanation(machine, timeInFull(machine, program, {}, progress), steady.explained);
}

void check(std::uint64_t seed, int count, std::int64_t instructions) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = instructions;
  options.perInstruction = false;
  Tally tally;
  checkAgainstReference(
      seed, count,
      [&](const Machine& machine, const Program& program, const TimesSink&, Progress& progress) {
        return steadyTiming(tally, machine, program, progress);
      },
      options);
  std::cout << tally.cases << " programs, " << tally.steady << " settled, " << tally.skipped
            << " with instructions skipped\n";
  EXPECT_GT(tally.skipped, 0);
}

TEST(SteadyState, EqualsTheReferenceOnSmallRandomLoopPrograms) {
  check(5'000'000, 3000, 200);
}

TEST(SteadyState, EqualsTheReferenceOnLongRandomLoopPrograms) {
  check(6'000'000, 300, 5000);
}

}  // namespace
}  // namespace taktwerk::test
