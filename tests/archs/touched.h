// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/archs/shipped.h"

namespace taktwerk::test {

/// How an architecture's instructions say how many multiply-accumulates they are.
struct CountedArchitecture {
  std::string name;
  ParameterValues parameters;  ///< small, so that small layers cross tiles
  std::string operation;
  bool byImmediates = false;  ///< their product; else one each
};

inline std::vector<CountedArchitecture> countedArchitectures() {
  return {{"one-mac", {}, "mac"},
          {"systolic-array", {{"rows", 3}, {"columns", 2}}, "mac"},
          {"output-stationary-array", {{"rows", 3}, {"columns", 2}}, "mac"},
          {"gemmini", {{"mesh", 2}}, "multiply", true},
          {"plasticine-derived", {{"tile", 8}}, "gemm", true},
          {"tpu-like", {{"rows", 4}, {"columns", 3}}, "multiply", true},
          {"nvdla-like", {{"atomic_c", 3}, {"atomic_k", 2}}, "multiply", true}};
}

inline const std::vector<std::string> randomOperators{
    "conv1d",         "conv2d",         "dense", "matmul",   "max_pool1d", "max_pool2d",
    "average_pool1d", "average_pool2d", "add",   "multiply", "relu"};

/// What a program computes and touches.
struct Touched {
  std::int64_t macs = 0;
  std::set<std::pair<std::uint32_t, std::int64_t>> written;
};

inline Touched touchedBy(const Program& program, const Machine& machine, const CountedArchitecture& how) {
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
    if (const auto said = saidProducts(instruction)) {
      touched.macs += *said;
      continue;
    }
    if (instruction.operation != operation) continue;
    std::int64_t product = 1;
    for (const auto& [name, value] : instruction.immediates) product *= how.byImmediates ? value : 1;
    touched.macs += product;
  }
  return touched;
}

}  // namespace taktwerk::test
