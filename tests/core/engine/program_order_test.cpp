// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/order/program_order.h"

#include <iostream>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"
#include "tests/core/engine/explained.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

struct Tally {
  int programs = 0;
  int applied = 0;  ///< timed by the pass to the end
};

/// The pass as a TimingFunction where it applies. Breakdown and traffic are held against the event engine,
/// which a sink asks for.
Timing passTiming(Tally& tally, const Machine& machine, const Program& program, Progress& progress) {
  ++tally.programs;
  const ExplainedTiming events = timeInFull(
      machine, program, [](const InstructionTimes&) {}, progress);
  engine::Resolver resolver(machine);
  const Result<engine::Prepared> prepared = engine::prepare(resolver, program);
  if (!prepared) return events.timing;
  const auto pass = timeInProgramOrder(resolver, *prepared, program, progress);
  if (!pass) return events.timing;
  ++tally.applied;
  return sameExplanation(machine, events, *pass);
}

void check(std::uint64_t seed, int count, bool loops, std::int64_t instructions) {
  RandomOptions options;
  options.machine.oneWay = true;
  options.machine.caches = options.machine.drams = false;
  options.program.loops = loops;
  options.program.maximumInstructions = instructions;
  options.perInstruction = false;
  Tally tally;
  checkAgainstReference(
      seed, count,
      [&](const Machine& machine, const Program& program, const TimesSink&, Progress& progress) {
        return passTiming(tally, machine, program, progress);
      },
      options);
  std::cout << tally.programs << " programs, " << tally.applied << " timed in program order\n";
  EXPECT_GT(tally.applied, tally.programs / 20);
}

TEST(ProgramOrder, AgreesWithReferenceAndEventsOnRandomTraces) {
  check(5'000'000, 2000, false, 200);
}

TEST(ProgramOrder, AgreesWithReferenceAndEventsOnRandomLoopPrograms) {
  check(6'000'000, 500, true, 3000);
}

}  // namespace
}  // namespace taktwerk::test
