// SPDX-License-Identifier: GPL-3.0-or-later
// Operators without multiply-accumulates: each element of the result is written once, each of the operands is
// read as often as the operator asks for.
#include <set>

#include "tests/archs/shipped.h"

namespace taktwerk {
namespace {

using namespace test;

/// Channels fill the blocks of 64 in which Gemmini keeps them, so that no word of a block is padding.
const std::string image = "  x: {shape: [2, 64, 13, 11], role: input}\n";

struct Case {
  std::string name;
  Network network;
  std::int64_t reads;  ///< elements read: those of the operands, or taps of all windows
};

std::vector<Case> cases() {
  const std::string both =
      image + "  y: {shape: [2, 64, 13, 11], role: input}\n  o: {shape: [2, 64, 13, 11], role: output}\n";
  std::vector<Case> all;
  all.push_back({"add", oneLayer(both, "operator: add, inputs: [x, y], output: o"),
                 std::int64_t{2} * 2 * 64 * 13 * 11});
  all.push_back({"multiply", oneLayer(both, "operator: multiply, inputs: [x, y], output: o"),
                 std::int64_t{2} * 2 * 64 * 13 * 11});
  all.push_back(
      {"scale",
       oneLayer(image + "  y: {shape: [1], role: input}\n  o: {shape: [2, 64, 13, 11], role: output}\n",
                "operator: multiply, inputs: [x, y], output: o"),
       std::int64_t{2} * 64 * 13 * 11});
  all.push_back(
      {"channels",
       oneLayer("  x: {shape: [1, 64, 13, 11], role: input}\n  y: {shape: [1, 64, 1, 1], role: input}\n"
                "  o: {shape: [1, 64, 13, 11], role: output}\n",
                "operator: multiply, inputs: [x, y], output: o"),
       std::int64_t{64} * 13 * 11});
  all.push_back(
      {"max_pool2d",
       oneLayer(
           image + "  o: {shape: [2, 64, 6, 5], role: output}\n",
           "operator: max_pool2d, dimensions: {N: 2, C: 64, H: 13, W: 11, R: 3, S: 3, stride: 2}, inputs: "
           "[x], output: o"),
       std::int64_t{2} * 64 * 6 * 5 * 9});
  all.push_back(
      {"average_pool2d",
       oneLayer(
           image + "  o: {shape: [2, 64, 1, 1], role: output}\n",
           "operator: average_pool2d, dimensions: {N: 2, C: 64, H: 13, W: 11, R: 13, S: 11}, inputs: [x], "
           "output: o"),
       std::int64_t{2} * 64 * 13 * 11});
  all.push_back(
      {"max_pool1d",
       oneLayer("  x: {shape: [1, 64, 40], role: input}\n  o: {shape: [1, 64, 19], role: output}\n",
                "operator: max_pool1d, dimensions: {C: 64, W: 40, F: 3, stride: 2}, inputs: [x], output: o"),
       std::int64_t{64} * 19 * 3});
  return all;
}

struct Counted {
  std::int64_t written = 0, distinct = 0, instructions = 0, work = 0;
};

/// Words written to `dram`; `work` adds up the products of the immediates of `operation`.
Counted count(const Shipped& on, const Network& network, const std::string& operation = {}) {
  const MemoryId dram = on.machine->findMemory("dram");
  Counted counted;
  std::set<std::int64_t> words;
  forEachInstruction(on, network, [&](const auto&, const InstructionTemplate& instruction, auto addresses) {
    ++counted.instructions;
    const std::size_t reads = instruction.memoryReads.size();
    for (std::size_t i = 0; i < instruction.memoryWrites.size(); ++i) {
      if (instruction.memoryWrites[i].memory != dram) continue;
      counted.written += instruction.memoryWrites[i].words;
      for (Words w = 0; w < instruction.memoryWrites[i].words; ++w) words.insert(addresses[reads + i] + w);
    }
    if (operation.empty() || instruction.operation != on.machine->findOperation(operation)) return;
    std::int64_t product = 1;
    for (const auto& [immediate, value] : instruction.immediates) product *= value;
    counted.work += product;
  });
  counted.distinct = static_cast<std::int64_t>(words.size());
  return counted;
}

TEST(ElementwiseOperators, WriteEachElementOnce) {
  for (const char* architecture : {"gemmini", "gemmini-blocks", "plasticine-derived", "nvdla-like"}) {
    const Shipped on = shipped(architecture);
    for (const Case& each : cases()) {
      // Gemmini multiplies by a factor or by one a channel only.
      if (each.name == "multiply" && std::string(architecture).starts_with("gemmini")) continue;
      const std::int64_t elements = each.network.tensor(each.network.layers.front().output).elements();
      const Counted counted = count(on, each.network);
      EXPECT_EQ(counted.written, elements) << architecture << ' ' << each.name;
      EXPECT_EQ(counted.distinct, elements) << architecture << ' ' << each.name;
    }
  }
}

TEST(ElementwiseOperators, TakeEachElementAsOftenAsTheyNeedTo) {
  const Shipped grid = shipped("plasticine-derived", {{"tile", 8}});
  for (const Case& each : cases()) {
    const std::int64_t elements = each.network.tensor(each.network.layers.front().output).elements();
    if (each.name.starts_with("max_pool")) {
      EXPECT_EQ(count(grid, each.network, "maximum").work, each.reads) << each.name;
    } else if (each.name == "multiply" || each.name == "scale" || each.name == "channels") {
      EXPECT_EQ(count(grid, each.network, "multiply").work, elements) << each.name;
    } else if (each.name == "add") {
      EXPECT_EQ(count(grid, each.network, "add").work, elements) << each.name;
    } else {
      EXPECT_EQ(count(grid, each.network, "gemm").work, each.reads) << each.name;
    }
  }
}

TEST(ElementwiseOperators, AreTimedAsTheReferenceSimulationDoes) {
  for (const char* architecture : {"gemmini", "plasticine-derived", "tpu-like", "nvdla-like"}) {
    const Shipped on = shipped(architecture);
    for (const Case& each : cases()) {
      const NetworkEstimate automatic = estimate(on, each.network);
      if (!automatic.complete) continue;
      EXPECT_GT(automatic.cycles, 0) << architecture << ' ' << each.name;
      EXPECT_EQ(automatic.cycles, estimate(on, each.network, Method::Simulate).cycles)
          << architecture << ' ' << each.name;
    }
  }
}

}  // namespace
}  // namespace taktwerk
