// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/machine/machine_costs.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "core/architecture/class_specification.h"
#include "core/architecture/cost_source_names.h"
#include "core/architecture/names.h"
#include "core/architecture/quantity.h"

namespace taktwerk {
namespace {

/// The text of a value, for telling equal ones.
void addText(const YamlNode& node, std::string& text) {
  text += node.scalar + '\n';
  for (const YamlNode& item : node.items) addText(item, text);
  for (const YamlNode::Entry& entry : node.entries) {
    text += entry.key + ": ";
    addText(entry.value, text);
  }
}

class CostElaborator {
 public:
  CostElaborator(const Architecture& architecture, const Machine& machine, const ValueContext& context)
      : architecture_(architecture),
        machine_(machine),
        context_(context),
        parameters_(std::make_shared<const ParameterMap>(context.parameters)) {}

  MachineCosts run() {
    costs_.sources = architecture_.costs;
    nameGroups();
    findSources();
    costs_.area = sumOf("area");
    costs_.leakage = sumOf("leakage");
    costs_.ofUnit.reserve(machine_.units.size());
    for (const Unit& unit : machine_.units) costs_.ofUnit.push_back(unitCost(unit));
    costs_.ofRegisterFile.reserve(machine_.registerFiles.size());
    for (const RegisterFile& file : machine_.registerFiles)
      costs_.ofRegisterFile.push_back(accessCosts(file.object));
    costs_.ofMemory.reserve(machine_.memories.size());
    for (const Memory& memory : machine_.memories) costs_.ofMemory.push_back(accessCosts(memory.object));
    costs_.ofInstructionMemory = accessCosts(machine_.fetch.memory.value);
    for (const auto& [key, value] : energies(machine_.stages[machine_.fetch.stage.index()].object)) {
      costs_.ofFetch = realOf(value.constant);
    }
    costs_.energyLeftOut = withoutEnergy();
    return std::move(costs_);
  }

 private:
  using Energies = std::vector<std::pair<std::string_view, QuantityValue>>;

  void nameGroups() {
    std::unordered_map<std::string, std::uint32_t> places;
    costs_.groupOf.reserve(architecture_.objects.size());
    for (const ObjectDeclaration& object : architecture_.objects) {
      std::string name = withoutIndices(object.name);
      const auto next = static_cast<std::uint32_t>(costs_.groups.size());
      const auto [place, isNew] = places.try_emplace(name, next);
      if (isNew) costs_.groups.push_back(std::move(name));
      costs_.groupOf.push_back(place->second);
    }
  }

  /// Of a file with one source all costs are from that.
  void findSources() {
    costs_.sourcesOf.resize(costs_.groups.size());
    std::vector<const YamlNode*> last(costs_.groups.size(), nullptr);
    for (std::size_t i = 0; i < architecture_.objects.size(); ++i) {
      const ObjectDeclaration& object = architecture_.objects[i];
      const std::uint32_t group = costs_.groupOf[i];
      const Attribute* named = object.find("cost_source");
      const YamlNode* value = named != nullptr ? &named->value : nullptr;
      // Elements of an array come from one line.
      if (value != nullptr && last[group] != nullptr && last[group]->position == value->position) continue;
      last[group] = value;
      GroupSources& of = costs_.sourcesOf[group];
      addSources(object, value, "area", of.area);
      addSources(object, value, "leakage", of.leakage);
      addSources(object, value, "energy", of.energy);
    }
  }

  void addSources(const ObjectDeclaration& object, const YamlNode* named, std::string_view cost,
                  std::vector<std::uint32_t>& places) const {
    if (object.find(cost) == nullptr) return;
    const auto names = named != nullptr ? costSourceNames(*named, cost) : std::vector<std::string>();
    std::set<std::uint32_t> all(places.begin(), places.end());
    for (std::uint32_t place = 0; place < costs_.sources.size(); ++place) {
      const bool isNamed = std::find(names.begin(), names.end(), costs_.sources[place].name) != names.end();
      if (isNamed || (names.empty() && costs_.sources.size() == 1)) all.insert(place);
    }
    places.assign(all.begin(), all.end());
  }

