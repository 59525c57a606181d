// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/reference/simulation.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

Timeline timelineFor(const std::shared_ptr<const Machine>& machine, const Program& program,
                     const InstructionWindow& window) {
  Progress progress;
  const auto graph = graphWindowOf(machine, program, window, progress);
  EXPECT_TRUE(graph);
  return graph ? timelineOf(*graph, program) : Timeline{};
}

const TimelineBar* barOf(const TimelineInstruction& instruction, NodeKind kind) {
  const auto found = std::find_if(instruction.bars.begin(), instruction.bars.end(),
                                  [&](const TimelineBar& bar) { return bar.kind == kind; });
  return found == instruction.bars.end() ? nullptr : &*found;
}

/// What the simulation says of each instruction, told by the bars.
void expectTimes(const TimelineInstruction& instruction, const InstructionTimes& times) {
  const TimelineBar* const fetch = barOf(instruction, NodeKind::Fetch);
  const TimelineBar* const buffer = barOf(instruction, NodeKind::Buffer);
  const TimelineBar* const unit = barOf(instruction, NodeKind::Unit);
  ASSERT_TRUE(fetch && buffer && unit);
  EXPECT_EQ(fetch->end, times.fetched);
  EXPECT_EQ(buffer->begin, times.fetched);
  EXPECT_EQ(buffer->end, times.issued);
  EXPECT_EQ(unit->begin, times.start);
  EXPECT_EQ(unit->end, std::max(times.complete, times.release));
  const TimelineBar* before = buffer;
  std::vector<const TimelineBar*> accesses;
  for (const TimelineBar& bar : instruction.bars) {
    EXPECT_LE(bar.begin, bar.end);
    if (bar.kind == NodeKind::Access) accesses.push_back(&bar);
    if (bar.kind != NodeKind::Stage) continue;
    EXPECT_EQ(bar.begin, before->end);
    before = &bar;
  }
  EXPECT_EQ(before->begin, times.enter);
  EXPECT_EQ(before->end, times.release);
  std::multiset<std::tuple<Words, Words, bool, Cycles, Cycles>> shown, simulated;
  for (const TimelineBar* bar : accesses) {
    shown.emplace(bar->address, bar->words, bar->write, bar->begin, bar->end);
  }
  for (const AccessTimes& access : times.accesses) {
    simulated.emplace(access.address, access.words, access.write, access.granted, access.ready);
  }
  // What caches ask of the memory behind them is shown too.
  EXPECT_TRUE(std::includes(shown.begin(), shown.end(), simulated.begin(), simulated.end()));
  EXPECT_LE(simulated.size(), shown.size());
}

TEST(Timeline, OfRandomProgramsHasTheTimesOfTheSimulation) {
  int compared = 0;
  for (int i = 0; i < propertyCount(200); ++i) {
    RandomOptions options;
    options.program.loops = true;
    const std::uint64_t seed = 16'500'000 + static_cast<std::uint64_t>(i);
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    std::map<std::int64_t, InstructionTimes> times;
    Progress progress;
    const Timing timing = simulate(
        *machine, *program, [&](const InstructionTimes& each) { times[each.index] = each; }, progress);
    const std::int64_t all = sizeOf(*program).instructions;
    if (!timing.ok() || all < 2) continue;
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Timeline timeline = timelineFor(machine, *program, {all / 2, all});
    ASSERT_EQ(std::ssize(timeline.instructions), all - all / 2);
    for (const TimelineInstruction& instruction : timeline.instructions) {
      ASSERT_NO_FATAL_FAILURE(expectTimes(instruction, times[instruction.number]));
      ++compared;
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(compared, 1000);
}

TEST(Timeline, SaysWhatWasWaitedForAndForHowLong) {
  const auto machine = twoLanes();
  // wait, then load, add and store of the first iterations.
  const Timeline timeline = timelineFor(machine, nestProgram(*machine), {48'000, 48'010});
  ASSERT_EQ(timeline.instructions.size(), 10U);
  int data = 0;
  for (const TimelineInstruction& instruction : timeline.instructions) {
    for (const TimelineBar& bar : instruction.bars) {
      EXPECT_GE(bar.begin, timeline.begin);
      EXPECT_LE(bar.end, timeline.end);
      if (!bar.wait) continue;
      EXPECT_GT(bar.wait->cycles, 0);
      EXPECT_LE(bar.wait->cycles, bar.begin);
      EXPECT_NE(bar.wait->operation, "");
      if (instruction.operation.operation != "store" || bar.kind != NodeKind::Unit) continue;
      // It stores what the addition before it makes.
      ++data;
      EXPECT_EQ(bar.wait->cause.detail, WaitDetail::RegisterRaw);
      EXPECT_EQ(bar.wait->instruction, instruction.number - 1);
      EXPECT_EQ(bar.wait->operation, "add");
    }
  }
  EXPECT_GT(data, 1);
}

TEST(Timeline, OfNothingIsEmpty) {
  const auto machine = twoLanes();
  const Timeline timeline = timelineFor(machine, nestProgram(*machine), {0, 0});
  EXPECT_TRUE(timeline.instructions.empty());
  EXPECT_EQ(timeline.end, 0);
}

}  // namespace
}  // namespace taktwerk::test
