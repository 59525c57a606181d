// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reference/routes.h"

#include <algorithm>
#include <set>
#include <variant>

namespace taktwerk::reference {

namespace {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// Marks the stages from which a processing stage can be reached, going backwards over `forward`.
std::vector<bool> stagesThatLead(const Machine& machine, const std::map<StageId, UnitId>& processedBy) {
  std::vector<std::vector<std::size_t>> before(machine.stages.size());
  for (std::size_t stage = 0; stage < machine.stages.size(); ++stage) {
    for (const StageId next : machine.stages[stage].next) before[next.index()].push_back(stage);
  }
  std::vector<bool> leads(machine.stages.size(), false);
  std::vector<std::size_t> open;
  for (const auto& [stage, unit] : processedBy) open.push_back(stage.index());
  while (!open.empty()) {
    const std::size_t stage = open.back();
    open.pop_back();
    if (leads[stage]) continue;
    leads[stage] = true;
    open.insert(open.end(), before[stage].begin(), before[stage].end());
  }
  return leads;
}

/// The units instructions can come to from the fetch stage; they stay in the first stage that processes them.
std::set<UnitId> unitsWithinReach(const Machine& machine, const Route& route) {
  std::set<UnitId> units;
  std::vector<bool> seen(machine.stages.size(), false);
  std::vector<StageId> open = machine.stages[machine.fetch.stage.index()].next;
  while (!open.empty()) {
    const StageId stage = open.back();
    open.pop_back();
    if (seen[stage.index()] || !route.leads[stage.index()]) continue;
    seen[stage.index()] = true;
    const auto processing = route.processedBy.find(stage);
    if (processing != route.processedBy.end()) {
      units.insert(processing->second);
      continue;
    }
    const std::vector<StageId>& next = machine.stages[stage.index()].next;
    open.insert(open.end(), next.begin(), next.end());
  }
  return units;
}

class CostReader {
 public:
  CostReader(const Unit& unit, const InstructionTemplate& instruction)
      : unit_(unit), lookup_([&instruction](std::string_view name) -> std::optional<Rational> {
          for (const auto& [immediate, value] : instruction.immediates) {
            if (immediate == name) return Rational(value);
          }
          return std::nullopt;
        }) {}

  Cycles read(const Cost& cost, const char* attribute) {
    const auto value = cost.evaluate(lookup_);
    if (const Cycles* cycles = std::get_if<Cycles>(&value)) return *cycles;
    if (problem.empty()) {
      problem = std::string(attribute) + " of " + unit_.name + " cannot be computed";
      if (cost.expression) problem += " (" + cost.expression->text() + ")";
      problem += ": " + std::get<ExpressionError>(value).message;
    }
    return 0;
  }

  std::string problem;

 private:
  const Unit& unit_;
  Expression::Lookup lookup_;
};

UnitCosts costsOf(const Machine& machine, const Unit& unit, const InstructionTemplate& instruction,
                  std::string& problem) {
  CostReader reader(unit, instruction);
  UnitCosts costs;
  costs.latency = reader.read(unit.latency, "latency");
  costs.initiationInterval =
      unit.initiationInterval ? reader.read(*unit.initiationInterval, "initiation_interval") : costs.latency;
  if (unit.accessesMemory) costs.computeLatency = reader.read(unit.computeLatency, "compute_latency");
  for (const auto& [file, cost] : unit.resultLatency) {
    const Cycles cycles = reader.read(cost, "result_latency");
    if (cycles > costs.latency && reader.problem.empty()) {
      reader.problem = "result_latency of " + unit.name + " for " + machine.registerFiles[file.index()].name +
                       " is " + std::to_string(cycles) + ", must be at most its latency, " +
                       std::to_string(costs.latency);
    }
    costs.resultLatency[file] = cycles;
  }
  problem = reader.problem;
  return costs;
}

}  // namespace

bool supports(const Machine& machine, UnitId id, const InstructionTemplate& instruction) {
  const Unit& unit = machine.units[id.index()];
  if (instruction.unit.valid() && instruction.unit != id) return false;
  if (!contains(unit.operations, instruction.operation)) return false;
  if (instruction.accessCount() > 0 && !unit.accessesMemory) return false;
  const auto all = [](const auto& items, const auto& predicate) {
    return std::all_of(items.begin(), items.end(), predicate);
  };
  return all(instruction.reads,
             [&](RegisterId r) { return contains(unit.readsRegisters, machine.registerFileOf(r)); }) &&
         all(instruction.writes,
             [&](RegisterId r) { return contains(unit.writesRegisters, machine.registerFileOf(r)); }) &&
         all(instruction.memoryReads,
             [&](const AccessShape& a) { return contains(unit.readsMemories, a.memory); }) &&
         all(instruction.memoryWrites,
             [&](const AccessShape& a) { return contains(unit.writesMemories, a.memory); });
}

std::pair<std::optional<Route>, RouteError> findRoute(const Machine& machine,
                                                      const InstructionTemplate& instruction) {
  Route route;
  for (std::size_t stage = 0; stage < machine.stages.size(); ++stage) {
    for (const UnitId unit : machine.stages[stage].units) {
      if (!supports(machine, unit, instruction)) continue;
      route.processedBy.emplace(StageId{static_cast<std::uint32_t>(stage)}, unit);
      break;
    }
  }
  if (route.processedBy.empty()) {
    const std::string named = instruction.unit.valid()
                                  ? machine.units[instruction.unit.index()].name + ", the unit it names,"
                                  : "no unit";
    return {std::nullopt,
            {"P0001", named + (instruction.unit.valid() ? " does not support it" : " supports it") +
                          ": a unit must list the operation and be connected to every register file and "
                          "memory the instruction reads and writes"}};
  }
  route.leads = stagesThatLead(machine, route.processedBy);
  const Stage& fetch = machine.stages[machine.fetch.stage.index()];
  if (!route.leads[machine.fetch.stage.index()]) {
    const Unit& unit = machine.units[route.processedBy.begin()->second.index()];
    return {std::nullopt,
            {"P0002", "no forward path from " + fetch.name + " to " + unit.name + ", which supports it"}};
  }
  for (const UnitId id : unitsWithinReach(machine, route)) {
    std::string problem;
    route.costs[id] = costsOf(machine, machine.units[id.index()], instruction, problem);
    if (!problem.empty()) return {std::nullopt, {"P0004", problem}};
  }
  return {std::move(route), {}};
}

}  // namespace taktwerk::reference
