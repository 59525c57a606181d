// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/machine/elaborate.h"
#include "core/mapping/mapping.h"
#include "core/network/network_file.h"
#include "tests/support/places.h"

namespace taktwerk {

inline std::string sourcePath(const std::string& relative) {
  return taktwerk::sourceDirectory() + '/' + relative;
}

inline std::string text(const Diagnostics& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) all += toString(diagnostic) + '\n';
  return all;
}

template <class T>
T valueOf(Result<T> result) {
  EXPECT_TRUE(result) << text(result.diagnostics);
  return result ? std::move(*result) : T{};
}

inline std::shared_ptr<const Machine> machineFrom(const Architecture& architecture,
                                                  const ParameterValues& parameters = {}) {
  return valueOf(elaborate(architecture, parameters));
}

inline std::shared_ptr<const Machine> machineAt(const std::string& path,
                                                const ParameterValues& parameters = {}) {
  return machineFrom(valueOf(readArchitecture(sourcePath(path))), parameters);
}

/// Registers regs.r0 … regs.r15 and a memory dmem of 1,000 words in two ranges, parameter p = 3.
inline std::shared_ptr<const Machine> smallMachine() {
  static const std::shared_ptr<const Machine> machine =
      machineFrom(valueOf(parseArchitecture(R"(
format: taktwerk-architecture/1
name: small
parameters:
  p: {default: 3, minimum: 0, maximum: 100, description: a number}
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage}
  execute: {class: ExecuteStage}
  lsu: {class: MemoryAccessUnit, operations: [load, store, mac, nop]}
  regs: {class: RegisterFile, registers: [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15, "v[2]"]}
  dmem: {class: SRAM, address_ranges: [[100, 700], [1000, 1400]]}
  all: {class: SRAM}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, lsu]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
  - reads: [lsu, all]
  - writes: [lsu, all]
)",
                                            "small.arch.yaml")));
  return machine;
}

/// One dense layer: N = 2, C = 5, K = 7, with a bias of 16 bit.
inline Network denseNetwork() {
  return valueOf(parseNetwork(R"(
format: taktwerk-network/1
name: dense
tensors:
  x: {shape: [2, 5], role: input}
  w: {shape: [7, 5], bits: 4, role: weight}
  b: {shape: [7], bits: 16, role: weight}
  y: {shape: [2, 7], role: output}
layers:
  - {name: layer, operator: dense, dimensions: {N: 2, C: 5, K: 7}, inputs: [x, w, b], output: y}
)",
                              "dense.network.yaml"));
}

/// A mapping for `dense` with the given text behind `takes`.
inline std::string denseMapping(const std::string& rest) {
  return "format: taktwerk-mapping/1\nname: test\ntakes: dense\n" + rest;
}

/// The first layer of `network` mapped; problems are in the result.
inline Result<MappedProgram> mapFirst(const std::string& mappingText, const Network& network,
                                      const Machine& machine,
                                      const std::map<std::string, std::int64_t>& tunables = {}) {
  const Result<Mapping> mapping = parseMapping(mappingText, "m.yaml");
  if (!mapping) return mapping.diagnostics;
  const Match found = match(*mapping, machine, network, LayerId{0});
  if (found.layers.empty()) return Diagnostic{Severity::Error, "", {}, "", found.reason, ""};
  return mapLayers(*mapping, machine, network, found.layers, tunables);
}

/// One line an instruction of the unrolled program: "load r1 <- dmem[3] …".
inline std::vector<std::string> unrolled(const Program& program, const Machine& machine) {
  std::vector<std::string> lines;
  ProgramWalker walker(program);
  while (walker.next()) {
    const InstructionTemplate& instruction = program.templates[walker.step().instruction];
    std::string line = machine.operations[instruction.operation.index()];
    const auto addresses = walker.addresses();
    std::size_t access = 0;
    const auto registers = [&](const char* mark, const std::vector<RegisterId>& ids) {
      for (const RegisterId id : ids) line += mark + machine.registerName(id);
    };
    const auto memories = [&](const char* mark, const std::vector<AccessShape>& shapes) {
      for (const AccessShape& shape : shapes) {
        line += mark + machine.memories[shape.memory.index()].name + '[' +
                std::to_string(addresses[access++]) + ']';
        if (shape.words != 1) line += 'x' + std::to_string(shape.words);
      }
    };
    registers(" <", instruction.reads);
    registers(" >", instruction.writes);
    memories(" <", instruction.memoryReads);
    memories(" >", instruction.memoryWrites);
    for (const auto& [name, value] : instruction.immediates) line += ' ' + name + '=' + std::to_string(value);
    if (instruction.unit.valid()) line += " @" + machine.units[instruction.unit.index()].name;
    lines.push_back(std::move(line));
  }
  return lines;
}

/// Whether some unit of the machine takes an instruction, as its operation and its register files demand.
inline bool isSupported(const Machine& machine, const InstructionTemplate& instruction) {
  const auto has = [](const auto& list, auto id) {
    return std::find(list.begin(), list.end(), id) != list.end();
  };
  for (std::uint32_t i = 0; i < machine.units.size(); ++i) {
    const Unit& unit = machine.units[i];
    bool fits = has(unit.operations, instruction.operation) &&
                (!instruction.unit.valid() || instruction.unit.value == i) &&
                (unit.accessesMemory || instruction.accessCount() == 0);
    for (const RegisterId id : instruction.reads)
      fits = fits && has(unit.readsRegisters, machine.registerFileOf(id));
    for (const RegisterId id : instruction.writes)
      fits = fits && has(unit.writesRegisters, machine.registerFileOf(id));
    for (const AccessShape& shape : instruction.memoryReads)
      fits = fits && has(unit.readsMemories, shape.memory);
    for (const AccessShape& shape : instruction.memoryWrites)
      fits = fits && has(unit.writesMemories, shape.memory);
    if (fits) return true;
  }
  return false;
}

inline void expectSupported(const Machine& machine, const Program& program) {
  for (const Program::Step& step : program.steps) {
    const InstructionTemplate& instruction = program.templates[step.instruction];
    EXPECT_TRUE(isSupported(machine, instruction)) << program.file << ':' << step.sourceLine << ": "
                                                   << machine.operations[instruction.operation.index()];
  }
}

}  // namespace taktwerk
