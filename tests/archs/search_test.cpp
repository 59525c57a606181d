// SPDX-License-Identifier: GPL-3.0-or-later
// What layers share, and what is chosen for them, on shipped architectures.
#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/base/digest.h"
#include "core/estimate/equal_layers.h"
#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

NetworkEstimate searched(const Shipped& on, const Network& network, std::int64_t search, unsigned jobs = 1,
                         const char* layer = nullptr) {
  Progress progress;
  EstimateOptions options;
  if (layer != nullptr) options.layer = network.find(layer);
  options.search = search;
  options.jobs = jobs;
  return estimateNetwork(on.machine, network, on.mappings, options, progress);
}

TEST(Search, FindsTilesThatAreNoSlowerThanTheDefaultsAndTellsOfTheOthers) {
  const Shipped gemmini = shipped("gemmini");
  const Network network = shippedNetwork("tc-resnet8");  // conv0 fills no tile of the defaults
  const LayerEstimate usual = estimate(gemmini, network).layers.front();
  const LayerEstimate best = searched(gemmini, network, 1000, 1, "conv0").layers.front();
  EXPECT_LT(best.cycles, usual.cycles);
  EXPECT_NE(best.tunables, usual.tunables);
  ASSERT_FALSE(best.runnersUp.empty());
  EXPECT_TRUE(std::is_sorted(best.runnersUp.begin(), best.runnersUp.end(),
                             [](const RunnerUp& a, const RunnerUp& b) { return a.cycles < b.cycles; }));
  EXPECT_LE(best.cycles, best.runnersUp.front().cycles);
  EXPECT_EQ(best.tried, 5 * 4 * 5 * 2 * 2) << "every combination, also those that exceed a memory";

  // What was found is what those tunables come to.
  Progress progress;
  EstimateOptions options;
  options.tunables = best.tunables;
  options.layer = network.find("conv0");
  EXPECT_EQ(estimateNetwork(gemmini.machine, network, gemmini.mappings, options, progress).cycles,
            best.cycles);
}

TEST(Search, KeepsToItsBudgetAndIsTheSameWithAnyNumberOfThreads) {
  const Shipped gemmini = shipped("gemmini");
  const Network network = shippedNetwork("tc-resnet8");
  const NetworkEstimate one = searched(gemmini, network, 12, 1);
  const NetworkEstimate four = searched(gemmini, network, 12, 4);
  EXPECT_LE(one.cycles, estimate(gemmini, network).cycles);
  ASSERT_EQ(one.layers.size(), four.layers.size());
  for (std::size_t k = 0; k < one.layers.size(); ++k) {
    EXPECT_LE(one.layers[k].tried, 24) << "two mappings at most fit a layer here";
    EXPECT_EQ(one.layers[k].tunables, four.layers[k].tunables);
    EXPECT_EQ(one.layers[k].cycles, four.layers[k].cycles);
    EXPECT_EQ(one.layers[k].evaluatedInstructions, four.layers[k].evaluatedInstructions);
  }
}

TEST(Search, WhatDesignersWouldChooseBeatsTheDefaults) {
  struct Choice {
    const char *architecture, *network, *layer;
    std::map<std::string, std::int64_t> tunables;
  };
  const std::vector<Choice> choices{
      {"one-mac", "tc-resnet8", "b1.conv1", {{"channels_at_once", 3}, {"positions_at_once", 4}}},
      {"systolic-array", "tc-resnet8", "b1.conv1", {{"dataflow", 1}}},
      {"gemmini", "tc-resnet8", "b1.conv1", {{"keep", 1}, {"tile_columns", 2}, {"tile_rows", 2}}},
      {"nvdla-like", "resnet-50", "layer4.0.down", {{"parts", 1}}},
      {"tpu-like", "tc-resnet8", "b1.down", {{"lines", 32}}},
      {"ultratrail", "tc-resnet8", "b3.down", {{"positions", 1}}},
      {"ultratrail-steps", "tc-resnet8", "b2.down", {{"positions", 1}}}};
  for (const Choice& choice : choices) {
    SCOPED_TRACE(choice.architecture);
    const Shipped on = shipped(choice.architecture);
    const Network network = shippedNetwork(choice.network);
    EstimateOptions options;
    options.layer = network.find(choice.layer);
    const auto cycles = [&] {
      Progress progress;
      const NetworkEstimate estimated = estimateNetwork(on.machine, network, on.mappings, options, progress);
      EXPECT_EQ(estimated.layers.size(), 1U);
      return estimated.cycles;
    };
    const Cycles usual = cycles();
    options.tunables = choice.tunables;
    EXPECT_LT(cycles(), usual);
    EXPECT_GT(cycles(), 0);
  }
}

