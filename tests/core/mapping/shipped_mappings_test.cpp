// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/network/operators.h"
#include "tests/core/mapping/mapping_support.h"
#include "tests/core/mapping/plain_interpreter.h"
#include "tests/support/random_layer.h"

namespace taktwerk {
namespace {

const std::vector<Mapping>& oneMacMappings() {
  static const std::vector<Mapping> mappings =
      valueOf(readMappingsBeside(sourcePath("archs/one-mac/one-mac.arch.yaml")));
  return mappings;
}

std::shared_ptr<const Machine> oneMac() {
  static const auto machine = machineAt("archs/one-mac/one-mac.arch.yaml");
  return machine;
}

/// The one mapping that takes a layer.
const Mapping* mappingFor(const Network& network, const Layer& layer) {
  const Mapping* found = nullptr;
  for (const Mapping& mapping : oneMacMappings()) {
    if (match(mapping, *oneMac(), network, layer.id).layers.empty()) continue;
    EXPECT_EQ(found, nullptr) << layer.name << " has two mappings";
    found = &mapping;
  }
  EXPECT_NE(found, nullptr) << layer.name << " (" << layer.operatorName << ") has no mapping";
  return found;
}

std::int64_t count(const Program& program, const Machine& machine, const std::string& operation) {
  std::int64_t found = 0;
  ProgramWalker walker(program);
  while (walker.next()) {
    found += machine.operations[program.templates[walker.step().instruction].operation.index()] == operation
                 ? 1
                 : 0;
  }
  return found;
}

TEST(OneMacMappings, RunEveryMultiplyAccumulateOfTcResNet8Once) {
  const Network network = valueOf(readNetwork(sourcePath("resources/networks/tc-resnet8.network.yaml")));
  std::int64_t macs = 0;
  for (const Layer& layer : network.layers) {
    const Mapping* mapping = mappingFor(network, layer);
    ASSERT_NE(mapping, nullptr);
    const std::vector<LayerId> layers{layer.id};
    const MappedProgram mapped = valueOf(mapLayers(*mapping, *oneMac(), network, layers));
    const std::int64_t found = count(mapped.program, *oneMac(), "mac");
    EXPECT_EQ(found, layer.macs) << layer.name;
    macs += found;
  }
  EXPECT_EQ(macs, 1533504);
}

TEST(OneMacMappings, TakeEveryLayerOfEveryShippedNetwork) {
  for (const char* name : {"alexnet", "bert-base-layer", "efficientnet-b0", "mlp", "mobilenet-v2",
                           "resnet-18", "resnet-50", "tc-resnet8"}) {
    const Network network =
        valueOf(readNetwork(sourcePath("resources/networks/" + std::string(name) + ".network.yaml")));
    for (const Layer& layer : network.layers) {
      const Mapping* mapping = mappingFor(network, layer);
      ASSERT_NE(mapping, nullptr) << name;
      const Result<MappedProgram> mapped =
          mapLayers(*mapping, *oneMac(), network, std::vector<LayerId>{layer.id});
      EXPECT_TRUE(mapped) << name << ' ' << layer.name << ' ' << text(mapped.diagnostics);
    }
  }
}

TEST(OneMacMappings, TakeAllOfAlexNet) {
  const Network network = valueOf(readNetwork(sourcePath("resources/networks/alexnet.network.yaml")));
  std::int64_t iterations = 0;
  for (const Layer& layer : network.layers) {
    const Mapping* mapping = mappingFor(network, layer);
    ASSERT_NE(mapping, nullptr);
    const std::vector<LayerId> layers{layer.id};
    const ProgramSize size = sizeOf(valueOf(mapLayers(*mapping, *oneMac(), network, layers)).program);
    if (layer.macs > 0) {
      EXPECT_EQ(size.loopIterations, layer.macs) << layer.name;
      iterations += size.loopIterations;
    }
  }
  EXPECT_EQ(iterations, 714188480);
}

/// Number of a halo's elements is not known here, so each tensor is checked by what the program touches:
/// as many addresses as elements are, for tensors without halo.
TEST(OneMacMappings, AreRightForRandomShapes) {
  const std::uint32_t seed = 20240917;
  std::mt19937 random(seed);
  const std::set<std::string> operators{
      "conv1d",         "conv2d",         "dense",      "matmul",   "max_pool1d", "max_pool2d",
      "average_pool1d", "average_pool2d", "add",        "multiply", "bias_add",   "relu",
      "relu6",          "sigmoid",        "tanh",       "gelu",     "swish",      "hardswish",
      "batch_norm",     "softmax",        "layer_norm", "lrn",      "transpose"};
  for (const std::string& name : operators) {
    for (int trial = 0; trial < 25; ++trial) {
      const std::string description = test::randomLayer(name, random);
      const std::string trace =
          "seed " + std::to_string(seed) + " trial " + std::to_string(trial) + '\n' + description;
      SCOPED_TRACE(trace);
      const Result<Network> network = parseNetwork(description, "random");
      if (!network) continue;  // the window does not fit
      const Layer& layer = network->layers.front();
      const Mapping* mapping = mappingFor(*network, layer);
      ASSERT_NE(mapping, nullptr);
      const std::vector<LayerId> layers{layer.id};
      const Result<MappedProgram> mapped = mapLayers(*mapping, *oneMac(), *network, layers);
      ASSERT_TRUE(mapped) << text(mapped.diagnostics);
      expectSupported(*oneMac(), mapped->program);
      const std::vector<std::string> lines = unrolled(mapped->program, *oneMac());
      ASSERT_EQ(lines, interpretPlainly(*mapping, *oneMac(), *network, layers));
      if (layer.macs > 0) {
        EXPECT_EQ(count(mapped->program, *oneMac(), "mac"), layer.macs);
      }
      std::set<std::int64_t> loaded, stored;
      std::int64_t stores = 0;
      ProgramWalker walker(mapped->program);
      while (walker.next()) {
        const InstructionTemplate& instruction = mapped->program.templates[walker.step().instruction];
        for (std::size_t i = 0; i < instruction.accessCount(); ++i) {
          (i < instruction.memoryReads.size() ? loaded : stored).insert(walker.addresses()[i]);
        }
        stores += static_cast<std::int64_t>(instruction.memoryWrites.size());
      }
      // Every output element is written once, and nothing that is read is overwritten; softmax keeps its
      // exponentials in the output.
      const std::int64_t elements = network->tensor(layer.output).elements();
      EXPECT_EQ(static_cast<std::int64_t>(stored.size()), elements);
      EXPECT_EQ(stores, name == "softmax" ? 2 * elements : elements);
      for (const std::int64_t address : stored) {
        EXPECT_EQ(loaded.contains(address), name == "softmax");
        loaded.erase(address);
      }
      // All elements are read, unless a stride, dilation or group steps over some of the input, or lrn reads
      // the zeros beside its channels too.
      if (name != "lrn" &&
          (findOperator(name)->rule != ShapeRule::Exact || name == "dense" || name == "matmul")) {
        std::int64_t given = 0;
        for (const TensorId input : layer.inputs) given += network->tensor(input).elements();
        EXPECT_EQ(static_cast<std::int64_t>(loaded.size()), given);
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk
