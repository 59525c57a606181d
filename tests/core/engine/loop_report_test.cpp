// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steady/loop_report.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"
#include "core/engine/steady/access_analysis.h"
#include "core/engine/steady/automaton.h"
#include "core/engine/steady/stepped_loops.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

using engine::AutomatonResult;
using engine::LoopExecution;
using engine::LoopReport;
using engine::LoopReports;
using engine::SteadyStretch;

/// A program on a machine, run by the automaton with a report and stepped through beside.
struct Reported {
  engine::Automaton automaton;
  Result<engine::Prepared> prepared;
  bool rows = false;
  AutomatonResult result;
  LoopReports reports;
  engine::SteppedLoops stepped;

  Reported(const Machine& machine, const Program& program, const TimingBudget& budget = {})
      : automaton(machine), prepared(engine::prepare(automaton.resolver(), program)) {
    if (!prepared) return;
    const engine::AccessAnalysis analysis = analyseAccesses(automaton.resolver(), *prepared, program);
    rows = analysis.rows;
    Progress progress;
    result = automaton.run(program, *prepared, analysis, budget, progress, &reports);
    stepped = stepLoops(automaton.resolver(), *prepared, program, 1'000'000, progress);
    engine::Automaton silent(machine);
    const auto again = engine::prepare(silent.resolver(), program);
    const AutomatonResult unreported =
        silent.run(program, *again, analyseAccesses(silent.resolver(), *again, program), budget, progress);
    EXPECT_EQ(result.status, unreported.status);
    EXPECT_EQ(result.cycles, unreported.cycles);
    EXPECT_EQ(result.breakdown, unreported.breakdown);
    EXPECT_EQ(result.evaluatedBodies, unreported.evaluatedBodies);
    EXPECT_EQ(result.evaluatedInstructions, unreported.evaluatedInstructions);
  }
  [[nodiscard]] bool exact() const { return prepared && result.status == AutomatonResult::Status::Exact; }
};

struct Tally {
  int loops = 0, stretches = 0, unfinished = 0, longer = 0;
};

/// The iterations that were run and the stretches that were skipped make up the execution.
void expectAddsUp(const LoopExecution& execution) {
  if (execution.run > static_cast<std::int64_t>(LoopReports::most)) return;
  Cycles cycles = 0, inStretches = 0;
  std::int64_t iterations = 0;
  for (const auto& each : execution.first) cycles += each.cycles, ++iterations;
  EXPECT_EQ(iterations, execution.run);
  for (const SteadyStretch& stretch : execution.stretches) {
    EXPECT_EQ(stretch.skipped % stretch.period, 0);
    cycles += stretch.skipped / stretch.period * stretch.periodCycles;
    iterations += stretch.skipped;
    inStretches += stretch.iterations / stretch.period * stretch.periodCycles;
  }
  EXPECT_EQ(cycles, execution.cycles);
  EXPECT_EQ(iterations, execution.iterations);
  EXPECT_LE(inStretches, execution.steady);
  EXPECT_LE(execution.prologue + execution.steady, execution.cycles);
}

/// Each iteration takes what it takes when every instruction is run, skipped ones too.
void expectIterationsOf(const LoopExecution& stepped, const LoopExecution& execution, Tally& tally) {
  EXPECT_EQ(execution.start, stepped.start);
  for (const auto& each : execution.first) {
    const auto at = static_cast<std::size_t>(each.iteration);
    if (at < stepped.first.size()) {
      EXPECT_EQ(each, stepped.first[at]);
    }
  }
  for (const SteadyStretch& stretch : execution.stretches) {
    ++tally.stretches;
    const std::int64_t end =
        std::min<std::int64_t>(stretch.first + stretch.iterations, std::ssize(stepped.first));
    for (std::int64_t i = stretch.first + stretch.period; i < end; ++i) {
      EXPECT_EQ(stepped.first[static_cast<std::size_t>(i)].cycles,
                stepped.first[static_cast<std::size_t>(i - stretch.period)].cycles)
          << "iteration " << i;
    }
  }
}