  CostSum sumOf(std::string_view name) {
    CostSum sum;
    sum.byGroup.resize(costs_.groups.size(), 0);
    std::vector<bool> leftOut(costs_.groups.size(), false);
    std::unordered_map<std::string_view, double> known;  // elements of an array say the same
    double total = 0;
    bool any = false;
    for (std::size_t i = 0; i < architecture_.objects.size(); ++i) {
      const ObjectDeclaration& object = architecture_.objects[i];
      const Attribute* attribute = object.find(name);
      const AttributeSpecification* specification = specificationOf(object, name);
      if (attribute == nullptr || specification == nullptr) {
        leftOut[costs_.groupOf[i]] = true;
        continue;
      }
      auto value = known.find(attribute->value.scalar);
      if (value == known.end()) {
        const auto found = quantityValue(*specification, attribute->value, object, context_);
        value = known.emplace(attribute->value.scalar, found ? realOf(found->constant) : 0.0).first;
      }
      any = true;
      total += value->second;
      sum.byGroup[costs_.groupOf[i]] += value->second;
    }
    if (!any) return {};
    sum.total = total;
    for (std::uint32_t g = 0; g < leftOut.size(); ++g) {
      if (leftOut[g]) sum.leftOut.push_back(g);
    }
    return sum;
  }

  /// Groups of objects without an energy, or without that of something that they can do.
  [[nodiscard]] std::vector<std::uint32_t> withoutEnergy() const {
    std::set<std::uint32_t> groups;
    for (std::size_t i = 0; i < architecture_.objects.size(); ++i) {
      const ObjectDeclaration& object = architecture_.objects[i];
      const bool does = specificationOf(object, "energy") != nullptr;
      if (does && object.find("energy") == nullptr) groups.insert(costs_.groupOf[i]);
    }
    const auto check = [&](std::uint32_t object, bool known) {
      if (!known) groups.insert(costs_.groupOf[object]);
    };
    for (std::size_t u = 0; u < machine_.units.size(); ++u) {
      const Unit& unit = machine_.units[u];
      if (costs_.ofUnit[u] != MachineCosts::none) check(unit.object, knowsAll(costs_.ofUnit[u]));
      for (const RegisterFileId id : unit.readsRegisters)
        check(machine_.registerFiles[id.index()].object, costs_.ofRegisterFile[id.index()].read.has_value());
      for (const RegisterFileId id : unit.writesRegisters)
        check(machine_.registerFiles[id.index()].object, costs_.ofRegisterFile[id.index()].write.has_value());
      for (const MemoryId id : unit.readsMemories) checkAccesses(id, false, check);
      for (const MemoryId id : unit.writesMemories) checkAccesses(id, true, check);
    }
    check(machine_.fetch.memory.value, costs_.ofInstructionMemory.read.has_value());
    return {groups.begin(), groups.end()};
  }

  [[nodiscard]] bool knowsAll(std::uint32_t ofUnit) const {
    const std::vector<std::uint32_t>& places = costs_.operationCosts[ofUnit];
    return std::find(places.begin(), places.end(), MachineCosts::none) == places.end();
  }

  /// A memory that is read or written, and those behind a cache: it reads lines for either, and writes what
  /// was written.
  template <class Check>
  void checkAccesses(MemoryId id, bool write, const Check& check) const {
    for (bool read = !write; id.valid(); id = machine_.memories[id.index()].backing, read = true) {
      const ReadWriteCost& cost = costs_.ofMemory[id.index()];
      const std::uint32_t object = machine_.memories[id.index()].object;
      if (read) check(object, cost.read.has_value());
      if (write) check(object, cost.write.has_value());
    }
  }

  static const AttributeSpecification* specificationOf(const ObjectDeclaration& object,
                                                       std::string_view name) {
    const ClassSpecification* ofClass = taktwerk::specificationOf(object.objectClass);
    return ofClass != nullptr ? ofClass->find(name) : nullptr;
  }

  /// What an object's energies are; empty where it has none, or they are wrong, which is reported.
  Energies energies(std::uint32_t object) {
    const ObjectDeclaration& declaration = architecture_.objects[object];
    const Attribute* attribute = declaration.find("energy");
    const AttributeSpecification* specification = specificationOf(declaration, "energy");
    if (attribute == nullptr || specification == nullptr) return {};
    costs_.hasEnergy = true;
    return energyValue(*specification, attribute->value, declaration, context_).value_or(Energies());
  }

