// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"
#include "tests/core/mapping/plain_interpreter.h"

namespace taktwerk {
namespace {

struct Case {
  std::shared_ptr<const Machine> machine;
  Network network;
  Mapping mapping;
  std::vector<LayerId> layers;
  MappedProgram mapped;

  std::map<std::string, std::int64_t> operations() const {
    std::map<std::string, std::int64_t> counts;
    ProgramWalker walker(mapped.program);
    while (walker.next()) {
      ++counts[machine->operations[mapped.program.templates[walker.step().instruction].operation.index()]];
    }
    return counts;
  }
};

using Parameters = std::map<std::string, std::int64_t, std::less<>>;

Case make(const std::string& architecture, const std::string& network, const std::string& mapping,
          const Parameters& networkParameters = {}, const ParameterValues& architectureParameters = {},
          std::uint32_t first = 0) {
  Case result;
  const std::string folder = "tests/data/mappings/";
  result.machine = machineAt(folder + architecture + ".arch.yaml", architectureParameters);
  result.network = valueOf(readNetwork(
      sourcePath((network.find('/') == std::string::npos ? folder : "") + network + ".network.yaml"),
      networkParameters));
  result.mapping = valueOf(readMapping(sourcePath(folder + mapping + ".mapping.yaml")));
  const Match found = match(result.mapping, *result.machine, result.network, LayerId{first});
  EXPECT_FALSE(found.layers.empty()) << found.reason;
  result.layers = found.layers;
  result.mapped = valueOf(mapLayers(result.mapping, *result.machine, result.network, result.layers));
  expectSupported(*result.machine, result.mapped.program);
  return result;
}

std::int64_t ceilOfQuotient(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

TEST(HardCases, GemminiConvolutionIsDoubleBuffered) {
  for (const auto& [channels, filters, height, width] : std::vector<std::array<std::int64_t, 4>>{
           {40, 24, 6, 20}, {16, 16, 3, 16}, {17, 33, 4, 5}, {64, 8, 1, 31}}) {
    const Case c = make("gemmini", "conv2d", "gemmini-conv2d",
                        {{"channels", channels}, {"filters", filters}, {"height", height}, {"width", width}});
    const std::int64_t tiles = ceilOfQuotient(filters, 16) * ceilOfQuotient(width, 16) * height;
    const std::int64_t steps = tiles * 9 * ceilOfQuotient(channels, 16);
    auto counts = c.operations();
    EXPECT_EQ(counts["mvin"], 2 * steps);
    EXPECT_EQ(counts["preload"], steps);
    EXPECT_EQ(counts["compute_preloaded"], tiles);
    EXPECT_EQ(counts["compute_accumulated"], steps - tiles);
    EXPECT_EQ(counts["mvout"], tiles);
    EXPECT_EQ(unrolled(c.mapped.program, *c.machine),
              interpretPlainly(c.mapping, *c.machine, c.network, c.layers));
  }
}

TEST(HardCases, LoopsOfTheGemminiConvolutionStayLoops) {
  const Case small = make("gemmini", "conv2d", "gemmini-conv2d", {{"channels", 128}, {"height", 20}});
  const Case large = make("gemmini", "conv2d", "gemmini-conv2d", {{"channels", 1024}, {"height", 200}});
  EXPECT_GT(sizeOf(large.mapped.program).instructions, 70 * sizeOf(small.mapped.program).instructions);
  EXPECT_EQ(large.mapped.program.steps.size(), small.mapped.program.steps.size());
}

TEST(HardCases, SkewedProductMovesOperandsThroughTheArray) {
  for (const auto& [m, n, k] :
       std::vector<std::array<std::int64_t, 3>>{{5, 4, 7}, {2, 2, 1}, {1, 1, 3}, {3, 5, 20}, {4, 4, 2}}) {
    const Case c =
        make("systolic-2x2", "matmul", "systolic-gemm", {{"rows", m}, {"columns", n}, {"inner", k}});
    auto counts = c.operations();
    EXPECT_EQ(counts["mac"], m * n * k);
    EXPECT_EQ(counts["store"], m * n);
    EXPECT_EQ(counts["load"], k * (m * ceilOfQuotient(n, 2) + n * ceilOfQuotient(m, 2)));
    EXPECT_EQ(counts["mov"], 2 * m * n);
    // To the right from the first column where there is a second, down likewise; and results of first rows.
    EXPECT_EQ(counts["forward"], k * (m * (n / 2) + n * (m / 2)) + n * ceilOfQuotient(m, 2));
    EXPECT_EQ(unrolled(c.mapped.program, *c.machine),
              interpretPlainly(c.mapping, *c.machine, c.network, c.layers));
  }
}

TEST(HardCases, UltraTrailLayerIsOneInstruction) {
  const std::string tc = "resources/networks/tc-resnet8";
  std::int64_t instructions = 0, cycles = 0;
  std::vector<std::size_t> lengths;
  std::uint32_t first = 0;
  for (int layer = 0; layer < 10; ++layer) {
    const Case c = make("ultratrail", tc, "ultratrail-conv", {}, {}, first);
    first += static_cast<std::uint32_t>(c.layers.size());
    lengths.push_back(c.layers.size());
    instructions += sizeOf(c.mapped.program).instructions;
    const InstructionTemplate& instruction =
        c.mapped.program.templates[c.mapped.program.steps.front().instruction];
    std::map<std::string, std::int64_t> values(instruction.immediates.begin(), instruction.immediates.end());
    const auto lookup = [&](std::string_view name) -> std::optional<Rational> {
      const auto found = values.find(std::string(name));
      return found == values.end() ? std::nullopt : std::optional<Rational>(found->second);
    };
    const auto latency = c.machine->units.front().latency.evaluate(lookup);
    ASSERT_TRUE(std::holds_alternative<Cycles>(latency));
    cycles += std::get<Cycles>(latency);
  }
  EXPECT_EQ(instructions, 10);
  // conv + relu, and conv + add + relu at the end of each block, the last with the pool.
  EXPECT_EQ(lengths, (std::vector<std::size_t>{2, 2, 2, 3, 2, 2, 3, 2, 2, 4}));
  EXPECT_EQ(cycles, 23964 - 12);  // the published lower bound without the dense layer's 6 x 2 cycles
}

TEST(HardCases, AttentionStaysOnChip) {
  const Case c = make("vector", "attention", "attention", {{"heads", 3}, {"length", 20}});
  ASSERT_EQ(c.layers.size(), 3u);
  auto counts = c.operations();
  EXPECT_EQ(counts["scale_add"], 3 * 20 * (16 + 20));
  EXPECT_EQ(counts["clear"], 3 * 20 * 2);
  EXPECT_EQ(counts["exponentials"], 3 * 20);
  EXPECT_EQ(counts["normalise"], 3 * 20);
  EXPECT_EQ(counts["copy"], 3 * 2 * (1 + 16 + 20 + 1));  // two tiles: 16 queries and 4
  EXPECT_EQ(unrolled(c.mapped.program, *c.machine),
            interpretPlainly(c.mapping, *c.machine, c.network, c.layers));
}

TEST(HardCases, AlexNetOnTwoByTwoRunsOverFourBillionInstructions) {
  const auto machine = machineAt("tests/data/mappings/systolic-2x2.arch.yaml");
  const Network network = valueOf(readNetwork(sourcePath("resources/networks/alexnet.network.yaml")));
  std::vector<Mapping> mappings;
  for (const char* name : {"conv2d", "dense", "max-pool2d", "shapes"}) {
    mappings.push_back(valueOf(
        readMapping(sourcePath(std::string("tests/data/mappings/systolic-") + name + ".mapping.yaml"))));
  }
  std::int64_t instructions = 0;
  for (std::uint32_t layer = 0; layer < network.layers.size();) {
    std::size_t taken = 0;
    for (const Mapping& mapping : mappings) {
      const Match found = match(mapping, *machine, network, LayerId{layer});
      if (found.layers.empty()) continue;
      const MappedProgram mapped = valueOf(mapLayers(mapping, *machine, network, found.layers));
      expectSupported(*machine, mapped.program);
      instructions += sizeOf(mapped.program).instructions;
      taken = found.layers.size();
      break;
    }
    ASSERT_GT(taken, 0u) << network.layers[layer].name;
    layer += static_cast<std::uint32_t>(taken);
  }
  EXPECT_EQ(instructions, 4337307304);
}

TEST(HardCases, OutputStationaryConvolutionRunsEachMacOnce) {
  for (const auto& [channels, filters, height, width] :
       std::vector<std::array<std::int64_t, 4>>{{3, 4, 4, 5}, {2, 3, 5, 4}, {1, 1, 1, 1}}) {
    const Case c = make("systolic-2x2", "conv2d", "systolic-conv2d",
                        {{"channels", channels}, {"filters", filters}, {"height", height}, {"width", width}});
    EXPECT_EQ(c.operations()["mac"], c.network.layers.front().macs);
    EXPECT_EQ(unrolled(c.mapped.program, *c.machine),
              interpretPlainly(c.mapping, *c.machine, c.network, c.layers));
  }
}

}  // namespace
}  // namespace taktwerk
