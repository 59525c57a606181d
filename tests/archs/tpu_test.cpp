// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

const std::string name = "tpu-like";

TEST(TpuLike, TimesOneTileAsWorkedOutByHand) {
  // As in its README: instruction 1, request 1, weights 100 + 7, into the array 8, lines 5,
  // buffer 2, way through the array 8 + 8 - 2, accumulators 1; activation 5, accumulators 1, pipeline 4,
  // buffer 2.
  EXPECT_EQ(estimate(shipped(name, {{"rows", 8}, {"columns", 8}, {"weight_bytes", 8}}),
                     oneLayer("  x: {shape: [5, 8], role: input}\n  w: {shape: [8, 8], role: weight}\n"
                              "  o: {shape: [5, 8], role: output}\n",
                              "operator: dense, dimensions: {N: 5, C: 8, K: 8}, inputs: [x, w], output: o"))
                .cycles,
            1 + 1 + (100 + 7) + 8 + 5 + 2 + 14 + 1 + 5 + 1 + 4 + 2);
}

TEST(TpuLike, MultipliesEachPairOnce) {
  expectEachPairMultipliedOnce(
      shipped(name, {{"rows", 32}, {"columns", 16}, {"accumulator_lines", 256}}), "multiply",
      {"alexnet", "tc-resnet8", "mlp", "resnet-18", "mobilenet-v2", "bert-base-layer"});
}

TEST(TpuLike, WaitsForWeightsUntilManyLinesShareThem) {
  // A batch of one uses each weight once: the weight memory decides. Many lines hide it: the matrix unit
  // does.
  const auto cycles = [](std::int64_t lines, std::int64_t bytes) {
    return estimate(shipped(name, {{"weight_bytes", bytes}}),
                    oneLayer("  x: {shape: [" + std::to_string(lines) +
                                 ", 2048], role: input}\n  w: {shape: [2048, 2048], role: weight}\n"
                                 "  o: {shape: [" +
                                 std::to_string(lines) + ", 2048], role: output}\n",
                             "operator: dense, dimensions: {N: " + std::to_string(lines) +
                                 ", C: 2048, K: 2048}, inputs: [x, w], output: o"))
        .cycles;
  };
  EXPECT_NEAR(static_cast<double>(cycles(1, 43)) / static_cast<double>(cycles(1, 86)), 2, 0.03);
  EXPECT_NEAR(static_cast<double>(cycles(1, 43)), 2048.0 * 2048 / 43, 2048.0 * 2048 / 43 / 50);
  EXPECT_NEAR(static_cast<double>(cycles(2000, 43)), 64 * 2000.0, 64 * 2000.0 * 0.05);
  EXPECT_LT(cycles(2000, 43) - cycles(2000, 86), cycles(2000, 43) / 50);
}

TEST(TpuLike, IsTimedAsTheReferenceSimulationDoes) {
  for (const ParameterValues& parameters :
       {ParameterValues{{"rows", 16}, {"columns", 8}, {"accumulator_lines", 64}},
        ParameterValues{{"rows", 8}, {"columns", 8}, {"preload", 0}, {"fifo_tiles", 1}}}) {
    const Shipped on = shipped(name, parameters);
    for (const Network& network : {matrixProduct(100, 50, 70), shippedNetwork("tc-resnet8")})
      EXPECT_EQ(estimate(on, network).cycles, estimate(on, network, Method::Simulate).cycles);
  }
}

TEST(TpuLike, SaysWhatDoesNotFit) {
  const NetworkEstimate estimated =
      estimate(shippedUnbounded(name, {{"buffer_bytes", 100'000}}), shippedNetwork("alexnet"));
  EXPECT_TRUE(estimated.diagnostics.empty());
  ASSERT_FALSE(estimated.unmapped.empty());
  const std::string& reason = estimated.unmapped.front().reason;
  EXPECT_NE(reason.find("150528 words, but memory \"unified_buffer\" holds 100000"), std::string::npos)
      << reason;
}

}  // namespace
}  // namespace taktwerk
