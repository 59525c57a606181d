// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "core/reference/rules.h"

namespace taktwerk::reference {

namespace {

constexpr std::size_t maximumErrors = 100;

/// Addresses stay below this, so that a whole line around one still has an address.
constexpr Words addressLimit = Words{1} << 62;

/// True if every word lies in one of the ranges.
bool within(const Memory& memory, Words address, Words words) {
  if (address < 0 || words < 1 || words > addressLimit || address > addressLimit - words) return false;
  if (memory.addressRanges.empty()) return true;
  auto ranges = memory.addressRanges;
  std::sort(ranges.begin(), ranges.end());
  for (const auto& [first, end] : ranges) {
    if (first > address) return false;
    if (address + words <= end) return true;
    if (end > address) {
      words -= end - address;
      address = end;
    }
  }
  return false;
}

std::string rangesOf(const Memory& memory) {
  std::string text;
  for (const auto& [first, end] : memory.addressRanges) {
    text += (text.empty() ? "[" : ", [") + std::to_string(first) + ", " + std::to_string(end) + ")";
  }
  return text.empty() ? "[0, " + std::to_string(addressLimit) + ")" : text;
}

/// What is wrong with an instruction's addresses, or "".
std::string addressProblem(const Machine& machine, const InstructionTemplate& instruction,
                           std::span<const std::int64_t> addresses) {
  std::size_t access = 0;
  for (const auto* shapes : {&instruction.memoryReads, &instruction.memoryWrites}) {
    for (const AccessShape& shape : *shapes) {
      const Words address = addresses[access++];
      // The memory named and, of a cache, every memory behind it.
      for (MemoryId id = shape.memory; id.valid(); id = machine.memories[id.index()].backing) {
        const Memory& memory = machine.memories[id.index()];
        if (within(memory, address, shape.words)) continue;
        return "accesses " + std::to_string(shape.words) + " words of " + memory.name + " from address " +
               std::to_string(address) + ", outside its address_ranges " + rangesOf(memory);
      }
    }
  }
  return {};
}

}  // namespace

void checkProgram(State& state, const Progress& progress) {
  const Program& program = state.program;
  std::vector<bool> routed(program.templates.size(), false);
  std::vector<RouteError> routeErrors(program.templates.size());
  std::set<const Program::Step*> reported;
  ProgramWalker walker(program);
  for (std::int64_t index = 0; walker.next(); ++index) {
    if ((index & 0xFFFF) == 0 && progress.cancelled()) return;
    const Program::Step& step = walker.step();
    const TemplateId id = step.instruction;
    if (!routed[id.index()]) {
      routed[id.index()] = true;
      std::tie(state.routes[id.index()], routeErrors[id.index()]) =
          findRoute(state.machine, program.templates[id]);
    }
    RouteError problem = routeErrors[id.index()];
    if (problem.message.empty()) {
      problem = {"P0003", addressProblem(state.machine, program.templates[id], walker.addresses())};
    }
    if (problem.message.empty() || !reported.insert(&step).second) continue;
    state.result.errors.push_back(
        instructionError(state.machine, program, index, id, step.sourceLine, problem.code, problem.message));
    if (state.result.errors.size() == maximumErrors) return;
  }
}

}  // namespace taktwerk::reference
