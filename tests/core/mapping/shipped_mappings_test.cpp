// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/network/operators.h"
#include "tests/core/mapping/mapping_support.h"
#include "tests/core/mapping/plain_interpreter.h"

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

/// A network of one layer of the operator with random small dimensions.
std::string randomLayer(const std::string& name, std::mt19937& random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  const OperatorSpecification& specification = *findOperator(name);
  const bool exact = specification.rule == ShapeRule::Exact;
  const int n = pick(1, 2), c = 2 * pick(1, 2), k = 2 * pick(1, 2), h = pick(3, 6), w = pick(3, 6);
  const int r = pick(1, 3), s = pick(1, 3), stride = pick(1, 3);
  const int padding = std::min({pick(0, 2), r - 1, s - 1}),
            dilation = pick(1, 3 - std::max(r, s) > 0 ? 2 : 1);
  const int groups = pick(0, 2) == 0 ? 2 : 1;
  const auto out = [&](int size, int kernel) {
    return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
  };
  const auto shape = [](std::vector<int> extents) {
    std::string list;
    for (const int extent : extents) list += (list.empty() ? "" : ", ") + std::to_string(extent);
    return "[" + list + "]";
  };
  std::vector<std::string> inputs;
  std::string output, dimensions;
  if (name == "conv1d") {
    inputs = {shape({n, c, w}), shape({k, c / groups, s})};
    output = shape({n, k, out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", K: " + std::to_string(k) + ", W: " + std::to_string(w) +
                 ", F: " + std::to_string(s) + ", groups: " + std::to_string(groups);
  } else if (name == "conv2d") {
    inputs = {shape({n, c, h, w}), shape({k, c / groups, r, s})};
    output = shape({n, k, out(h, r), out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", K: " + std::to_string(k) + ", H: " + std::to_string(h) +
                 ", W: " + std::to_string(w) + ", R: " + std::to_string(r) + ", S: " + std::to_string(s) +
                 ", groups: " + std::to_string(groups);
  } else if (name == "dense") {
    inputs = {shape({n, c}), shape({k, c})};
    output = shape({n, k});
    dimensions = "C: " + std::to_string(c) + ", K: " + std::to_string(k);
  } else if (name == "matmul") {
    inputs = {shape({n, h, c}), shape({n, c, k})};
    output = shape({n, h, k});
    dimensions = "B: " + std::to_string(n) + ", M: " + std::to_string(h) + ", K: " + std::to_string(c) +
                 ", N: " + std::to_string(k);
  } else if (name == "max_pool1d" || name == "average_pool1d") {
    inputs = {shape({n, c, w})};
    output = shape({n, c, out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", W: " + std::to_string(w) + ", F: " + std::to_string(s);
  } else if (exact) {
    inputs = {shape({n, c, h, w})};
    output = shape({n, c, out(h, r), out(w, s)});
    dimensions = "C: " + std::to_string(c) + ", H: " + std::to_string(h) + ", W: " + std::to_string(w) +
                 ", R: " + std::to_string(r) + ", S: " + std::to_string(s);
  } else {
    const std::string full = shape({n, c, h, w});
    inputs = {full};
    output = full;
    if (specification.rule == ShapeRule::Broadcast) {
      const std::vector<std::string> others{full, shape({n, c, 1, 1}), shape({h, w})};
      inputs.push_back(others[static_cast<std::size_t>(pick(0, 2))]);
    }
    if (specification.rule == ShapeRule::Channels)
      inputs.insert(inputs.end(), specification.inputs.size() - 1, shape({c}));
    if (specification.rule == ShapeRule::Rows && specification.inputs.size() > 1)
      inputs.insert(inputs.end(), static_cast<std::size_t>(pick(0, 2)), shape({w}));
    if (specification.rule == ShapeRule::Transpose) output = shape({n, c, w, h});
    if (name == "lrn") dimensions = "size: " + std::to_string(pick(1, 4));
  }
  if (name.find("conv") == 0 || name.find("pool") != std::string::npos) {
    dimensions += ", stride: " + std::to_string(stride) + ", padding: " + std::to_string(padding) +
                  ", dilation: " + std::to_string(dilation);
  }
  if (exact && name != "matmul") dimensions += ", N: " + std::to_string(n);
  if ((name.find("conv") == 0 || name == "dense") && pick(0, 1) == 1) inputs.push_back(shape({k}));
  std::string text = "format: taktwerk-network/1\nname: random\ntensors:\n";
  std::string list;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    text += "  in" + std::to_string(i) + ": {shape: " + inputs[i] + ", role: input}\n";
    list += (i > 0 ? ", in" : "in") + std::to_string(i);
  }
  return text + "  out: {shape: " + output + ", role: output}\nlayers:\n  - {name: layer, operator: " + name +
         ", dimensions: {" + dimensions + "}, inputs: [" + list + "], output: out}\n";
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
      const std::string description = randomLayer(name, random);
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
