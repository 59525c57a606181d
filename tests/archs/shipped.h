// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/estimate/estimate.h"
#include "core/network/network_file.h"
#include "tests/support/places.h"

namespace taktwerk::test {

inline std::filesystem::path sourcePath(const std::string& file) {
  return std::filesystem::path(taktwerk::sourceDirectory()) / file;
}

/// A shipped architecture with the mappings beside it, or with others.
struct Shipped {
  std::shared_ptr<const Machine> machine;
  std::vector<Mapping> mappings;
};

inline Shipped shipped(const std::string& name, const ParameterValues& parameters = {},
                       const std::string& onlyMapping = {}) {
  const auto file = sourcePath("archs/" + name + '/' + name + ".arch.yaml");
  const auto machine = elaborate(*readArchitecture(file), parameters);
  if (!machine) throw std::runtime_error(name + " is refused");
  if (onlyMapping.empty()) return {*machine, *readMappingsBeside(file)};
  return {*machine, {*readMapping(sourcePath("archs/" + name + '/' + onlyMapping))}};
}

/// The same without lower bounds on its parameters, for points that the file calls infeasible.
inline Shipped shippedUnbounded(const std::string& name, const ParameterValues& parameters) {
  const auto file = sourcePath("archs/" + name + '/' + name + ".arch.yaml");
  taktwerk::Architecture architecture = *readArchitecture(file);
  for (Parameter& parameter : architecture.parameters) parameter.minimum.reset();
  return {*elaborate(architecture, parameters), *readMappingsBeside(file)};
}

inline Network shippedNetwork(const std::string& name) {
  return *readNetwork(sourcePath("resources/networks/" + name + ".network.yaml"));
}

inline NetworkEstimate estimate(const Shipped& on, const Network& network, Method method = Method::Auto) {
  Progress progress;
  EstimateOptions options;
  options.method = method;
  options.jobs = 1;
  return estimateNetwork(on.machine, network, on.mappings, options, progress);
}

/// A network of one layer; `rest` are its lines below the operator.
inline Network oneLayer(const std::string& tensors, const std::string& layer) {
  const auto network = parseNetwork("format: taktwerk-network/1\nname: one layer\ntensors:\n" + tensors +
                                        "layers:\n  - {name: layer, " + layer + "}\n",
                                    "one layer");
  if (!network) throw std::runtime_error("the network is refused");
  return *network;
}

inline Network matrixProduct(std::int64_t m, std::int64_t n, std::int64_t k) {
  const auto shape = [](std::int64_t a, std::int64_t b) {
    return "[1, " + std::to_string(a) + ", " + std::to_string(b) + "]";
  };
  return oneLayer("  a: {shape: " + shape(m, k) + ", role: input}\n  b: {shape: " + shape(k, n) +
                      ", role: weight}\n  o: {shape: " + shape(m, n) + ", role: output}\n",
                  "operator: matmul, dimensions: {M: " + std::to_string(m) + ", N: " + std::to_string(n) +
                      ", K: " + std::to_string(k) + "}, inputs: [a, b], output: o");
}

/// Calls `visit` with every instruction of every layer the mappings take, and its addresses; layers with the
/// longest chain first, as an estimate does.
using Visit = std::function<void(const std::vector<LayerId>& layers, const InstructionTemplate& instruction,
                                 std::span<const std::int64_t> addresses)>;
inline void forEachInstruction(const Shipped& on, const Network& network, const Visit& visit) {
  std::size_t next = 0;
  while (next < network.layers.size()) {
    std::vector<LayerId> longest;
    const Mapping* chosen = nullptr;
    for (const Mapping& mapping : on.mappings) {
      auto layers = match(mapping, *on.machine, network, network.layers[next].id).layers;
      if (layers.size() > longest.size()) {
        longest = std::move(layers);
        chosen = &mapping;
      }
    }
    if (chosen == nullptr) {
      ++next;
      continue;
    }
    const auto mapped = mapLayers(*chosen, *on.machine, network, longest);
    if (!mapped) throw std::runtime_error(mapped.diagnostics.front().message);
    ProgramWalker walker(mapped->program);
    while (walker.next())
      visit(longest, mapped->program.templates[walker.step().instruction], walker.addresses());
    next = longest.back().index() + 1;
  }
}

/// What an instruction says of itself: the immediate `products` (multiply-accumulates), if it has one.
inline std::optional<std::int64_t> saidProducts(const InstructionTemplate& instruction) {
  for (const auto& [name, value] : instruction.immediates)
    if (name == "products") return value;
  return std::nullopt;
}

/// Expects the products that the instructions of an operation stand for, each the product of its immediates,
/// or their immediate `products`, to be the multiplications of every layer of the networks: no pair is
/// missing, none is multiplied twice.
inline void expectEachPairMultipliedOnce(const Shipped& on, const std::string& operation,
                                         const std::vector<std::string>& networks) {
  const OperationId multiply = on.machine->findOperation(operation);
  for (const std::string& name : networks) {
    const Network network = shippedNetwork(name);
    std::map<std::size_t, std::int64_t> found;
    forEachInstruction(on, network, [&](const auto& layers, const InstructionTemplate& instruction, auto) {
      const auto said = saidProducts(instruction);
      if (instruction.operation != multiply && !said) return;
      std::int64_t product = 1;
      for (const auto& [immediate, value] : instruction.immediates) product *= value;
      found[layers.front().index()] += said.value_or(product);
    });
    std::int64_t compared = 0;
    for (const Layer& layer : network.layers) {
      if (layer.macs == 0) continue;
      EXPECT_EQ(found[layer.id.index()], layer.macs) << name << ' ' << layer.name;
      ++compared;
    }
    EXPECT_GT(compared, 0) << name;
  }
}

}  // namespace taktwerk::test
