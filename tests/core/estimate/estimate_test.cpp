// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate.h"

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/editing/make_template.h"
#include "core/estimate/threads.h"
#include "core/network/network_file.h"
#include "core/report/estimate_json.h"
#include "tests/support/places.h"

namespace taktwerk {
namespace {

std::filesystem::path source(const std::string& file) {
  return std::filesystem::path(taktwerk::sourceDirectory()) / file;
}

struct Case {
  std::shared_ptr<const Machine> machine;
  Network network;
  std::vector<Mapping> mappings;
};

Case oneMac(const std::string& network, const ParameterValues& parameters = {}) {
  const auto file = source("archs/one-mac/one-mac.arch.yaml");
  return {*elaborate(*readArchitecture(file), parameters),
          *readNetwork(source("resources/networks/" + network + ".network.yaml")), *readMappingsBeside(file)};
}

NetworkEstimate estimate(const Case& c, Method method, unsigned jobs = 1, const std::string& layer = {}) {
  Progress progress;
  EstimateOptions options;
  options.method = method;
  options.jobs = jobs;
  options.layer = c.network.find(layer);
  return estimateNetwork(c.machine, c.network, c.mappings, options, progress);
}

void expectSame(const NetworkEstimate& a, const NetworkEstimate& b, bool countsToo) {
  ASSERT_EQ(a.layers.size(), b.layers.size());
  EXPECT_EQ(a.cycles, b.cycles);
  EXPECT_EQ(a.instructions, b.instructions);
  for (std::size_t i = 0; i < a.layers.size(); ++i) {
    const LayerEstimate& x = a.layers[i];
    const LayerEstimate& y = b.layers[i];
    EXPECT_EQ(x.name, y.name);
    EXPECT_EQ(x.mapping, y.mapping);
    EXPECT_EQ(x.cycles, y.cycles) << x.name;
    EXPECT_EQ(x.breakdown, y.breakdown) << x.name;
    EXPECT_EQ(x.traffic, y.traffic) << x.name;
    if (countsToo) {
      EXPECT_EQ(x.evaluatedIterations, y.evaluatedIterations) << x.name;
      EXPECT_EQ(x.evaluatedInstructions, y.evaluatedInstructions) << x.name;
    }
  }
}

TEST(EstimateNetwork, IsTheSameWithTheExecuteStageMadeATemplate) {
  const ParameterValues parameters{{"mac_latency", 7}, {"memory_latency", 3}, {"fetch_width", 2}};
  Case c = oneMac("tc-resnet8", parameters);
  const NetworkEstimate plain = estimate(c, Method::Auto);
  std::ifstream file(source("archs/one-mac/one-mac.arch.yaml"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const Result<std::string> made = makeTemplate(text, {{"execute", "alu", "lsu"}, "element", "pe"});
  ASSERT_TRUE(made);
  c.machine = *elaborate(*parseArchitecture(*made, {}), parameters);
  const NetworkEstimate grouped = estimate(c, Method::Auto);
  ASSERT_GT(plain.cycles, 0);
  EXPECT_EQ(grouped.cycles, plain.cycles);
  ASSERT_EQ(grouped.layers.size(), plain.layers.size());
  for (std::size_t i = 0; i < plain.layers.size(); ++i) {
    EXPECT_EQ(grouped.layers[i].cycles, plain.layers[i].cycles) << plain.layers[i].name;
  }
}

TEST(EstimateNetwork, AutoEqualsFullOnTcResNet8InEveryFigure) {
  for (const ParameterValues& parameters :
       {ParameterValues{}, ParameterValues{{"fetch_width", 4}, {"issue_buffer", 8}, {"memory_latency", 3}},
        ParameterValues{{"fetch_width", 3}, {"issue_buffer", 7}, {"mac_latency", 5}}}) {
    const Case c = oneMac("tc-resnet8", parameters);
    const NetworkEstimate automatic = estimate(c, Method::Auto);
    const NetworkEstimate full = estimate(c, Method::Full);
    EXPECT_TRUE(automatic.exact && automatic.complete && automatic.diagnostics.empty());
    expectSame(automatic, full, false);
    std::int64_t evaluated = 0;
    for (const LayerEstimate& layer : automatic.layers) {
      evaluated += layer.evaluatedInstructions;
      Cycles sum = 0;
      for (const auto& [cause, cycles] : layer.breakdown) sum += cycles;
      EXPECT_EQ(sum, layer.cycles) << layer.name;
    }
    EXPECT_LT(evaluated, full.instructions / 100);
  }
}

Case shipped(const std::string& architecture, const std::string& network,
             const ParameterValues& parameters = {}) {
  const auto file = source("archs/" + architecture + "/" + architecture + ".arch.yaml");
  return {*elaborate(*readArchitecture(file), parameters),
          *readNetwork(source("resources/networks/" + network + ".network.yaml")), *readMappingsBeside(file)};
}

// Two ports of a memory given back in one cycle, of which the one of the earlier instruction was held longer:
// the breakdown follows the earlier instruction, whether its state was loaded or lived through.
TEST(EstimateNetwork, AutoExplainsPortsGivenBackTogetherAsFullDoes) {
  const Case c = shipped("plasticine-derived", "efficientnet-b0");
  for (const char* layer : {"block13.squeeze", "pool"}) {
    expectSame(estimate(c, Method::Auto, 1, layer), estimate(c, Method::Full, 1, layer), false);
  }
}

std::string jsonOf(NetworkEstimate estimate) {
  estimate.seconds = 0;
  std::ostringstream text;
  writeEstimateJson(text, estimate);
  return text.str();
}

TEST(Threads, AreThoseAskedForAsFarAsThereAre) {
  const unsigned all = threadsOf(0);
  EXPECT_GE(all, 1U);
  EXPECT_EQ(threadsOf(1), 1U);
  EXPECT_EQ(threadsOf(all), all);
  EXPECT_EQ(threadsOf(100'000), all);
}

TEST(Threads, EachNumberIsGivenToOneOfThemAlsoWithinOthers) {
  for (const unsigned jobs : {0U, 1U, 2U, 7U}) {
    std::array<std::array<std::atomic<int>, 5>, 9> met{};
    inParallel(met.size(), jobs,
               [&](std::size_t a) { inParallel(met[a].size(), jobs, [&](std::size_t b) { ++met[a][b]; }); });
    for (const auto& row : met) {
      for (const std::atomic<int>& count : row) EXPECT_EQ(count, 1);
    }
    inParallel(0, jobs, [](std::size_t) { ADD_FAILURE(); });
  }
}

TEST(EstimateNetwork, IsTheSameBytesWithAnyNumberOfThreads) {
  for (const Case& c : {oneMac("alexnet"), shipped("plasticine-derived", "resnet-50", {{"fetch_width", 100}}),
                        shipped("gemmini-blocks", "resnet-18"), shipped("systolic-array", "tc-resnet8")}) {
    const std::string one = jsonOf(estimate(c, Method::Auto, 1));
    for (const unsigned jobs : {2u, 8u, 0u}) EXPECT_EQ(jsonOf(estimate(c, Method::Auto, jobs)), one) << jobs;
  }
}

TEST(EstimateNetwork, ASearchIsTheSameBytesWithAnyNumberOfThreads) {
  const Case c = shipped("gemmini", "tc-resnet8");
  for (const std::int64_t search : {3, 50}) {  // one tunable after the other, all combinations
    const auto with = [&](unsigned jobs) {
      Progress progress;
      EstimateOptions options;
      options.search = search;
      options.jobs = jobs;
      const NetworkEstimate found = estimateNetwork(c.machine, c.network, c.mappings, options, progress);
      EXPECT_EQ(progress.done.load(), progress.total.load()) << search;
      return jsonOf(found);
    };
    const std::string one = with(1);
    for (const unsigned jobs : {2u, 8u}) EXPECT_EQ(with(jobs), one) << jobs;
  }
}

TEST(EstimateNetwork, CountsForEachLayerWhatItTakesAlone) {
  const Case c = shipped("plasticine-derived", "resnet-18");
  const NetworkEstimate whole = estimate(c, Method::Auto, 2);
  std::int64_t compared = 0;
  for (const LayerEstimate& layer : whole.layers) {
    if (layer.evaluatedInstructions == 0) continue;  // equal to one before
    const NetworkEstimate alone = estimate(c, Method::Auto, 1, layer.name);
    ASSERT_EQ(alone.layers.size(), 1u);
    EXPECT_EQ(alone.layers.front().cycles, layer.cycles) << layer.name;
    EXPECT_EQ(alone.layers.front().breakdown, layer.breakdown) << layer.name;
    EXPECT_EQ(alone.layers.front().evaluatedIterations, layer.evaluatedIterations) << layer.name;
    EXPECT_EQ(alone.layers.front().evaluatedInstructions, layer.evaluatedInstructions) << layer.name;
    ++compared;
  }
  EXPECT_GT(compared, 5);
}

TEST(EstimateNetwork, ProgressEndsWhereItsTotalIs) {
  const Case c = shipped("gemmini-blocks", "alexnet");
  for (const std::int64_t states : {TimingBudget{}.stateWords, std::int64_t{10'000}}) {
    for (const std::int64_t full : {TimingBudget{}.full, std::int64_t{0}}) {
      Progress progress;
      EstimateOptions options;
      options.jobs = 2;
      options.budget.stateWords = states;
      options.budget.full = full;
      options.budget.evaluated = 5'000;
      const NetworkEstimate found = estimateNetwork(c.machine, c.network, c.mappings, options, progress);
      EXPECT_EQ(found.exact, full > 0 || states > 10'000);
      EXPECT_EQ(progress.done.load(), progress.total.load()) << states << ' ' << full;
    }
  }
}

TEST(EstimateNetwork, TimesOneLayerAlone) {
  const Case c = oneMac("tc-resnet8");
  const NetworkEstimate whole = estimate(c, Method::Auto);
  const NetworkEstimate alone = estimate(c, Method::Simulate, 1, "fc");
  ASSERT_EQ(alone.layers.size(), 1u);
  EXPECT_EQ(alone.layers.front().cycles, whole.layers.back().cycles);
}

TEST(EstimateNetwork, NeverCountsALayerWithoutMappingAsFree) {
  Case c = oneMac("tc-resnet8");
  std::erase_if(c.mappings, [](const Mapping& mapping) { return mapping.name.rfind("relu", 0) == 0; });
  const NetworkEstimate result = estimate(c, Method::Auto);
  EXPECT_FALSE(result.complete);
  ASSERT_FALSE(result.unmapped.empty());
  EXPECT_EQ(result.unmapped.front().operatorName, "relu");
  EXPECT_FALSE(result.unmapped.front().reason.empty());
}

Mapping mappingOf(const std::string& text) {
  auto mapping = parseMapping("format: taktwerk-mapping/1\n" + text, "test.mapping.yaml");
  EXPECT_TRUE(mapping) << (mapping.diagnostics.empty() ? "" : mapping.diagnostics.front().message);
  return *mapping;
}

TEST(EstimateNetwork, AnEmptyMappingNeverWins) {
  Case c = oneMac("tc-resnet8");
  const NetworkEstimate before = estimate(c, Method::Auto);
  c.mappings.insert(c.mappings.begin(), mappingOf("name: a stub\ntakes: conv1d\nprogram: []\n"));
  const NetworkEstimate beside = estimate(c, Method::Auto);
  EXPECT_TRUE(beside.complete);
  expectSame(before, beside, true);

  std::erase_if(c.mappings, [](const Mapping& mapping) { return mapping.name == "conv1d on one MAC"; });
  const NetworkEstimate alone = estimate(c, Method::Auto);
  EXPECT_FALSE(alone.complete);
  ASSERT_FALSE(alone.unmapped.empty());
  EXPECT_EQ(alone.unmapped.front().name, "conv0");
  EXPECT_EQ(alone.unmapped.front().reason.rfind("a stub: the mapping is unfinished", 0), 0U)
      << alone.unmapped.front().reason;
  for (const LayerEstimate& layer : alone.layers) EXPECT_NE(layer.operatorName, "conv1d") << layer.name;
}

/// Half of each row of the output is never stored.
const std::string halfRelu =
    "tensors: {input: {memory: dmem}, output: {memory: dmem}}\nprogram:\n"
    "  - for: e\n    in: E // 2\n    do:\n      - load regs.r0 <- input[e]\n"
    "      - load regs.r1 <- input[E - 1 - e]\n      - store output[e] <- regs.r0\n";

TEST(EstimateNetwork, AMappingThatLeavesPartOfTheResultOutGivesWayOrLeavesTheLayerUnmapped) {
  Case c = oneMac("tc-resnet8");
  const NetworkEstimate before = estimate(c, Method::Auto);
  c.mappings.push_back(mappingOf("name: half\ntakes: relu\n" + halfRelu));
  const NetworkEstimate beside = estimate(c, Method::Auto);
  EXPECT_TRUE(beside.complete);
  EXPECT_EQ(beside.cycles, before.cycles);

  std::erase_if(c.mappings, [](const Mapping& mapping) { return mapping.name == "relu on one MAC"; });
  const NetworkEstimate alone = estimate(c, Method::Auto);
  EXPECT_FALSE(alone.complete);
  EXPECT_TRUE(alone.diagnostics.empty());
  ASSERT_FALSE(alone.unmapped.empty());
  EXPECT_EQ(alone.unmapped.front().name, "conv0.relu");
  EXPECT_EQ(alone.unmapped.front().reason, "half: writes 792 of 1584 elements of \"output\", the result");
  EXPECT_EQ(alone.layers.size() + alone.unmapped.size(), before.layers.size());
}

TEST(EstimateNetwork, AMistakeInAMappingLeavesItsLayersUnmappedAndIsToldOnce) {
  Case c = oneMac("tc-resnet8");
  const NetworkEstimate before = estimate(c, Method::Auto);
  const auto relu = [](const std::string& count, const std::string& from) {
    return mappingOf(
        "name: wrong\ntakes: relu\ntensors: {input: {memory: dmem}, output: {memory: dmem}}\n"
        "program:\n  - for: e\n    in: " +
        count + "\n    do:\n      - load regs." + from +
        " <- input[e]\n      - store output[e] <- regs.r0\n");
  };
  // Of conv0.relu alone, which has 1,584 elements, the quotient cannot be computed.
  c.mappings.push_back(relu("E + 0 * (1 // (E - 1584))", "r0"));
  const NetworkEstimate beside = estimate(c, Method::Auto);
  EXPECT_TRUE(beside.complete && beside.diagnostics.empty());
  for (const LayerEstimate& layer : beside.layers) {
    EXPECT_TRUE(layer.name != "conv0.relu" || layer.mapping == "relu on one MAC") << layer.mapping;
  }

  std::erase_if(c.mappings, [](const Mapping& mapping) { return mapping.name == "relu on one MAC"; });
  const NetworkEstimate some = estimate(c, Method::Auto);
  EXPECT_FALSE(some.complete);
  EXPECT_FALSE(hasErrors(some.diagnostics));
  ASSERT_FALSE(some.unmapped.empty());
  EXPECT_EQ(some.layers.size() + some.unmapped.size(), before.layers.size());
  EXPECT_EQ(some.unmapped.front().name, "conv0.relu");
  EXPECT_EQ(some.unmapped.front().reason.find("wrong: "), 0U) << some.unmapped.front().reason;
  ASSERT_EQ(some.diagnostics.size(), 1U);
  const std::string text = toString(some.diagnostics.front());
  EXPECT_EQ(text.find("test.mapping.yaml:7:20: warning: layer \"conv0.relu\": "), 0U) << text;
  EXPECT_NE(text.find("division by 0 [M0301]"), std::string::npos) << text;

  c.mappings.back() = relu("E", "r99");
  const NetworkEstimate none = estimate(c, Method::Auto);
  EXPECT_EQ(none.layers.size() + none.unmapped.size(), before.layers.size());
  ASSERT_EQ(none.diagnostics.size(), 1U);
  EXPECT_NE(none.diagnostics.front().message.find("layers \"conv0.relu\", "), std::string::npos);
  EXPECT_NE(none.diagnostics.front().message.find(" more: "), std::string::npos);
}

TEST(EstimateNetwork, AChainThatLeavesSomethingOutGivesWayToItsLayersOneByOne) {
  Case c = oneMac("tc-resnet8");
  const NetworkEstimate before = estimate(c, Method::Auto);
  c.mappings.push_back(mappingOf(
      "name: chain\ntakes:\n  - {operator: conv1d, as: conv}\n  - {operator: relu, as: act}\n"
      "tensors: {output: {memory: dmem, axes: {E: N * K * Q}}}\nprogram:\n  - store output[0] <- regs.r0\n"));
  const NetworkEstimate beside = estimate(c, Method::Auto);
  EXPECT_TRUE(beside.complete);
  expectSame(before, beside, false);
}

TEST(EstimateNetwork, TheSearchLeavesOutTunablesThatLeaveSomethingOut) {
  Case c = oneMac("tc-resnet8");
  std::erase_if(c.mappings, [](const Mapping& mapping) { return mapping.name == "relu on one MAC"; });
  std::string part = halfRelu;
  part.replace(part.find("E // 2"), 6, "E // part");
  c.mappings.push_back(
      mappingOf("name: part\ntakes: relu\ntunables: {part: {default: 2, values: [1, 2, 4]}}\n" + part));
  EstimateOptions options;
  options.search = 8;
  options.layer = c.network.find("conv0.relu");
  Progress progress;
  const NetworkEstimate found = estimateNetwork(c.machine, c.network, c.mappings, options, progress);
  ASSERT_EQ(found.layers.size(), 1U);
  EXPECT_EQ(found.layers.front().tunables.at("part"), 1);
  EXPECT_TRUE(found.layers.front().runnersUp.empty());
}

TEST(EstimateNetwork, StopsWhenAsked) {
  const Case c = oneMac("alexnet");
  Progress progress;
  progress.cancel();
  const NetworkEstimate result = estimateNetwork(c.machine, c.network, c.mappings, {}, progress);
  EXPECT_TRUE(result.cancelled);
}

TEST(EstimateNetwork, MethodsForComparisonSayThatTheyAreNotExactAndBetweenWhatTheTruthLies) {
  const Case c = oneMac("tc-resnet8");
  const NetworkEstimate truth = estimate(c, Method::Auto);
  for (const Method method : {Method::Roofline, Method::Published}) {
    const NetworkEstimate result = estimate(c, method);
    EXPECT_FALSE(result.exact);
    ASSERT_EQ(result.layers.size(), truth.layers.size());
    for (std::size_t i = 0; i < result.layers.size(); ++i) {
      const LayerEstimate& layer = result.layers[i];
      const Cycles cycles = truth.layers[i].cycles;
      EXPECT_FALSE(layer.exact);
      EXPECT_EQ(layer.method, toString(method));
      EXPECT_LE(layer.lower, cycles) << layer.name;
      EXPECT_GE(layer.upper, cycles) << layer.name;
      EXPECT_EQ(layer.roofline.compute, truth.layers[i].roofline.compute);
      EXPECT_EQ(layer.roofline.memory, truth.layers[i].roofline.memory);
      EXPECT_NEAR(static_cast<double>(layer.cycles), static_cast<double>(cycles),
                  static_cast<double>(cycles) * (method == Method::Roofline ? 1.0 : 0.3));
    }
  }
}

TEST(EstimateNetwork, ApproximatesBetweenBoundsBeyondItsBudgets) {
  const Case c = oneMac("tc-resnet8");
  const NetworkEstimate truth = estimate(c, Method::Auto);
  EstimateOptions options;
  options.budget = {20, 0, 1};
  Progress progress;
  const NetworkEstimate result = estimateNetwork(c.machine, c.network, c.mappings, options, progress);
  EXPECT_TRUE(result.diagnostics.empty());
  EXPECT_FALSE(result.exact);
  ASSERT_EQ(result.layers.size(), truth.layers.size());
  int approximated = 0;  // the others repeat what a layer before them has shown
  for (std::size_t i = 0; i < result.layers.size(); ++i) {
    const LayerEstimate& layer = result.layers[i];
    approximated += layer.method == "approximation" ? 1 : 0;
    EXPECT_EQ(layer.exact, layer.method != "approximation");
    EXPECT_LE(layer.lower, truth.layers[i].cycles) << layer.name;
    EXPECT_GE(layer.upper, truth.layers[i].cycles) << layer.name;
    Cycles sum = 0;
    for (const auto& [cause, cycles] : layer.breakdown) sum += cycles;
    EXPECT_EQ(sum, layer.cycles) << layer.name;
  }
  EXPECT_GT(approximated, 3);
}

TEST(EstimateProgram, RefusesToListMoreInstructionsThanTheLimit) {
  const Case c = oneMac("tc-resnet8");
  Progress progress;
  EstimateOptions options;
  options.perInstruction = true;
  options.layer = c.network.find("fc");
  options.perInstructionLimit = 10;
  const NetworkEstimate result = estimateNetwork(c.machine, c.network, c.mappings, options, progress);
  EXPECT_TRUE(hasErrors(result.diagnostics));
}

TEST(EstimateNetwork, WhatRestsOnAGuessIsNeverComplete) {
  Case c = oneMac("tc-resnet8");
  const NetworkEstimate sure = estimate(c, Method::Auto);
  ASSERT_TRUE(sure.complete);
  const Layer second = c.network.layers[1];
  c.network.tensors[second.output.index()].guessed = true;
  const NetworkEstimate guessed = estimate(c, Method::Auto);
  EXPECT_FALSE(guessed.complete);
  EXPECT_TRUE(guessed.unmapped.empty());
  EXPECT_EQ(guessed.cycles, sure.cycles);
  EXPECT_FALSE(guessed.layers[0].guessed);
  EXPECT_TRUE(guessed.layers[1].guessed);
  EXPECT_FALSE(estimate(c, Method::Auto, 1, second.name).complete) << "of that layer alone, too";
  EXPECT_TRUE(estimate(c, Method::Auto, 1, c.network.layers[0].name).complete);
}

}  // namespace
}  // namespace taktwerk
