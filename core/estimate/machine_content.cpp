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
  void add(const Digest& digest) { digester_.add(digest); }
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
    add(memory.writeLatency), add(memory.beatInterval);
    add(memory.maxConcurrentRequests), add(memory.readWritePorts), add(memory.banks);
    add(memory.interleaveWords), add(memory.dataWidth);
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

}  // namespace

std::vector<bool> plainMemories(const Machine& machine) {
  std::vector<bool> plain(machine.memories.size(), true);
  for (std::size_t m = 0; m < plain.size(); ++m) {
    const Memory& memory = machine.memories[m];
    if (memory.kind != MemoryKind::Sram) plain[m] = false;
    if (memory.backing.valid()) plain[memory.backing.index()] = false;
  }
  return plain;
}

Digest timingContentOf(const Machine& machine) {
  Content content;
  content.add(machine.fetch), content.add(machine.stages), content.add(machine.units);
  content.add(machine.registerFiles), content.add(machine.memories);
  content.add(machine.operations), content.add(machine.objectNames);
  const std::vector<bool> plain = plainMemories(machine);
  for (std::size_t m = 0; m < plain.size(); ++m) {
    const Memory& memory = machine.memories[m];
    if (!plain[m]) content.add(memory.addressRanges), content.add(memory.portWidth);
  }
  return content.digest();
}

void addAccesses(Digester& digester, const Machine& machine, const std::vector<bool>& plain,
                 const std::vector<Footprint>& footprints) {
  // Below it no bound on beats comes near the end of 64 bits.
  constexpr Words widest = Words{1} << 31U;
  for (const Footprint& footprint : footprints) {
    if (!plain[footprint.memory.index()]) continue;
    const Memory& memory = machine.memories[footprint.memory.index()];
    const auto& ranges = memory.addressRanges;
    const bool within = ranges.empty() || (ranges.size() == 1 && footprint.first >= ranges.front().first &&
                                           footprint.end <= ranges.front().second);
    digester.add(within ? std::size_t{0} : ranges.size());
    if (!within) {
      for (const auto& [first, end] : ranges) digester.add(first).add(end);
    }
    const bool wide = footprint.most <= memory.portWidth && memory.portWidth <= widest;
    digester.add(wide ? Words{0} : memory.portWidth);
  }
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
    content.add(memory.dataWidth);
    const auto& ranges = memory.addressRanges;
    content.add(ranges.size());
    if (ranges.size() == 1) {
      content.add(ranges.front().first);  // where it ends programs tell, see MemoryEnds
    } else {
      content.add(ranges);
    }
  }
  content.add(parameterNamesOf(machine));
  return content.digest();
}

Digest parameterNamesOf(const Machine& machine) {
  Digester names;
  for (const auto& [name, value] : machine.parameters) names.add(std::string_view(name));
  return names.digest();
}

Digest energyContentOf(const Machine& machine) {
  if (!machine.costs || !machine.costs->hasEnergy) return {};
  const MachineCosts& costs = *machine.costs;
  Content content;
  content.add(costs.groups), content.add(costs.groupOf), content.add(costs.operationCosts);
  content.add(costs.instructionCosts), content.add(costs.ofUnit), content.add(costs.ofRegisterFile);
  content.add(costs.ofFetch), content.add(costs.ofInstructionMemory);
  // Which units an instruction can come to.
  content.add(machine.operations);
  content.add(machine.fetch.stage), content.add(machine.fetch.memory), content.add(machine.fetch.width);
  for (const Stage& stage : machine.stages) {
    content.add(stage.object), content.add(stage.kind), content.add(stage.next), content.add(stage.units);
  }
  for (const Unit& unit : machine.units) {
    content.add(unit.object), content.add(unit.stage), content.add(unit.accessesMemory);
    content.add(unit.operations), content.add(unit.readsRegisters), content.add(unit.writesRegisters);
    content.add(unit.readsMemories), content.add(unit.writesMemories);
  }
  for (const RegisterFile& file : machine.registerFiles) {
    content.add(file.object), content.add(file.firstRegister), content.add(file.registers.size());
  }
  return content.digest();
}

KnownMachine knownAs(const Machine& machine) {
  return {timingContentOf(machine), mappingViewOf(machine), energyContentOf(machine)};
}

namespace {

Digest viewWith(const Mapping& mapping, const std::vector<std::string>& names, const Digest& rest,
                const Machine& machine) {
  Digester view;
  view.add(rest).add(contentOf(mapping));
  for (const std::string& name : names) {
    const auto value = machine.parameters.find(name);
    view.add(value != machine.parameters.end());
    if (value != machine.parameters.end()) view.add(value->second);
  }
  return view.digest();
}

}  // namespace

Digest viewOf(const Mapping& mapping, const Digest& mappingView, const Machine& machine) {
  return viewWith(mapping, parameterNames(mapping), mappingView, machine);
}

Digest conditionViewOf(const Mapping& mapping, const Digest& parameterNames, const Machine& machine) {
  return viewWith(mapping, conditionParameterNames(mapping), parameterNames, machine);
}

}  // namespace taktwerk
