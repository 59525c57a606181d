// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/timeline_lanes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/analysis/timeline_statistics.h"
#include "tests/core/analysis/nest_program.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;

Machine named(const std::vector<std::pair<std::string, bool>>& stagesAndUnits) {
  Machine machine;
  for (const auto& [name, isUnit] : stagesAndUnits) {
    const auto object = static_cast<std::uint32_t>(machine.objectNames.size());
    machine.objectNames.push_back(name);
    if (isUnit) {
      Unit unit;
      unit.object = object;
      machine.units.push_back(unit);
    } else {
      Stage stage;
      stage.object = object;
      stage.kind = StageKind::Execute;
      machine.stages.push_back(stage);
    }
  }
  return machine;
}

std::vector<std::string> namesOf(const TimelineLanes& lanes, const std::vector<std::uint32_t>& shown) {
  std::vector<std::string> names;
  names.reserve(shown.size());
  for (const std::uint32_t lane : shown) names.push_back(lanes.lanes[lane].name);
  return names;
}

TEST(TimelineLanes, AnArrayIsOneLaneThatOpensByItsParts) {
  std::vector<std::pair<std::string, bool>> objects{{"fetch", false}};
  for (const char* pe : {"pe[0][0]", "pe[0][1]", "pe[1][0]", "pe[1][1]"}) {
    objects.emplace_back(std::string(pe) + ".stage", false);
    objects.emplace_back(std::string(pe) + ".alu", true);
  }
  for (const char* edge : {"edge[0]", "edge[2]", "edge[3]"}) objects.emplace_back(edge, true);
  objects.emplace_back("lone[7]", true);
  const TimelineLanes lanes = lanesOf(named(objects));
  EXPECT_THAT(namesOf(lanes, shownLanes(lanes, {}, {})),
              ElementsAre("fetch", "pe [2×2]", "edge ×3", "lone[7]"));
  const std::uint32_t pe = lanes.outermost[1];
  EXPECT_EQ(lanes.lanes[pe].objects.size(), 8U);
  EXPECT_EQ(lanes.lanes[pe].counted.size(), 4U) << "its units";
  EXPECT_EQ(lanes.lanes[pe].places, 4);
  const std::uint32_t alus = lanes.lanes[pe].inside[1];
  EXPECT_THAT(namesOf(lanes, shownLanes(lanes, {pe, alus}, {})),
              ElementsAre("fetch", "pe [2×2]", "pe.stage [2×2]", "pe.alu [2×2]", "pe[0][0].alu",
                          "pe[0][1].alu", "pe[1][0].alu", "pe[1][1].alu", "edge ×3", "lone[7]"));
  const MachineObjectId alu{2};
  EXPECT_EQ(lanes.shownFor(alu, {}), pe);
  EXPECT_EQ(lanes.shownFor(alu, {pe}), alus);
  EXPECT_EQ(lanes.lanes[lanes.shownFor(alu, {pe, alus})].name, "pe[0][0].alu");
  std::vector<bool> wanted(lanes.lanes.size(), true);
  wanted[pe] = false;
  EXPECT_THAT(namesOf(lanes, shownLanes(lanes, {}, wanted)), ElementsAre("fetch", "edge ×3", "lone[7]"));
}

TEST(TimelineLanes, BarsOfAnObjectNeverOverlapInARow) {
  const auto machine = twoLanes();
  const Program program = nestProgram(*machine);
  Progress progress;
  const auto window = graphWindowOf(machine, program, {0, 200}, progress);
  ASSERT_TRUE(window);
  const Timeline timeline = timelineOf(*window, program);
  const std::vector<ObjectBars> objects = placeBars(timeline);
  std::size_t placed = 0, waits = 0, expectedWaits = 0, units = 0;
  for (const ObjectBars& object : objects) {
    for (const auto& row : object.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        EXPECT_LT(row[i].begin, row[i].end);
        if (i > 0) {
          EXPECT_LE(row[i - 1].end, row[i].begin);
        }
        placed += timeline.instructions[row[i].instruction].bars[row[i].bar].kind == NodeKind::Unit ? 1 : 0;
      }
    }
    waits += object.waits.size();
  }
  for (const TimelineInstruction& each : timeline.instructions) {
    for (const TimelineBar& bar : each.bars) {
      units += bar.kind == NodeKind::Unit ? 1 : 0;
      expectedWaits += bar.wait && bar.kind != NodeKind::Fetch && bar.kind != NodeKind::Compute ? 1 : 0;
    }
  }
  EXPECT_EQ(placed, units);
  EXPECT_EQ(waits, expectedWaits);
  // The steps of all of them say what the bars do.
  std::vector<MachineObjectId> all;
  for (std::uint32_t object = 0; object < objects.size(); ++object) all.push_back(MachineObjectId{object});
  const std::vector<BusyStep> steps = busySteps(objects, all);
  ASSERT_FALSE(steps.empty());
  EXPECT_EQ(steps.back().count, 0U);
  Cycles area = 0, bars = 0;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i)
    area += (steps[i + 1].begin - steps[i].begin) * steps[i].count;
  for (const ObjectBars& object : objects) {
    for (const auto& row : object.rows) {
      for (const PlacedBar& bar : row) bars += bar.end - bar.begin;
    }
  }
  EXPECT_EQ(area, bars);
}

TEST(TimelineStatistics, OfFewAndOfManyInstructionsAgree) {
  const auto machine = twoLanes();
  Progress progress;
  const auto timeline =
      layerTimelineOf(machine, std::make_shared<const Program>(nestProgram(*machine)), progress);
  ASSERT_TRUE(timeline);
  const TimelineLanes lanes = lanesOf(*machine);
  const Cycles begin = timeline->cycles / 2, end = begin + 2'000;
  const auto single = statisticsOf(*timeline, lanes, begin, end, 100'000, progress);
  const auto loops = statisticsOf(*timeline, lanes, begin, end, 10, progress);
  ASSERT_TRUE(single && loops);
  EXPECT_TRUE(single->single);
  EXPECT_FALSE(loops->single);
  EXPECT_GT(single->instructions, 100);
  EXPECT_NEAR(static_cast<double>(single->instructions), static_cast<double>(loops->instructions), 130);
  EXPECT_FALSE(single->waits.empty());
  EXPECT_TRUE(loops->waits.empty());
  for (const Unit& unit : machine->units) {
    const std::uint32_t lane = lanes.ofObject[unit.object];
    EXPECT_GT(single->shares[lane], 0);
    EXPECT_NEAR(single->shares[lane], loops->shares[lane], 0.05) << unit.name;
  }
  // What is waited in two halves is waited in all.
  const auto first = statisticsOf(*timeline, lanes, begin, begin + 700, 100'000, progress);
  const auto second = statisticsOf(*timeline, lanes, begin + 700, end, 100'000, progress);
  ASSERT_TRUE(first && second);
  Breakdown sum = first->waits;
  for (const auto& [cause, cycles] : second->waits) sum[cause] += cycles;
  ASSERT_EQ(sum.size(), single->waits.size());
  for (const auto& [cause, cycles] : single->waits) {
    const bool fetch = cause.wait == WaitCause::Fetch;  // of the first group it is not known
    EXPECT_NEAR(static_cast<double>(sum[cause]), static_cast<double>(cycles), fetch ? 8 : 0);
  }
}

}  // namespace
}  // namespace taktwerk::test
