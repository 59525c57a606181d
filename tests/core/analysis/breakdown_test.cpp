// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/breakdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/report/sample_estimate.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;

std::vector<Cycles> cyclesOf(const CauseTable& table) {
  std::vector<Cycles> cycles;
  cycles.reserve(table.causes.size());
  for (const CauseShare& each : table.causes) cycles.push_back(each.cycles);
  return cycles;
}

NetworkEstimate threeLayers() {
  NetworkEstimate estimate = sampleEstimate();
  LayerEstimate fc;
  fc.name = "fc";
  fc.breakdown = {{{WaitCause::Busy, {1}}, 700}, {{WaitCause::Structural, {1}}, 800}};
  LayerEstimate again = fc;
  again.name = "a_last";
  again.breakdown = {{{WaitCause::Busy, {1}}, 2000}};
  estimate.layers.push_back(fc);
  estimate.layers.push_back(again);
  return estimate;
}

std::vector<std::string> namesOf(const std::vector<LayerBreakdown>& layers) {
  std::vector<std::string> names;
  names.reserve(layers.size());
  for (const LayerBreakdown& layer : layers) names.push_back(layer.layer);
  return names;
}

TEST(Breakdown, OfALayerHasCausesAndObjectsLongestFirst) {
  const NetworkEstimate estimate = sampleEstimate();
  const LayerBreakdown layer = breakdownOf(estimate.layers[0], *estimate.machine);
  EXPECT_EQ(layer.layer, "conv1");
  EXPECT_EQ(layer.table.cycles, 2000);
  EXPECT_THAT(cyclesOf(layer.table), ElementsAre(1200, 500, 300));
  EXPECT_EQ(layer.table.causes[0].cause, (NamedCause{WaitCause::Data, "alu"}));
  EXPECT_EQ(layer.table.causes[0].object, MachineObjectId{0});
  EXPECT_DOUBLE_EQ(layer.table.causes[0].share, 0.6);
  EXPECT_EQ(layer.table.causes[2].cause, (NamedCause{WaitCause::Fetch, ""}));
  ASSERT_EQ(layer.table.objects.size(), 1U) << "waiting for instructions is nobody's";
  EXPECT_EQ(layer.table.objects[0].name, "alu");
  EXPECT_EQ(layer.table.objects[0].busy, 500);
  EXPECT_EQ(layer.table.objects[0].waited, 1200);
  EXPECT_DOUBLE_EQ(layer.table.objects[0].share, 0.85);
}

TEST(Breakdown, OfANetworkAddsLayersUp) {
  const NetworkBreakdown breakdown = breakdownOf(threeLayers());
  EXPECT_EQ(breakdown.architecture, "Tiny");
  EXPECT_EQ(breakdown.network, "Small");
  EXPECT_EQ(breakdown.total.cycles, 5500);
  EXPECT_THAT(cyclesOf(breakdown.total), ElementsAre(2700, 1200, 800, 500, 300));
  EXPECT_EQ(breakdown.total.objects[0].name, "dmem");
  EXPECT_EQ(breakdown.total.objects[0].busy, 2700);
  EXPECT_EQ(breakdown.total.objects[0].waited, 800);
  EXPECT_EQ(breakdown.layers.size(), 3U);
}

TEST(Breakdown, EqualCausesStandInTheOrderOfTheMachine) {
  const CauseTable table = causeTable({{{WaitCause::Data, "b"}, {7}, 5, 0},
                                       {{WaitCause::Busy, "z"}, {3}, 5, 0},
                                       {{WaitCause::Busy, "a"}, {4}, 2, 0},
                                       {{WaitCause::Busy, "a"}, {4}, 3, 0}});
  EXPECT_EQ(table.cycles, 15);
  ASSERT_EQ(table.causes.size(), 3U);
  EXPECT_EQ(table.causes[0].cause.object, "z");
  EXPECT_EQ(table.causes[1].cause.object, "a");
  EXPECT_EQ(table.causes[1].cycles, 5);
  EXPECT_EQ(table.causes[2].cause.object, "b");
}

TEST(Breakdown, PutsLayersInOrder) {
  std::vector<LayerBreakdown> layers = breakdownOf(threeLayers()).layers;
  sortLayers(layers, LayerOrder::Network);
  EXPECT_THAT(namesOf(layers), ElementsAre("conv1", "fc", "a_last"));
  sortLayers(layers, LayerOrder::Longest);
  EXPECT_THAT(namesOf(layers), ElementsAre("conv1", "a_last", "fc")) << "equal ones stay as they stand";
  sortLayers(layers, LayerOrder::Name);
  EXPECT_THAT(namesOf(layers), ElementsAre("a_last", "conv1", "fc"));
}

TEST(Breakdown, NamesTheBottleneckAndWhatComesNext) {
  const auto bottleneck = bottleneckOf(totalOf(threeLayers()));
  ASSERT_TRUE(bottleneck);
  EXPECT_EQ(bottleneck->largest.cause, (NamedCause{WaitCause::Busy, "dmem"}));
  EXPECT_DOUBLE_EQ(bottleneck->largest.share, 2700.0 / 5500);
  ASSERT_TRUE(bottleneck->second);
  EXPECT_EQ(bottleneck->second->cause, (NamedCause{WaitCause::Data, "alu"}));
  EXPECT_FALSE(bottleneckOf(causeTable({{{WaitCause::Fetch, ""}, {}, 4, 0}}))->second);
}

TEST(Breakdown, OfNothingIsEmpty) {
  const NetworkBreakdown none = breakdownOf(NetworkEstimate{});
  EXPECT_EQ(none.total.cycles, 0);
  EXPECT_TRUE(none.total.causes.empty());
  EXPECT_TRUE(none.layers.empty());
  EXPECT_FALSE(bottleneckOf(none.total));
  EXPECT_DOUBLE_EQ(causeTable({{{WaitCause::Fetch, ""}, {}, 0, 0}}).causes[0].share, 0);
}

}  // namespace
}  // namespace taktwerk
