// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/layer_timeline.h"

#include <algorithm>
#include <iostream>
#include <numeric>
#include <sstream>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"
#include "core/network/network_file.h"
#include "core/study/study_estimate.h"
#include "core/study/study_memory.h"
#include "tests/core/analysis/nest_program.h"
#include "tests/support/places.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

LayerTimeline timelineOf(const std::shared_ptr<const Machine>& machine, Program program, std::int64_t piece) {
  Progress progress;
  LayerTimelineOptions options;
  options.piece = piece;
  auto made =
      layerTimelineOf(machine, std::make_shared<const Program>(std::move(program)), progress, options);
  EXPECT_TRUE(made);
  return made ? std::move(*made) : LayerTimeline{};
}

/// The same instructions one after the other, so that nothing can be skipped.
Program unrolled(const Program& program) {
  ProgramBuilder builder(program.name, program.file);
  ProgramWalker walker(program);
  while (walker.next()) {
    const auto addresses = walker.addresses();
    const std::vector<std::int64_t> own(addresses.begin(), addresses.end());
    builder.add(program.templates[walker.step().instruction], own);
  }
  return std::move(builder).finish();
}

std::vector<InstructionTimes> timesOf(const Machine& machine, const Program& program) {
  std::vector<InstructionTimes> times(static_cast<std::size_t>(sizeOf(program).instructions));
  Progress progress;
  EXPECT_TRUE(timeInFull(
                  machine, program,
                  [&](const InstructionTimes& each) { times[static_cast<std::size_t>(each.index)] = each; },
                  progress)
                  .timing.ok());
  return times;
}

void checkTimes(const LayerTimeline& timeline, const std::vector<InstructionTimes>& times) {
  for (const InstructionTimes& each : times) {
    const Cycles piece = cycleOf(timeline, each.index);
    ASSERT_LE(piece, each.fetched);
    ASSERT_LE(cycleOf(timeline, instructionAt(timeline, piece)), piece);
    const InstructionWindow window = instructionsIn(timeline, each.fetched, each.fetched + 1);
    ASSERT_LE(window.first, each.index);
  }
}

/// Counts instructions that are under way in a stretch, and those of them that its detail does not have.
void countMissing(const LayerTimeline& timeline, const std::vector<InstructionTimes>& times, int& all,
                  int& missing) {
  for (int k = 0; k < 5; ++k) {
    const Cycles begin = timeline.cycles * k / 5, end = begin + 1 + timeline.cycles / 40;
    Progress progress;
    const auto detail = detailOf(timeline, begin, end, 1'000'000, progress);
    ASSERT_TRUE(detail);
    const auto& shown = detail->timeline.instructions;
    for (const InstructionTimes& each : times) {
      if (each.fetched >= end || std::max(each.release, each.complete) <= begin) continue;
      ++all;
      const auto found = std::lower_bound(
          shown.begin(), shown.end(), each.index,
          [](const TimelineInstruction& one, std::int64_t number) { return one.number < number; });
      if (found == shown.end() || found->number != each.index) ++missing;
    }
  }
}

/// Blocks of each depth lie one behind the other, and those of one depth in those above.
void checkBlocks(const LayerTimeline& timeline, Cycles least) {
  const std::vector<TimelineBlock> blocks = blocksIn(timeline, 0, timeline.cycles + 1, least);
  std::int64_t outermost = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const TimelineBlock& block = blocks[i];
    if (block.depth == 0) outermost += block.instructions;
    ASSERT_LE(block.begin, block.end);
    if (i > 0 && blocks[i - 1].depth == block.depth) {
      ASSERT_LE(blocks[i - 1].end, block.begin);
    }
    if (block.depth == 0) continue;
    const bool inside = std::any_of(blocks.begin(), blocks.end(), [&](const TimelineBlock& outer) {
      return outer.depth + 1 == block.depth && outer.begin <= block.begin && block.end <= outer.end &&
             outer.first <= block.first &&
             block.first + block.instructions <= outer.first + outer.instructions;
    });
    ASSERT_TRUE(inside);
  }
  ASSERT_EQ(outermost, timeline.instructions);
}

void checkOccupied(const LayerTimeline& timeline) {
  const Cycles all = timeline.tree.blocks[timeline.tree.root].cycles;
  if (all == 0) return;
  const OccupiedShares whole = occupiedIn(timeline, 0, all, 1), many = occupiedIn(timeline, 0, all, 37);
  const auto width = static_cast<double>(all) / 37;
  for (const auto& [object, places] : timeline.tree.blocks[timeline.tree.root].occupied) {
    EXPECT_NEAR(whole.at(object, 0) * static_cast<double>(all), places, 1e-4 * places + 1e-3);
    double sum = 0;
    for (std::size_t bin = 0; bin < 37; ++bin) sum += many.at(object, bin) * width;
    EXPECT_NEAR(sum, places, 1e-4 * places + 1e-3);
  }
}

