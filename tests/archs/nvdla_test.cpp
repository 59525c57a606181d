// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

const std::string name = "nvdla-like";

Network convolution(std::int64_t channels, std::int64_t kernels, std::int64_t height, std::int64_t width,
                    std::int64_t window) {
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  const std::string c = text(channels), k = text(kernels), h = text(height), w = text(width),
                    f = text(window);
  return oneLayer("  x: {shape: [1, " + c + ", " + h + ", " + w + "], role: input}\n  w: {shape: [" + k +
                      ", " + c + ", " + f + ", " + f + "], role: weight}\n  o: {shape: [1, " + k + ", " +
                      text(height - window + 1) + ", " + text(width - window + 1) + "], role: output}\n",
                  "operator: conv2d, dimensions: {C: " + c + ", K: " + k + ", H: " + h + ", W: " + w +
                      ", R: " + f + ", S: " + f + "}, inputs: [x, w], output: o");
}

TEST(NvdlaLike, TimesOneStripeAsWorkedOutByHand) {
  // As in its README: instruction 1, request 1, memory 100, data 32 and weights 16 - 1 beats, buffer 2;
  // stripe 32, buffer 2, cells 7, accumulator 1; point processor 32, accumulator 1, memory 100 and 8 - 1
  // beats.
  EXPECT_EQ(estimate(shipped(name), convolution(64, 16, 1, 32, 1)).cycles,
            1 + 1 + 100 + 32 + 15 + 2 + 32 + 2 + 7 + 1 + 32 + 1 + 100 + 7);
}

TEST(NvdlaLike, KeepsItsCellsBusyWhereChannelsAndPixelsFit) {
  const auto share = [](const Network& network, const ParameterValues& parameters = {}) {
    const NetworkEstimate estimated = estimate(shipped(name, parameters), network);
    EXPECT_TRUE(estimated.exact && estimated.complete);
    return static_cast<double>(network.macs()) / 1024 / static_cast<double>(estimated.cycles);
  };
  EXPECT_GE(share(convolution(128, 128, 34, 66, 3)), 0.9);
  // Half the channels of a cell, and stripes shorter than the weights take to move in.
  EXPECT_LE(share(convolution(32, 128, 34, 66, 3)), 0.5);
  EXPECT_LE(share(convolution(128, 128, 10, 10, 3)), 0.5);
  EXPECT_GE(share(convolution(128, 128, 10, 10, 3)), 0.3);
}

TEST(NvdlaLike, MultipliesEachPairOnce) {
  for (const ParameterValues& parameters :
       {ParameterValues{}, ParameterValues{{"atomic_c", 24}, {"atomic_k", 9}, {"stripe", 11}}}) {
    expectEachPairMultipliedOnce(
        shipped(name, parameters), "multiply",
        {"alexnet", "tc-resnet8", "mlp", "resnet-18", "mobilenet-v2", "bert-base-layer"});
  }
}

TEST(NvdlaLike, IsTimedAsTheReferenceSimulationDoes) {
  const Shipped on = shipped(name, {{"buffer_bytes", 65536}});
  for (const Network& network :
       {convolution(100, 40, 40, 45, 3), matrixProduct(100, 50, 3000), shippedNetwork("tc-resnet8")})
    EXPECT_EQ(estimate(on, network).cycles, estimate(on, network, Method::Simulate).cycles);
}

TEST(NvdlaLike, SplitsWhatDoesNotFit) {
  // Neither the rows nor, of the last, a single kernel fits half of the buffer's data or weights.
  const Shipped on =
      shipped(name, {{"atomic_c", 16}, {"atomic_k", 4}, {"stripe", 8}, {"buffer_bytes", 16384}});
  for (const Network& network : {convolution(128, 12, 34, 66, 3), convolution(1024, 6, 5, 5, 3)}) {
    const NetworkEstimate estimated = estimate(on, network);
    ASSERT_TRUE(estimated.complete);
    const LayerEstimate& layer = estimated.layers.front();
    EXPECT_EQ(layer.adapted.at("split"), 1);
    EXPECT_EQ(layer.cycles, estimate(on, network, Method::Simulate).cycles);
  }
  expectEachPairMultipliedOnce(on, "multiply", {"resnet-50", "mobilenet-v2"});
}

TEST(NvdlaLike, KeepsEitherOperandOrLoadsItAgain) {
  // Two bands of rows and many groups of kernels: what the outer loop is over is loaded once.
  const Shipped on = shipped(name, {{"buffer_bytes", 65536}}, "mappings/conv2d.mapping.yaml");
  const Network network = convolution(64, 256, 34, 34, 3);
  const auto loaded = [&](std::int64_t order) {
    const auto mapped = mapLayers(on.mappings.front(), *on.machine, network, std::vector<LayerId>{LayerId{0}},
                                  {{"order", order}});
    if (!mapped) throw std::runtime_error(mapped.diagnostics.front().message);
    std::map<std::string, std::int64_t> instructions;
    ProgramWalker walker(mapped->program);
    while (walker.next()) {
      const OperationId operation = mapped->program.templates[walker.step().instruction].operation;
      ++instructions[on.machine->operations[operation.index()]];
    }
    return instructions;
  };
  auto bands = loaded(0), kernels = loaded(1);
  EXPECT_EQ(bands["multiply"], kernels["multiply"]);
  EXPECT_EQ(kernels["load_weights"], 256 / 16);
  EXPECT_GT(bands["load_data"], 1);
  EXPECT_EQ(bands["load_weights"], bands["load_data"] * kernels["load_weights"]);
  EXPECT_EQ(kernels["load_data"], bands["load_data"] * kernels["load_weights"]);
}

TEST(NvdlaLike, SaysWhatDoesNotFit) {
  const NetworkEstimate estimated =
      estimate(shippedUnbounded(name, {{"buffer_bytes", 16}}), convolution(128, 128, 34, 66, 3));
  ASSERT_EQ(estimated.unmapped.size(), 1U);
  const std::string& reason = estimated.unmapped.front().reason;
  EXPECT_NE(reason.find("do not fit a part of the convolution buffer"), std::string::npos) << reason;
  EXPECT_NE(reason.find("choices of group_k, order, parts, pixels and split"), std::string::npos) << reason;
}

}  // namespace
}  // namespace taktwerk
