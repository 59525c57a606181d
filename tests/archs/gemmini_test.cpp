// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>

#include "tests/archs/gemmini_measurements.h"
#include "tests/support/random_layer.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using namespace test;

constexpr double macsPerCycle = 256;

double utilisation(const NetworkEstimate& estimated) {
  return static_cast<double>(estimated.layers.front().macs) / macsPerCycle /
         static_cast<double>(estimated.cycles);
}

TEST(Gemmini, KeepsTheMeshBusyWithALargeMatrixProduct) {
  const Network network = matrixProduct(1024, 1024, 1024);
  const NetworkEstimate twice = estimate(shipped("gemmini"), network);
  EXPECT_TRUE(twice.exact && twice.complete);
  EXPECT_GE(utilisation(twice), 0.85);
  EXPECT_LE(utilisation(twice), 1.0);

  const NetworkEstimate resident =
      estimate(shipped("gemmini", {}, "studies/matmul-resident.mapping.yaml"), network);
  EXPECT_TRUE(resident.exact);
  EXPECT_GE(utilisation(resident), 0.95);
  EXPECT_LE(resident.cycles, twice.cycles);

  const NetworkEstimate once =
      estimate(shipped("gemmini", {}, "studies/matmul-single-buffered.mapping.yaml"), network);
  EXPECT_TRUE(once.exact);
  EXPECT_GE(static_cast<double>(once.cycles), 1.3 * static_cast<double>(twice.cycles));

  const NetworkEstimate blocks = estimate(shipped("gemmini-blocks"), network);
  EXPECT_TRUE(blocks.exact);
  EXPECT_GE(utilisation(blocks), 0.85);
}

TEST(Gemmini, IsNeverFasterWithAMemoryThatIsSlower) {
  for (const char* name : {"gemmini", "gemmini-blocks"}) {
    for (const Network& network : {matrixProduct(256, 200, 512), matrixProduct(3, 256, 640)}) {
      Cycles last = 0;
      for (const std::int64_t latency : {1, 10, 30, 60, 61, 90, 150, 400, 1000}) {
        const NetworkEstimate estimated = estimate(shipped(name, {{"dram_latency", latency}}), network);
        ASSERT_TRUE(estimated.exact);
        EXPECT_GT(estimated.cycles, last) << name << " at " << latency;
        last = estimated.cycles;
      }
    }
  }
}

TEST(Gemmini, IsTimedAsTheReferenceSimulationDoes) {
  for (const char* name : {"gemmini", "gemmini-blocks"}) {
    const Shipped on = shipped(name);
    for (const Network& network : {matrixProduct(200, 150, 300), shippedNetwork("tc-resnet8")})
      EXPECT_EQ(estimate(on, network).cycles, estimate(on, network, Method::Simulate).cycles) << name;
  }
}

TEST(Gemmini, OwnTilesAreThoseThatItsLibraryChose) {
  std::vector<MeasuredOnGemmini> layers = measuredWithOwnTiles();
  ASSERT_EQ(layers.size(), 36U);
  for (MeasuredOnGemmini& layer : layers) {
    layer.machine["candidate_latency"] = 0;  // to find them takes the host its time otherwise
    const NetworkEstimate rule = estimateOf(layer, false), recorded = estimateOf(layer, true);
    ASSERT_TRUE(rule.complete && rule.exact && recorded.complete);
    EXPECT_EQ(rule.cycles, recorded.cycles) << layer.kind << ", " << layer.cycles << " cycles";
  }
}

/// The host looks at one candidate after the other before it begins; it need not where the tile is said.
TEST(Gemmini, ItsLibraryTakesTimeToFindItsTiles) {
  const auto cyclesOf = [](MeasuredOnGemmini layer, std::int64_t candidate, bool recorded) {
    layer.machine["candidate_latency"] = candidate;
    return estimateOf(layer, recorded).cycles;
  };
  // An eighth of a candidate is what one of a product takes.
  constexpr std::int64_t eight = 8;
  for (const MeasuredOnGemmini& layer : measuredWithOwnTiles()) {
    const std::int64_t none = cyclesOf(layer, 0, false), tried = cyclesOf(layer, eight, false) - none;
    EXPECT_GT(tried, 0) << layer.kind;
    EXPECT_EQ(cyclesOf(layer, 10 * eight, false) - none, 10 * tried) << layer.kind;
    EXPECT_EQ(cyclesOf(layer, 10 * eight, true), none) << layer.kind;
  }
  // 3 x 3, 128 channels: from 16 of them on, one more at a time.
  const MeasuredOnGemmini grown = measuredWithOwnTiles()[23];
  EXPECT_GT(cyclesOf(grown, 1, false) - cyclesOf(grown, 0, false), 100);
}

TEST(Gemmini, OwnTilesAreTimedAsTheReferenceSimulationDoes) {
  const Shipped on = gemminiOwnTiler();
  const NetworkEstimate resnet = estimate(on, shippedNetwork("resnet-50"));
  EXPECT_TRUE(resnet.exact);
  EXPECT_GT(resnet.layers.size(), 50U);
  for (const Network& network : {matrixProduct(200, 150, 300), shippedNetwork("mlp")})
    EXPECT_EQ(estimate(on, network).cycles, estimate(on, network, Method::Simulate).cycles);
}