  std::uint32_t unitCost(const Unit& unit) {
    const Attribute* attribute = architecture_.objects[unit.object].find("energy");
    if (attribute == nullptr) return MachineCosts::none;
    std::string text;
    for (const OperationId operation : unit.operations) text += std::to_string(operation.value) + ' ';
    addText(attribute->value, text);
    const auto [known, isNew] =
        unitCosts_.try_emplace(std::move(text), static_cast<std::uint32_t>(costs_.operationCosts.size()));
    if (!isNew) return known->second;
    std::vector<std::uint32_t> places(unit.operations.size(), MachineCosts::none);
    for (auto& [key, value] : energies(unit.object)) {
      const auto place = static_cast<std::uint32_t>(costs_.instructionCosts.size());
      for (std::size_t o = 0; o < places.size(); ++o) {
        if (key.empty() || machine_.operations[unit.operations[o].index()] == key) places[o] = place;
      }
      costs_.instructionCosts.push_back(toCost(std::move(value)));
    }
    costs_.operationCosts.push_back(std::move(places));
    return known->second;
  }

  InstructionCost toCost(QuantityValue value) const {
    InstructionCost cost;
    cost.constant = realOf(value.constant);
    if (!value.expression) return cost;
    cost.expression = std::make_shared<const Expression>(std::move(*value.expression));
    cost.parameters = parameters_;
    return cost;
  }

  ReadWriteCost accessCosts(std::uint32_t object) {
    const Attribute* attribute = architecture_.objects[object].find("energy");
    if (attribute == nullptr) return {};
    std::string text(toString(architecture_.objects[object].objectClass));  // which says what it may hold
    addText(attribute->value, text);
    const auto known = accessCosts_.find(text);
    if (known != accessCosts_.end()) return known->second;
    return accessCosts_.emplace(std::move(text), newAccessCosts(object)).first->second;
  }

  ReadWriteCost newAccessCosts(std::uint32_t object) {
    ReadWriteCost costs;
    for (const auto& [key, value] : energies(object)) {
      AccessCost cost{realOf(value.constant), 0};
      if (value.expression) {
        const auto linear = linearInWords(*value.expression, context_.parameters);
        if (!linear) continue;
        cost = {realOf(linear->each), realOf(linear->perWord)};
      }
      if (key != "write") costs.read = cost;
      if (key != "read") costs.write = cost;
    }
    return costs;
  }

  const Architecture& architecture_;
  const Machine& machine_;
  const ValueContext& context_;
  std::shared_ptr<const ParameterMap> parameters_;
  MachineCosts costs_;
  // By text: elements of an array say the same.
  std::unordered_map<std::string, std::uint32_t> unitCosts_;
  std::unordered_map<std::string, ReadWriteCost> accessCosts_;
};

}  // namespace

std::optional<double> InstructionCost::evaluate(const Expression::Lookup& lookup) const {
  if (!expression) return constant;
  const Expression::Value value = expression->evaluate([&](std::string_view name) -> std::optional<Rational> {
    const auto bound = parameters->find(name);
    return bound != parameters->end() ? std::optional(Rational(bound->second)) : lookup(name);
  });
  const auto* number = std::get_if<Rational>(&value);
  if (number == nullptr || number->numerator < 0) return std::nullopt;
  return realOf(*number);
}

const InstructionCost* MachineCosts::of(const Machine& machine, UnitId unit, OperationId operation) const {
  const std::uint32_t costs = ofUnit[unit.index()];
  if (costs == none) return nullptr;
  const std::vector<OperationId>& operations = machine.units[unit.index()].operations;
  const auto found = std::find(operations.begin(), operations.end(), operation);
  if (found == operations.end()) return nullptr;
  const std::uint32_t place = operationCosts[costs][static_cast<std::size_t>(found - operations.begin())];
  return place == none ? nullptr : &instructionCosts[place];
}

std::shared_ptr<const MachineCosts> costsOf(const Architecture& architecture, const Machine& machine,
                                            const ValueContext& context) {
  if (architecture.costs.empty()) return nullptr;
  return std::make_shared<const MachineCosts>(CostElaborator(architecture, machine, context).run());
}

}  // namespace taktwerk
