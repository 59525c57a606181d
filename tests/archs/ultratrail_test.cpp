// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <map>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

/// Steps an array of lanes × lanes needs for a layer: each tap of each pair of channel tiles, padding left
/// out. Counted, not computed.
std::int64_t stepsOf(const Layer& layer, std::int64_t lanes) {
  const auto at = [&](const char* name) { return layer.dimensions.find(name)->second; };
  const std::int64_t tiles = ((at("C") + lanes - 1) / lanes) * ((at("K") + lanes - 1) / lanes);
  if (layer.operatorName == "dense") return tiles;
  std::int64_t taps = 0;
  for (std::int64_t q = 0; q < at("Q"); ++q) {
    for (std::int64_t f = 0; f < at("F"); ++f) {
      const std::int64_t w = q * at("stride") + f - at("padding_left");
      taps += w >= 0 && w < at("W") ? 1 : 0;
    }
  }
  return tiles * taps;
}

TEST(UltraTrail, RunsTcResNet8BetweenItsLowerBoundAndItsBudget) {
  const NetworkEstimate layers = estimate(shipped("ultratrail"), shippedNetwork("tc-resnet8"));
  EXPECT_TRUE(layers.exact && layers.complete && layers.diagnostics.empty());
  EXPECT_EQ(layers.instructions, 11);
  EXPECT_GE(layers.cycles, 22264);
  EXPECT_LE(layers.cycles, 25000);
}

TEST(UltraTrail, IsWithinTwoPercentOfItsSteps) {
  const Network network = shippedNetwork("tc-resnet8");
  for (const ParameterValues& parameters :
       {ParameterValues{}, ParameterValues{{"weight_port", 3}}, ParameterValues{{"partial_sum_ports", 2}},
        ParameterValues{{"mac_latency", 4}, {"output_latency", 7}}, ParameterValues{{"feature_latency", 3}},
        ParameterValues{{"lanes", 4}}, ParameterValues{{"lanes", 16}, {"feature_words", 512}}}) {
    const NetworkEstimate layers = estimate(shipped("ultratrail", parameters), network);
    const NetworkEstimate steps = estimate(shipped("ultratrail-steps", parameters), network);
    ASSERT_TRUE(layers.exact && layers.complete && steps.exact && steps.complete);
    EXPECT_LE(std::abs(static_cast<double>(layers.cycles) / static_cast<double>(steps.cycles) - 1), 0.02)
        << layers.cycles << " and " << steps.cycles;
  }
}

TEST(UltraTrail, StepsAreTimedAsTheReferenceSimulationDoes) {
  const Shipped steps = shipped("ultratrail-steps");
  const Network network = shippedNetwork("tc-resnet8");
  EXPECT_EQ(estimate(steps, network).cycles, estimate(steps, network, Method::Simulate).cycles);
}

TEST(UltraTrail, StepsTakeEachTapOfEachTileOnce) {
  const Shipped steps = shipped("ultratrail-steps");
  const Network network = shippedNetwork("tc-resnet8");
  const OperationId mac = steps.machine->findOperation("mac");
  std::map<std::size_t, std::int64_t> found;
  forEachInstruction(steps, network, [&](const auto& layers, const InstructionTemplate& instruction, auto) {
    if (instruction.operation == mac) ++found[layers.front().index()];
  });
  std::int64_t sum = 0;
  for (const Layer& layer : network.layers) {
    if (layer.macs == 0) continue;
    EXPECT_EQ(found[layer.id.index()], stepsOf(layer, 8)) << layer.name;
    sum += found[layer.id.index()];
  }
  EXPECT_EQ(sum, 22264);
}

TEST(UltraTrail, LatencyCountsTapsWithinPaddedAndStridedInputs) {
  const Shipped layers = shipped("ultratrail");
  for (const int width : {9, 14, 23}) {
    for (const int taps : {1, 3, 8}) {
      for (const int stride : {1, 2, 3}) {
        for (const int padding : {0, 1, 2}) {
          if (padding >= taps) continue;
          const int out = (width + 2 * padding - taps) / stride + 1;
          const Network network = oneLayer(
              "  x: {shape: [1, 16, " + std::to_string(width) + "], role: input}\n  w: {shape: [8, 16, " +
                  std::to_string(taps) + "], bits: 6, role: weight}\n  o: {shape: [1, 8, " +
                  std::to_string(out) + "], role: output}\n",
              "operator: conv1d, dimensions: {C: 16, K: 8, W: " + std::to_string(width) +
                  ", F: " + std::to_string(taps) + ", stride: " + std::to_string(stride) +
                  ", padding: " + std::to_string(padding) + "}, inputs: [x, w], output: o");
          const NetworkEstimate estimated = estimate(layers, network);
          ASSERT_EQ(estimated.layers.size(), 1u);
          // Two tiles of input channels never wait for partial sums: only filling and draining is added.
          EXPECT_EQ(estimated.cycles, stepsOf(network.layers.front(), 8) + 9)
              << "W " << width << " F " << taps << " stride " << stride << " padding " << padding;
        }
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk
