// SPDX-License-Identifier: GPL-3.0-or-later
// Random layers on every shipped architecture: whatever mapping claims to fit computes each product once,
// writes results, and stays inside the machine and its memories.
#include <random>
#include <set>

#include "core/engine/preparation/prepare.h"
#include "tests/archs/shipped.h"
#include "tests/support/random_layer.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

using namespace test;

/// How an architecture's instructions say how many multiply-accumulates they are.
struct Architecture {
  std::string name;
  ParameterValues parameters;  ///< small, so that small layers cross tiles
  std::string operation;
  bool byImmediates = false;  ///< their product; else one each
};

std::vector<Architecture> architectures() {
  return {{"one-mac", {}, "mac"},
          {"systolic-array", {{"rows", 3}, {"columns", 2}}, "mac"},
          {"output-stationary-array", {{"rows", 3}, {"columns", 2}}, "mac"},
          {"gemmini", {{"mesh", 2}}, "multiply", true},
          {"plasticine-derived", {{"tile", 8}}, "gemm", true},
          {"tpu-like", {{"rows", 4}, {"columns", 3}}, "multiply", true},
          {"nvdla-like", {{"atomic_c", 3}, {"atomic_k", 2}}, "multiply", true}};
}

const std::vector<std::string> operators{
    "conv1d",         "conv2d",         "dense", "matmul",   "max_pool1d", "max_pool2d",
    "average_pool1d", "average_pool2d", "add",   "multiply", "relu"};

/// What a program computes and touches.
struct Touched {
  std::int64_t macs = 0;
  std::set<std::pair<std::uint32_t, std::int64_t>> written;
};

Touched touchedBy(const Program& program, const Machine& machine, const Architecture& how) {
  Touched touched;
  const OperationId operation = machine.findOperation(how.operation);
  ProgramWalker walker(program);
  while (walker.next()) {
    const InstructionTemplate& instruction = program.templates[walker.step().instruction];
    const std::size_t reads = instruction.memoryReads.size();
    for (std::size_t i = 0; i < instruction.memoryWrites.size(); ++i) {
      const AccessShape& shape = instruction.memoryWrites[i];
      for (Words w = 0; w < shape.words; ++w) {
        touched.written.insert({shape.memory.value, walker.addresses()[reads + i] + w});
      }
    }
    if (instruction.operation != operation) continue;
    std::int64_t product = 1;
    for (const auto& [name, value] : instruction.immediates) product *= how.byImmediates ? value : 1;
    touched.macs += product;
  }
  return touched;
}

TEST(RandomLayers, AreComputedOnceWhereverAMappingFits) {
  std::map<std::string, std::int64_t> checked;
  for (const Architecture& how : architectures()) {
    const Shipped on = shipped(how.name, how.parameters);
    engine::Resolver resolver(*on.machine);
    std::mt19937 random(20261123);
    for (const std::string& name : operators) {
      for (int trial = propertyCount(12); trial > 0; --trial) {
        const std::string text = randomLayer(name, random);
        SCOPED_TRACE(how.name + '\n' + text);
        const Result<Network> network = parseNetwork(text, "random");
        if (!network) continue;  // the window does not fit
        const Layer& layer = network->layers.front();
        for (const Mapping& mapping : on.mappings) {
          const Match found = match(mapping, *on.machine, *network, layer.id);
          if (found.layers.empty()) {
            EXPECT_FALSE(found.reason.empty()) << mapping.name << " says not why";
            continue;
          }
          const Result<MappedProgram> mapped = mapLayers(mapping, *on.machine, *network, found.layers);
          ASSERT_TRUE(mapped) << mapping.name << ": " << mapped.diagnostics.front().message;
          EXPECT_FALSE(mapped->omission) << mapping.name << ": " << mapped->omission->message;
          const auto prepared = engine::prepare(resolver, mapped->program);
          ASSERT_TRUE(prepared) << mapping.name << ": " << prepared.diagnostics.front().message;
          const Touched touched = touchedBy(mapped->program, *on.machine, how);
          if (layer.macs > 0) {
            EXPECT_EQ(touched.macs, layer.macs) << mapping.name;
          }
          EXPECT_FALSE(touched.written.empty()) << mapping.name;
          ++checked[how.name];
        }
      }
    }
  }
  for (const Architecture& how : architectures()) {
    EXPECT_GE(checked[how.name], how.name == "output-stationary-array" ? 5 : 30) << how.name;
  }
}

}  // namespace
}  // namespace taktwerk
