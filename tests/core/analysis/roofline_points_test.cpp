// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/roofline_points.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

/// Two multiply-accumulates a cycle, a memory of two slots and one with ports.
std::shared_ptr<const Machine> machine() {
  Machine made;
  made.operations = {"mac"};
  made.units.resize(2);
  for (Unit& unit : made.units) unit.operations = {OperationId{0}};
  made.units[0].latency.constant = made.units[1].latency.constant = 1;
  made.memories.resize(2);
  made.memories[0].name = "dram";
  made.memories[0].kind = MemoryKind::Dram;
  made.memories[0].maxConcurrentRequests = 2;
  made.memories[1].name = "sram";
  made.memories[1].maxConcurrentRequests = 8;
  made.memories[1].readWritePorts = 1;
  made.memories[1].portWidth = 4;
  made.memories[1].beatInterval = 2;
  return std::make_shared<const Machine>(std::move(made));
}

NetworkEstimate estimateOf(std::vector<LayerEstimate> layers) {
  NetworkEstimate estimate;
  estimate.machine = machine();
  estimate.layers = std::move(layers);
  return estimate;
}

LayerEstimate layerOf(const std::string& name, std::int64_t macs, Cycles cycles, const Traffic& dram) {
  LayerEstimate layer;
  layer.name = name;
  layer.macs = macs;
  layer.cycles = cycles;
  layer.traffic[MemoryId{0}] = dram;
  return layer;
}

TEST(Roofline, SetsPointsBesideTheRoofOfEachMemory) {
  // 40 words in 20 slot-cycles, of two slots: 4 words a cycle at most.
  LayerEstimate conv = layerOf("conv", 100, 200, {4, 1, 30, 10, 20});
  conv.traffic[MemoryId{1}] = {10, 0, 50, 0, 10};
  const RooflinePlot plot = rooflinePlotOf(estimateOf({conv, layerOf("relu", 0, 50, {1, 0, 8, 0, 8})}));
  EXPECT_EQ(plot.peak, 2);
  EXPECT_EQ(plot.without, (std::vector<std::string>{"relu"}));
  ASSERT_EQ(plot.levels.size(), 2U);
  const auto level = [&](const std::string& name) {
    return *std::find_if(plot.levels.begin(), plot.levels.end(),
                         [&](const auto& one) { return one.name == name; });
  };
  const RooflineLevel dram = level("dram"), sram = level("sram");
  EXPECT_DOUBLE_EQ(*dram.wordsPerCycle, 4);
  EXPECT_DOUBLE_EQ(*sram.wordsPerCycle, 2) << "what one port moves in two cycles";
  ASSERT_EQ(dram.points.size(), 1U);
  EXPECT_DOUBLE_EQ(dram.points[0].intensity, 2.5);
  EXPECT_DOUBLE_EQ(dram.points[0].macsPerCycle, 0.5);
  EXPECT_DOUBLE_EQ(dram.points[0].bound, 2) << "the units, which are below 2.5 times 4";
  EXPECT_EQ(plot.levels.front().name, "sram") << "nearer to its roof";
}

TEST(Roofline, HasNoPeakWhereAnInstructionIsManyMacs) {
  const RooflinePlot plot = rooflinePlotOf(estimateOf({layerOf("conv", 1000, 10, {1, 0, 10, 0, 10})}));
  EXPECT_EQ(plot.peak, 0);
  ASSERT_EQ(plot.levels.size(), 1U);
  EXPECT_DOUBLE_EQ(plot.levels[0].points[0].bound, 200) << "100 MACs a word, 2 words a cycle";
}

TEST(Roofline, OfNothingIsEmpty) {
  EXPECT_TRUE(rooflinePlotOf({}).levels.empty());
  EXPECT_TRUE(rooflinePlotOf(estimateOf({})).levels.empty());
  const RooflinePlot timeless = rooflinePlotOf(estimateOf({layerOf("conv", 1, 10, {1, 0, 10, 0, 0})}));
  ASSERT_EQ(timeless.levels.size(), 1U);
  EXPECT_FALSE(timeless.levels[0].wordsPerCycle) << "requests took no time";
}

}  // namespace
}  // namespace taktwerk
