// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/analysis/two_results.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ResultDifference differenceOf(const NetworkEstimate& before, const NetworkEstimate& now) {
  return taktwerk::differenceOf(storedResult(before), storedResult(now));
}

std::vector<std::string> namesOf(const ResultDifference& difference) {
  std::vector<std::string> names;
  names.reserve(difference.layers.size());
  for (const LayerChange& layer : difference.layers) names.push_back(layer.layer);
  return names;
}

TEST(Difference, MatchesLayersByNameAndKeepsTheOrder) {
  const ResultDifference difference = differenceOf(resultBefore(), resultNow());
  EXPECT_THAT(namesOf(difference), ElementsAre("conv", "relu", "softmax", "fc", "new", "old"));
  const auto& layers = difference.layers;
  EXPECT_EQ(layers[0].cycles.absolute(), -200);
  EXPECT_DOUBLE_EQ(layers[0].cycles.relative().value_or(0), -0.1);
  EXPECT_TRUE(layers[0].standing == false && layers[0].mapping && layers[0].tunables && layers[0].method &&
              layers[0].exactness);
  EXPECT_FALSE(layers[3].differs()) << "its object has another number, but the same name";
  EXPECT_FALSE(layers[4].before);
  EXPECT_EQ(layers[4].cycles.now, 10);
  EXPECT_FALSE(layers[4].cycles.absolute());
  EXPECT_FALSE(layers[5].now);
  EXPECT_EQ(layers[5].cycles.before, 60);
}

TEST(Difference, KnowsWhatIsFusedAndWhatIsNotMapped) {
  const auto layers = differenceOf(resultBefore(), resultNow()).layers;
  ASSERT_TRUE(layers[1].before);
  EXPECT_EQ(layers[1].before->standing, LayerStanding::Fused);
  EXPECT_EQ(layers[1].before->fusedWith, "conv");
  EXPECT_TRUE(layers[1].standing);
  EXPECT_FALSE(layers[1].cycles.before);
  EXPECT_EQ(layers[1].cycles.now, 30);
  ASSERT_TRUE(layers[2].before);
  EXPECT_EQ(layers[2].before->standing, LayerStanding::Unmapped);
  EXPECT_EQ(layers[2].before->reason, "no mapping");
  EXPECT_TRUE(layers[2].standing);
}

TEST(Difference, AFusedLayerDoesNotDifferWithItsChain) {
  NetworkEstimate now = resultBefore();
  now.layers[0].method = "full";
  now.layers[0].mapping = "tiled";
  const auto layers = differenceOf(resultBefore(), now).layers;
  EXPECT_TRUE(layers[0].differs());
  EXPECT_FALSE(layers[1].differs()) << "it is told of the first of the chain";
  EXPECT_EQ(differingLayers(differenceOf(resultBefore(), now)), 1U);
}

TEST(Difference, WordsAreThoseOfBothResultsByMemory) {
  const auto result = [](std::map<MemoryId, Traffic> traffic) {
    auto machine = std::make_shared<Machine>();
    machine->objectNames = {"alu"};
    machine->memories.resize(2);
    machine->memories[0].name = "dram";
    machine->memories[1].name = "sram";
    NetworkEstimate estimate = resultOf(machine, {layerOf("fc", 0, {{{WaitCause::Busy, {0}}, 4}})});
    estimate.layers[0].traffic = std::move(traffic);
    return estimate;
  };
  const NetworkEstimate before = result({{MemoryId{0}, {1, 1, 10, 5, 2}}}), silent = result({});
  const NetworkEstimate now = result({{MemoryId{0}, {1, 1, 10, 6, 2}}, {MemoryId{1}, {1, 0, 3, 0, 1}}});
  const auto traffic = differenceOf(before, now).layers[0].traffic;
  ASSERT_EQ(traffic.size(), 2U);
  EXPECT_EQ(traffic[0].before, 15);
  EXPECT_EQ(traffic[0].now, 16);
  EXPECT_EQ(traffic[1].memory, "sram");
  EXPECT_EQ(traffic[1].before, 0) << "it tells of its memories, and of this one nothing";
  EXPECT_FALSE(differenceOf(silent, now).layers[0].traffic[0].before) << "it tells of none";
  EXPECT_FALSE(differenceOf(silent, now).traffic[0].before);
  EXPECT_EQ(differenceOf(before, now).traffic[0].now, 16);
}