TEST(LayerTimeline, OfRandomLoopProgramsIsThatOfAllInstructions) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = 3'000;
  int programs = 0, repeating = 0, underWay = 0, missing = 0;
  for (int i = 0; i < propertyCount(60); ++i) {
    const std::uint64_t seed = 23'000'000 + static_cast<std::uint64_t>(i);
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program || sizeOf(*program).instructions == 0) continue;
    Progress progress;
    const auto made =
        layerTimelineOf(machine, std::make_shared<const Program>(*program), progress, {{}, 10'000, 1});
    if (!made) continue;  // it jams
    ++programs;
    const LayerTimeline single = timelineOf(machine, *program, 1),
                        flat = timelineOf(machine, unrolled(*program), 1),
                        pieces = timelineOf(machine, *program, 5);
    const std::vector<InstructionTimes> times = timesOf(*machine, *program);
    EXPECT_EQ(single.known, single.instructions);
    for (std::int64_t n = 0; n < single.instructions; ++n) {
      ASSERT_EQ(cycleOf(single, n), cycleOf(flat, n)) << "seed " << seed << ", instruction " << n;
    }
    SCOPED_TRACE("seed " + std::to_string(seed));
    countMissing(pieces, times, underWay, missing);
    for (const LayerTimeline* each : {&single, &pieces}) {
      checkTimes(*each, times);
      for (const Cycles least : {Cycles{1}, each->cycles / 50, each->cycles}) checkBlocks(*each, least);
      if (each->occupiedKnown) checkOccupied(*each);
    }
    for (const engine::TimeTree::Block& block : pieces.tree.blocks) {
      if (std::any_of(block.segments.begin(), block.segments.end(),
                      [](const auto& each) { return each.times > 1; })) {
        ++repeating;
        break;
      }
    }
    if (HasFailure()) FAIL() << one.architecture.text() << one.program.text();
  }
  std::cout << programs << " programs, " << repeating << " with something that repeats; " << missing << " of "
            << underWay << " instructions under way are missing in details\n";
  EXPECT_LT(missing, underWay / 100);
  EXPECT_GT(repeating, programs / 4);
}

TEST(LayerTimeline, OfANestSaysWhichIterationRunsWhen) {
  const auto machine = twoLanes();
  const LayerTimeline timeline = timelineOf(machine, nestProgram(*machine), 64);
  EXPECT_EQ(timeline.instructions, 96'002);
  const auto blocks = blocksIn(timeline, 0, timeline.cycles, timeline.cycles / 10);
  ASSERT_GE(blocks.size(), 5U);
  EXPECT_EQ(blocks[0].depth, 0U);
  EXPECT_EQ(blocks[0].loop, 0U);
  EXPECT_EQ(blocks[0].instructions, 96'002);
  const auto ofOc = [&](const TimelineBlock& block) {
    return timeline.program->loops[block.loop].variable == "oc";
  };
  ASSERT_EQ(std::count_if(blocks.begin(), blocks.end(), ofOc), 3) << "each iteration of oc is seen";
  const TimelineBlock last = *std::find_if(blocks.rbegin(), blocks.rend(), ofOc);
  EXPECT_EQ(last.iteration, 2);
  EXPECT_EQ(last.instructions, 32'000);
  EXPECT_EQ(cycleOf(timeline, last.first), last.begin);
  EXPECT_LE(last.first, instructionAt(timeline, last.begin));
  EXPECT_LT(instructionAt(timeline, last.begin), last.first + 10);
  // Looked at closely, somewhere in the middle: single iterations of the innermost loop.
  const Cycles middle = cycleOf(timeline, 50'000);
  const auto close = blocksIn(timeline, middle, middle + 40, 1);
  EXPECT_TRUE(
      std::any_of(close.begin(), close.end(),
                  [&](const TimelineBlock& block) {
                    return timeline.program->loops[block.loop].variable == "i2" && block.iterations == 1 &&
                           block.repeats;
                  }) ||
      std::any_of(close.begin(), close.end(), [](const TimelineBlock& block) { return block.depth == 3; }));
  EXPECT_LT(close.size(), 200U);
}

TEST(LayerTimeline, IsEmptyWhereNothingRunsAndStopsWhenAsked) {
  const auto machine = twoLanes();
  const LayerTimeline empty = timelineOf(machine, ProgramBuilder("nothing").finish(), 64);
  EXPECT_EQ(empty.instructions, 0);
  EXPECT_TRUE(blocksIn(empty, 0, 100, 1).empty());
  EXPECT_EQ(instructionAt(empty, 50), 0);
  EXPECT_EQ(instructionsIn(empty, 0, 100).end, 0);
  Progress progress;
  progress.cancel();
  const auto made =
      layerTimelineOf(machine, std::make_shared<const Program>(nestProgram(*machine)), progress, {});
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->cancelled);
}

TEST(LayerTimeline, SaysWhatIsNotKnownWhereTheBudgetEnds) {
  const auto machine = twoLanes();
  Progress progress;
  LayerTimelineOptions options;
  options.budget.evaluated = 10;
  options.piece = 4;
  const auto made =
      layerTimelineOf(machine, std::make_shared<const Program>(nestProgram(*machine)), progress, options);
  ASSERT_TRUE(made);
  EXPECT_FALSE(made->finished);
  EXPECT_LT(made->known, made->instructions);
  EXPECT_EQ(cycleOf(*made, made->known), made->cycles);
}

}  // namespace
}  // namespace taktwerk::test