TEST(Search, NamesWhatFailsWhenNothingFits) {
  const Shipped small = shippedUnbounded("gemmini", {{"mesh", 32}, {"scratchpad_rows", 64}});
  const NetworkEstimate estimated = searched(small, matrixProduct(512, 512, 512), 1000);
  EXPECT_FALSE(hasErrors(estimated.diagnostics));
  ASSERT_EQ(estimated.unmapped.size(), 1U);
  const std::string& reason = estimated.unmapped.front().reason;
  EXPECT_NE(reason.find("none of the 400 choices of keep, order, slots, tile_columns and tile_rows"),
            std::string::npos)
      << reason;
  EXPECT_NE(reason.find("scratchpad"), std::string::npos) << reason;
}

TEST(EqualLayers, AreTimedOnceAndTakeWhatTheyTakeAlone) {
  const Shipped gemmini = shipped("gemmini");
  const Network network = shippedNetwork("resnet-18");
  const NetworkEstimate all = estimate(gemmini, network);
  ASSERT_TRUE(all.complete && all.exact);
  std::int64_t again = 0, equal = 0;
  std::set<std::pair<std::string, Digest>> met;  // mappings with what they take
  for (const LayerEstimate& layer : all.layers) {
    Progress progress;
    EstimateOptions options;
    options.layer = layer.layers.front();
    const NetworkEstimate alone =
        estimateNetwork(gemmini.machine, network, gemmini.mappings, options, progress);
    ASSERT_EQ(alone.layers.size(), 1u) << layer.name;
    EXPECT_EQ(alone.layers.front().cycles, layer.cycles) << layer.name;
    EXPECT_EQ(alone.layers.front().macs, layer.macs) << layer.name;
    EXPECT_EQ(alone.layers.front().fused, layer.fused) << layer.name;
    EXPECT_EQ(alone.layers.front().breakdown, layer.breakdown) << layer.name;
    EXPECT_EQ(alone.layers.front().traffic, layer.traffic) << layer.name;
    if (layer.instructions > 0 && layer.evaluatedInstructions == 0) ++again;
    if (!met.emplace(layer.mapping, signatureOf(network, layer.layers)).second && layer.instructions > 0)
      ++equal;
  }
  EXPECT_EQ(again, equal);
  EXPECT_GE(again, 9);
}

TEST(Mapper, MakesTheProgramsThatMapLayersMakes) {
  for (const char* name : {"systolic-array", "gemmini", "plasticine-derived", "ultratrail-steps"}) {
    const Shipped on = shipped(name);
    for (const Mapping& mapping : on.mappings) {
      Mapper mapper(mapping, *on.machine);
      for (const char* net : {"tc-resnet8", "alexnet", "mlp"}) {
        const Network network = shippedNetwork(net);
        for (const Layer& layer : network.layers) {
          const Match found = match(mapping, *on.machine, network, layer.id);
          if (found.layers.empty()) continue;
          const auto shared = mapper.map(network, found.layers);
          const auto alone = mapLayers(mapping, *on.machine, network, found.layers);
          ASSERT_EQ(static_cast<bool>(shared), static_cast<bool>(alone)) << mapping.name << layer.name;
          if (!shared) continue;
          const Program& a = shared->program;
          const Program& b = alone->program;
          ASSERT_EQ(a.steps.size(), b.steps.size());
          ASSERT_EQ(a.loops.size(), b.loops.size());
          EXPECT_EQ(a.coefficients, b.coefficients) << mapping.name << layer.name;
          for (std::size_t k = 0; k < a.steps.size(); ++k) {
            ASSERT_EQ(a.templates[a.steps[k].instruction], b.templates[b.steps[k].instruction])
                << mapping.name << " for " << layer.name << ", step " << k;
            ASSERT_EQ(a.steps[k].sourceLine, b.steps[k].sourceLine);
          }
          for (std::size_t k = 0; k < a.loops.size(); ++k) ASSERT_EQ(a.loops[k].trips, b.loops[k].trips);
        }
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk
