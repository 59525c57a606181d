// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/iteration.h"

#include <optional>

namespace taktwerk {

namespace {

/// Instructions below each loop, in all executions of it from one of the loop around; no number of them is
/// too large.
std::vector<double> weightsOf(const Program& program) {
  std::vector<double> weights(program.loops.size(), 0);
  for (std::size_t i = program.loops.size(); i-- > 0;) {  // inner loops stand behind the outer ones
    for (const Program::Item& item : program.body(program.loops[i])) {
      weights[i] += item.isLoop ? weights[item.index] : 1;
    }
    weights[i] *= static_cast<double>(program.loops[i].trips);
  }
  return weights;
}

ListedOperation listed(const Program& program, const Machine& machine, const Program::Step& step,
                       std::size_t depth) {
  ListedOperation operation =
      listedOperation(machine, program.templates[step.instruction],
                      std::span(program.coefficients).subspan(step.firstCoefficient), depth);
  operation.sourceLine = step.sourceLine;
  return operation;
}

}  // namespace

ListedOperation listedOperation(const Machine& machine, const InstructionTemplate& instruction,
                                std::span<const std::int64_t> coefficients, std::size_t depth) {
  const std::int64_t* coefficient = coefficients.data();
  const auto accesses = [&](const std::vector<AccessShape>& shapes) {
    std::vector<ListedAccess> list;
    list.reserve(shapes.size());
    for (const AccessShape& shape : shapes) {
      list.push_back({machine.memories[shape.memory.index()].name,
                      shape.words,
                      *coefficient,
                      {coefficient + 1, coefficient + 1 + depth}});
      coefficient += 1 + depth;
    }
    return list;
  };
  ListedOperation operation;
  operation.operation = machine.operations[instruction.operation.index()];
  for (const RegisterId id : instruction.writes) {
    operation.registersWritten.push_back(machine.registerName(id));
  }
  for (const RegisterId id : instruction.reads) operation.registersRead.push_back(machine.registerName(id));
  operation.reads = accesses(instruction.memoryReads);  // their coefficients stand first
  operation.writes = accesses(instruction.memoryWrites);
  operation.immediates = instruction.immediates;
  if (instruction.unit.valid()) operation.unit = machine.units[instruction.unit.index()].name;
  return operation;
}

std::vector<std::uint32_t> heaviestNest(const Program& program) {
  std::vector<std::uint32_t> nest;
  if (program.loops.empty()) return nest;
  const std::vector<double> weights = weightsOf(program);
  for (std::uint32_t loop = 0;;) {
    std::optional<std::uint32_t> heaviest;
    for (const Program::Item& item : program.body(program.loops[loop])) {
      if (item.isLoop && (!heaviest || weights[item.index] > weights[*heaviest])) heaviest = item.index;
    }
    if (!heaviest) return nest;
    loop = *heaviest;
    nest.push_back(loop);
  }
}

Iteration iterationOf(const Program& program, const Machine& machine, const std::vector<std::uint32_t>& nest,
                      std::size_t limit) {
  Iteration iteration;
  if (program.loops.empty()) return iteration;
  for (const std::uint32_t index : nest) {
    const Program::Loop& loop = program.loops[index];
    const std::string variable =
        loop.variable.empty() ? "i" + std::to_string(iteration.loops.size()) : loop.variable;
    iteration.loops.push_back({variable, loop.trips});
  }
  for (const Program::Item& item : program.body(program.loops[nest.empty() ? 0 : nest.back()])) {
    if (item.isLoop) continue;
    if (iteration.instructions.size() < limit) {
      iteration.instructions.push_back(listed(program, machine, program.steps[item.index], nest.size()));
    } else {
      ++iteration.leftOut;
    }
  }
  return iteration;
}

}  // namespace taktwerk
