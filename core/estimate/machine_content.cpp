// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/machine_content.h"

#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/machine/machine_costs.h"

namespace taktwerk {
namespace {

/// Puts values one behind the other so that different sequences give different bytes.
class Bytes {
 public:
  template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>) void add(T value) {
    const auto number = static_cast<std::uint64_t>(value);
    for (int shift = 0; shift < 64; shift += 8)
      bytes_ += static_cast<char>(number >> static_cast<unsigned>(shift));
  }
  void add(std::string_view text) {
    add(text.size());
    bytes_ += text;
  }
  void add(const std::string& text) { add(std::string_view(text)); }
  template <class Tag>
  void add(Id<Tag> id) {
    add(id.value);
  }
  template <class T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  template <class A, class B>
  void add(const std::pair<A, B>& both) {
    add(both.first);
    add(both.second);
  }
  template <class T>
  void add(const std::vector<T>& values) {
    add(values.size());
    for (const T& value : values) add(value);
  }
  /// Every bit of it: a cast would lose what is behind the point.
  void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
  template <class Parameters>
  void add(const std::shared_ptr<const Expression>& expression, const Parameters& parameters) {
    add(expression != nullptr);
    if (!expression) return;
    add(expression->text());
    for (const std::string& name : expression->variables()) {
      const auto value = parameters ? parameters->find(name) : decltype(parameters->end()){};
      const bool bound = parameters && value != parameters->end();
      add(bound);
      if (bound) add(value->second);
    }
  }
  void add(const Cost& cost) {
    add(cost.constant);
    add(cost.expression, cost.parameters);
  }
  void add(const InstructionCost& cost) {
    add(cost.constant);
    add(cost.expression, cost.parameters);
  }
  void add(const AccessCost& cost) { add(cost.each), add(cost.perWord); }
  void add(const ReadWriteCost& cost) { add(cost.read), add(cost.write); }
  void add(const Stage& stage) {
    add(stage.name), add(stage.object), add(stage.kind), add(stage.latency), add(stage.capacity);
    add(stage.next), add(stage.units);
  }
  void add(const Unit& unit) {
    add(unit.name), add(unit.object), add(unit.stage), add(unit.accessesMemory), add(unit.operations);
    add(unit.latency), add(unit.initiationInterval), add(unit.maxInFlight), add(unit.resultLatency);
    add(unit.release), add(unit.computeLatency), add(unit.burstWords), add(unit.streaming);
    add(unit.readsRegisters), add(unit.writesRegisters), add(unit.readsMemories), add(unit.writesMemories);
  }
  void add(const RegisterFile& file) {
    add(file.name), add(file.object), add(file.depth), add(file.dataWidth), add(file.firstRegister);
    add(file.registers);
  }
  void add(const Memory& memory) {
    add(memory.name), add(memory.object), add(memory.kind), add(memory.readLatency);
    add(memory.writeLatency), add(memory.portWidth), add(memory.beatInterval);
    add(memory.maxConcurrentRequests), add(memory.readWritePorts), add(memory.banks);
    add(memory.interleaveWords), add(memory.addressRanges), add(memory.dataWidth);
    add(memory.rowWords), add(memory.tCas), add(memory.tRcd), add(memory.tRp);
    add(memory.sets), add(memory.ways), add(memory.lineWords), add(memory.replacement), add(memory.seed);
    add(memory.writeThrough), add(memory.writeAllocate), add(memory.hitLatency), add(memory.backing);
    add(memory.root);
  }
  void add(const Fetch& fetch) {
    add(fetch.stage), add(fetch.duration), add(fetch.width), add(fetch.bufferSize), add(fetch.inOrder);
  }
  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

std::string timingContentOf(const Machine& machine) {
  Bytes bytes;
  bytes.add(machine.fetch);
  bytes.add(machine.stages);
  bytes.add(machine.units);
  bytes.add(machine.registerFiles);
  bytes.add(machine.memories);
  bytes.add(machine.operations);
  bytes.add(machine.objectNames);
  return std::move(bytes).take();
}

std::string mappingViewOf(const Machine& machine) {
  Bytes bytes;
  bytes.add(machine.operations);
  for (const RegisterFile& file : machine.registerFiles) {
    bytes.add(file.name);
    bytes.add(file.registers);
  }
  bytes.add(machine.units.size());
  for (const Unit& unit : machine.units) bytes.add(unit.name);
  bytes.add(machine.memories.size());
  for (const Memory& memory : machine.memories) {
    bytes.add(memory.name);
    bytes.add(memory.addressRanges);
    bytes.add(memory.dataWidth);
  }
  for (const auto& [name, value] : machine.parameters) bytes.add(name);
  return std::move(bytes).take();
}

std::string energyContentOf(const Machine& machine) {
  if (!machine.costs || !machine.costs->hasEnergy) return {};
  const MachineCosts& costs = *machine.costs;
  Bytes bytes;
  bytes.add(costs.groups);
  bytes.add(costs.groupOf);
  bytes.add(costs.operationCosts);
  bytes.add(costs.instructionCosts);
  bytes.add(costs.ofUnit);
  bytes.add(costs.ofRegisterFile);
  bytes.add(costs.ofFetch);
  bytes.add(costs.ofInstructionMemory);
  return std::move(bytes).take();
}

std::string parametersSeenBy(const Mapping& mapping, const Machine& machine) {
  Bytes bytes;
  for (const std::string& name : parameterNames(mapping)) {
    const auto value = machine.parameters.find(name);
    bytes.add(value != machine.parameters.end());
    if (value != machine.parameters.end()) bytes.add(value->second);
  }
  return std::move(bytes).take();
}

}  // namespace taktwerk
