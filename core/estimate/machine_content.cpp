// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/machine_content.h"

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

/// Takes in what a machine is made of.
class Content {
 public:
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void add(T value) { digester_.add(value); }
  void add(std::string_view text) { digester_.add(text); }
  void add(const std::string& text) { digester_.add(std::string_view(text)); }
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
  [[nodiscard]] Digest digest() const { return digester_.digest(); }

 private:
  Digester digester_;
};

template <class... Parts>
Digest digestOf(const Parts&... parts) {
  Content content;
  (content.add(parts), ...);
  return content.digest();
}

}  // namespace

Digest timingContentOf(const Machine& machine) {
  return digestOf(machine.fetch, machine.stages, machine.units, machine.registerFiles, machine.memories,
                  machine.operations, machine.objectNames);
}

Digest mappingViewOf(const Machine& machine) {
  Content content;
  content.add(machine.operations);
  for (const RegisterFile& file : machine.registerFiles) {
    content.add(file.name);
    content.add(file.registers);
  }
  content.add(machine.units.size());
  for (const Unit& unit : machine.units) content.add(unit.name);
  content.add(machine.memories.size());
  for (const Memory& memory : machine.memories) {
    content.add(memory.name);
    content.add(memory.addressRanges);
    content.add(memory.dataWidth);
  }
  for (const auto& [name, value] : machine.parameters) content.add(name);
  return content.digest();
}

Digest energyContentOf(const Machine& machine) {
  if (!machine.costs || !machine.costs->hasEnergy) return {};
  const MachineCosts& costs = *machine.costs;
  return digestOf(costs.groups, costs.groupOf, costs.operationCosts, costs.instructionCosts, costs.ofUnit,
                  costs.ofRegisterFile, costs.ofFetch, costs.ofInstructionMemory);
}

KnownMachine knownAs(const Machine& machine) {
  return {timingContentOf(machine), mappingViewOf(machine), energyContentOf(machine)};
}

Digest viewOf(const Mapping& mapping, const Digest& mappingView, const Machine& machine) {
  Digester view;
  view.add(mappingView).add(contentOf(mapping));
  for (const std::string& name : parameterNames(mapping)) {
    const auto value = machine.parameters.find(name);
    view.add(value != machine.parameters.end());
    if (value != machine.parameters.end()) view.add(value->second);
  }
  return view.digest();
}

}  // namespace taktwerk