void expectReports(const Program& program, const Reported& reported, Tally& tally) {
  const LoopExecution& whole = reported.reports.loops[0].first;
  EXPECT_EQ(std::max<Cycles>(0, whole.cycles + reported.reports.drain), reported.result.cycles);
  EXPECT_EQ(reported.reports.drain, reported.stepped.reports.drain);
  for (std::size_t l = 1; l < program.loops.size(); ++l) {
    const LoopReport& report = reported.reports.loops[l];
    const LoopReport& stepped = reported.stepped.reports.loops[l];
    ++tally.loops;
    EXPECT_EQ(report.reached, stepped.reached);
    if (!report.reached) continue;
    EXPECT_TRUE(report.first.finished);
    EXPECT_EQ(report.first.iterations, program.loops[l].trips);
    EXPECT_EQ(report.first.cycles, stepped.first.cycles);
    EXPECT_LE(report.different, stepped.different);
    EXPECT_LE(report.evaluatedBodies, std::min(reported.result.evaluatedBodies, stepped.evaluatedBodies));
    expectAddsUp(report.first);
    expectIterationsOf(stepped.first, report.first, tally);
  }
}

/// Where the last thing a program does is a loop that ends steadily, more periods of it take as many more
/// cycles, in full.
void expectMoreOfTheSame(const Machine& machine, const Program& program, const Reported& reported,
                         Tally& tally) {
  const Program::Item last = program.body(program.loops[0]).back();
  if (!last.isLoop || reported.rows) return;
  const LoopExecution& execution = reported.reports.loops[last.index].first;
  if (execution.stretchCount != 1) return;
  const SteadyStretch& stretch = execution.stretches.front();
  if (stretch.first + stretch.iterations != program.loops[last.index].trips) return;
  constexpr std::int64_t more = 5;
  Program longer = program;
  longer.loops[last.index].trips += more * stretch.period;
  Progress progress;
  const ExplainedTiming full = timeInFull(machine, longer, {}, progress);
  if (!full.timing.ok()) return;  // addresses beyond a memory
  ++tally.longer;
  EXPECT_EQ(full.timing.cycles, reported.result.cycles + more * stretch.periodCycles);
}

/// What was found out until the budget ended is as true.
void expectReportsOfTheBeginning(const Machine& machine, const Program& program, const Reported& all,
                                 Tally& tally) {
  TimingBudget tight;
  tight.evaluated = all.result.evaluatedInstructions / 2;
  const Reported reported(machine, program, tight);
  if (reported.result.status != AutomatonResult::Status::Exhausted) return;
  EXPECT_FALSE(reported.reports.loops[0].first.finished);
  for (std::size_t l = 1; l < program.loops.size(); ++l) {
    const LoopExecution& execution = reported.reports.loops[l].first;
    if (!reported.reports.loops[l].reached) continue;
    if (!execution.finished) ++tally.unfinished;
    if (execution.finished) {
      EXPECT_EQ(execution.iterations, program.loops[l].trips);
    } else {
      EXPECT_LT(execution.iterations, program.loops[l].trips);
    }
    expectAddsUp(execution);
    expectIterationsOf(reported.stepped.reports.loops[l].first, execution, tally);
  }
}

void check(std::uint64_t firstSeed, int count, std::int64_t instructions) {
  RandomOptions options;
  options.machine.caches = false;
  options.program.loops = true;
  options.program.maximumInstructions = instructions;
  Tally tally;
  for (int i = 0; i < propertyCount(count); ++i) {
    const std::uint64_t seed = firstSeed + static_cast<std::uint64_t>(i);
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomCase drawn = randomCase(seed, options);
    const auto machine = drawn.architecture.machine();
    if (!machine) continue;
    const auto program = drawn.program.program(*machine);
    if (!program || program->items.empty()) continue;
    const Reported reported(*machine, *program);
    if (!reported.exact()) continue;
    expectReports(*program, reported, tally);
    expectMoreOfTheSame(*machine, *program, reported, tally);
    expectReportsOfTheBeginning(*machine, *program, reported, tally);
    if (testing::Test::HasFailure()) {
      FAIL() << drawn.architecture.text() << '\n' << drawn.program.text();
    }
  }
  std::cout << tally.loops << " loops, " << tally.stretches << " stretches, " << tally.unfinished
            << " left within, " << tally.longer << " made longer\n";
  EXPECT_GT(tally.stretches, 0);
  EXPECT_GT(tally.unfinished, 0);
  EXPECT_GT(tally.longer, 0);
}

TEST(LoopReport, OfSmallRandomNestsIsWhatEveryIterationTakes) {
  check(7'000'000, 1500, 200);
}

TEST(LoopReport, OfLongRandomNestsIsWhatEveryIterationTakes) {
  check(7'500'000, 150, 5000);
}

}  // namespace
}  // namespace taktwerk::test