/// The library's rules always find a tile that fits, on machines of any size, and each product is counted
/// once.
TEST(Gemmini, OwnTilesComputeRandomLayersOnce) {
  std::mt19937 random(20261130);
  std::int64_t checked = 0;
  for (const ParameterValues& machine : {ParameterValues{}, ParameterValues{{"mesh", 10}},
                                         ParameterValues{{"mesh", 2}, {"scratchpad_rows", 64}}}) {
    const Shipped on = gemminiOwnTiler(machine);
    for (const char* name : {"conv1d", "conv2d", "dense", "matmul"}) {
      for (int trial = propertyCount(20); trial > 0; --trial) {
        const std::string text = randomLayer(name, random);
        SCOPED_TRACE(text);
        const Result<Network> network = parseNetwork(text, "random");
        if (!network) continue;  // the window does not fit
        const NetworkEstimate estimated = estimate(on, *network);
        ASSERT_FALSE(hasErrors(estimated.diagnostics));
        for (const UnmappedLayer& each : estimated.unmapped)
          EXPECT_THAT(each.reason, testing::AnyOf(testing::HasSubstr("take another mapping"),
                                                  testing::HasSubstr("take this mapping"),
                                                  testing::HasSubstr("not unrolled")))
              << each.reason;
        if (!estimated.complete) continue;
        std::int64_t macs = 0;
        forEachInstruction(on, *network, [&](const auto&, const InstructionTemplate& instruction, auto) {
          macs += saidProducts(instruction).value_or(0);
        });
        EXPECT_EQ(macs, network->layers.front().macs);
        ++checked;
      }
    }
  }
  EXPECT_GT(checked, 60);
}

TEST(Gemmini, RunsResNet50ExactlyAndSlowerThanWithAnIdealMemory) {
  const Network network = shippedNetwork("resnet-50");
  const NetworkEstimate tiles = estimate(shipped("gemmini"), network);
  const NetworkEstimate blocks = estimate(shipped("gemmini-blocks"), network);
  EXPECT_TRUE(tiles.exact && tiles.complete && blocks.exact && blocks.complete);
  EXPECT_GT(tiles.cycles, blocks.cycles) << "the blocks know no host and no caches";
  std::int64_t evaluated = 0;  // what each layer needs by itself
  for (const LayerEstimate& layer : tiles.layers) evaluated += layer.evaluatedInstructions;
  EXPECT_LE(evaluated, 30000) << "small programs are timed in full, as that is quicker";
}

/// What `multiply` says of itself adds up to the layer's multiply-accumulates.
TEST(Gemmini, MultipliesEachPairOnce) {
  expectEachPairMultipliedOnce(shipped("gemmini"), "multiply",
                               {"alexnet", "efficientnet-b0", "resnet-18", "tc-resnet8", "mlp"});
}

/// Distinct words written to main memory.
std::int64_t wordsWritten(const Shipped& on, const Network& network, std::int64_t& accesses) {
  const MemoryId dram = on.machine->findMemory("dram");
  std::set<std::int64_t> written;
  accesses = 0;
  forEachInstruction(on, network, [&](const auto&, const InstructionTemplate& instruction, auto addresses) {
    const std::size_t reads = instruction.memoryReads.size();
    for (std::size_t i = 0; i < instruction.memoryWrites.size(); ++i) {
      if (instruction.memoryWrites[i].memory != dram) continue;
      accesses += instruction.memoryWrites[i].words;
      for (Words w = 0; w < instruction.memoryWrites[i].words; ++w) written.insert(addresses[reads + i] + w);
    }
  });
  return static_cast<std::int64_t>(written.size());
}

TEST(GemminiBlocks, WriteEachResultOnce) {
  const Shipped on = shipped("gemmini-blocks");
  const std::string image = "  x: {shape: [2, 72, 13, 11], role: input}\n";
  const std::vector<Network> networks{
      matrixProduct(150, 70, 200),
      oneLayer(
          image + "  w: {shape: [80, 72, 3, 3], role: weight}\n  o: {shape: [2, 80, 7, 6], role: output}\n",
          "operator: conv2d, dimensions: {N: 2, C: 72, K: 80, H: 13, W: 11, R: 3, S: 3, stride: 2, "
          "padding: 1}, inputs: [x, w], output: o"),
      oneLayer(
          image + "  w: {shape: [72, 1, 3, 3], role: weight}\n  o: {shape: [2, 72, 9, 7], role: output}\n",
          "operator: conv2d, dimensions: {N: 2, C: 72, K: 72, H: 13, W: 11, R: 3, S: 3, groups: 72, "
          "dilation: 2}, inputs: [x, w], output: o"),
      oneLayer(
          image + "  o: {shape: [2, 72, 6, 5], role: output}\n",
          "operator: max_pool2d, dimensions: {N: 2, C: 72, H: 13, W: 11, R: 3, S: 3, stride: 2}, inputs: "
          "[x], output: o"),
      oneLayer(
          image + "  o: {shape: [2, 72, 1, 1], role: output}\n",
          "operator: average_pool2d, dimensions: {N: 2, C: 72, H: 13, W: 11, R: 13, S: 11}, inputs: [x], "
          "output: o"),
      oneLayer(image + "  y: {shape: [2, 72, 13, 11], role: input}\n  o: {shape: [2, 72, 13, 11], role: "
                       "output}\n",
               "operator: add, inputs: [x, y], output: o"),
      oneLayer("  x: {shape: [1, 3, 200], role: input}\n  w: {shape: [20, 3, 5], role: weight}\n  o: {shape: "
               "[1, 20, 196], role: output}\n",
               "operator: conv1d, dimensions: {C: 3, K: 20, W: 200, F: 5}, inputs: [x, w], output: o")};
  for (const Network& network : networks) {
    const Layer& layer = network.layers.front();
    std::int64_t accesses = 0;
    EXPECT_EQ(wordsWritten(on, network, accesses), network.tensor(layer.output).elements())
        << layer.operatorName;
    EXPECT_EQ(accesses, network.tensor(layer.output).elements()) << layer.operatorName;
  }
}

}  // namespace
}  // namespace taktwerk