TEST(Difference, SetsCausesSideBySideByName) {
  const auto causes = differenceOf(resultBefore(), resultNow()).layers[0].causes;
  ASSERT_EQ(causes.size(), 3U);
  EXPECT_EQ(causes[0].cause, (NamedCause{WaitCause::Structural, "bus"}));
  EXPECT_EQ(causes[0].before, 0);
  EXPECT_EQ(causes[0].now, 600);
  EXPECT_EQ(causes[1].cause, (NamedCause{WaitCause::Data, "dmem"}));
  EXPECT_EQ(causes[1].before, 500);
  EXPECT_EQ(causes[2].cause, (NamedCause{WaitCause::Busy, "alu"}));
  EXPECT_EQ(causes[2].before, 1500);
  EXPECT_EQ(causes[2].now, 1200);
}

TEST(Difference, AddsUp) {
  const ResultDifference difference = differenceOf(resultBefore(), resultNow());
  EXPECT_EQ(difference.cycles.before, 2100);
  EXPECT_EQ(difference.cycles.now, 1900);
  EXPECT_EQ(difference.cycles.absolute(), -200);
  Cycles byCause = 0, byLayer = 0;
  for (const CauseChange& each : difference.causes) byCause += *each.now - *each.before;
  for (const LayerChange& each : difference.layers) {
    byLayer += each.cycles.now.value_or(0) - each.cycles.before.value_or(0);
  }
  EXPECT_EQ(byCause, -200);
  EXPECT_EQ(byLayer, -200);
}

TEST(Difference, ListsParametersThatDiffer) {
  const auto parameters = differenceOf(resultBefore(), resultNow()).parameters;
  ASSERT_EQ(parameters.size(), 3U);
  EXPECT_EQ(parameters[0].name, "arch.gone");
  EXPECT_EQ(parameters[0].before, 2);
  EXPECT_FALSE(parameters[0].now);
  EXPECT_EQ(parameters[1].name, "arch.rows");
  EXPECT_EQ(parameters[1].now, 8);
  EXPECT_EQ(parameters[2].name, "network.batch");
  EXPECT_FALSE(parameters[2].before);
}

TEST(Difference, OfAResultFromItselfIsNone) {
  const ResultDifference difference = differenceOf(resultNow(), resultNow());
  EXPECT_FALSE(difference.differs());
  EXPECT_EQ(difference.cycles.absolute(), 0);
  EXPECT_EQ(difference.layers.size(), 5U);
}

TEST(Difference, OfNothingAndOfVoidResultsHasNoTotal) {
  const ResultDifference none = differenceOf(NetworkEstimate{}, NetworkEstimate{});
  EXPECT_FALSE(none.differs());
  EXPECT_EQ(none.cycles.absolute(), 0);
  EXPECT_FALSE(none.cycles.relative()) << "there are no cycles to be part of";
  NetworkEstimate failed = resultBefore(), cancelled = resultBefore();
  failed.diagnostics.push_back({Severity::Error, {}, {}, "E0002", "deadlock", {}});
  cancelled.cancelled = true;
  for (const NetworkEstimate& result : {failed, cancelled}) {
    const ResultDifference difference = differenceOf(result, resultNow());
    EXPECT_FALSE(difference.cycles.before);
    EXPECT_FALSE(difference.cycles.absolute());
    EXPECT_TRUE(difference.differs());
  }
}

TEST(Difference, LayersOfOneNameAreMatchedInTurn) {
  const auto result = [](const std::vector<Cycles>& cycles) {
    std::vector<LayerEstimate> layers;
    layers.reserve(cycles.size());
    for (const Cycles each : cycles) {
      layers.push_back(
          layerOf("same", static_cast<std::uint32_t>(layers.size()), {{{WaitCause::Fetch, {}}, each}}));
    }
    return resultOf(machineOf("M", {}), layers);
  };
  const auto layers = differenceOf(result({1, 2, 3}), result({1, 5})).layers;
  ASSERT_EQ(layers.size(), 3U);
  EXPECT_EQ(layers[0].cycles.absolute(), 0);
  EXPECT_EQ(layers[1].cycles.absolute(), 3);
  EXPECT_EQ(layers[2].cycles.before, 3);
  EXPECT_FALSE(layers[2].now);
}

}  // namespace
}  // namespace taktwerk::test
