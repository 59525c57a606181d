// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preparation/resolver.h"

#include <algorithm>
#include <array>
#include <set>

namespace taktwerk::engine {

namespace {

template <class T, class U>
bool containsAll(const std::vector<T>& have, const U& wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const T& w) { return std::find(have.begin(), have.end(), w) != have.end(); });
}

std::vector<std::uint32_t> distinct(const std::vector<RegisterId>& registers) {
  std::vector<std::uint32_t> result;
  for (const RegisterId r : registers) {
    if (std::find(result.begin(), result.end(), r.value) == result.end()) result.push_back(r.value);
  }
  return result;
}

std::optional<Cycles> costOf(const Cost& cost, const Expression::Lookup& lookup, const std::string& what,
                             ResolveError& error) {
  const auto value = cost.evaluate(lookup);
  if (const auto* failed = std::get_if<ExpressionError>(&value)) {
    error.message = what + ": " + failed->message;
    return std::nullopt;
  }
  const Cycles cycles = std::get<Cycles>(value);
  if (cycles > longestDuration) {
    error.message = what + " of " + std::to_string(cycles) + " cycles is beyond the supported 2^60";
    return std::nullopt;
  }
  return cycles;
}

}  // namespace

Resolver::Resolver(const Machine& machine)
    : machine_(machine),
      byOperation_(machine.operations.size()),
      byReadFile_(machine.registerFiles.size()),
      byWrittenFile_(machine.registerFiles.size()),
      predecessors_(machine.stages.size()),
      hopOfStage_(machine.stages.size(), ~std::uint32_t{0}) {
  for (std::uint32_t u = 0; u < machine.units.size(); ++u) {
    const Unit& unit = machine.units[u];
    for (const OperationId operation : unit.operations) byOperation_[operation.index()].push_back(u);
    for (const RegisterFileId file : unit.readsRegisters) byReadFile_[file.index()].push_back(u);
    for (const RegisterFileId file : unit.writesRegisters) byWrittenFile_[file.index()].push_back(u);
  }
  for (std::uint32_t s = 0; s < machine.stages.size(); ++s) {
    const auto& next = machine.stages[s].next;
    for (std::uint32_t rank = 0; rank < next.size(); ++rank) {
      predecessors_[next[rank].index()].push_back({s, rank});
    }
  }
}

std::vector<std::uint32_t> Resolver::supportingUnits(const InstructionTemplate& instruction) const {
  std::vector<RegisterFileId> readFiles, writtenFiles;
  std::vector<MemoryId> readMemories, writtenMemories;
  for (const AccessShape& a : instruction.memoryReads) readMemories.push_back(a.memory);
  for (const AccessShape& a : instruction.memoryWrites) writtenMemories.push_back(a.memory);
  // The shortest list that must hold every candidate; arrays have thousands of units of one operation,
  // but few that touch a given register file.
  const std::vector<std::uint32_t>* candidates = &byOperation_[instruction.operation.index()];
  const auto narrow = [&](const std::vector<std::uint32_t>& list) {
    if (list.size() < candidates->size()) candidates = &list;
  };
  for (const RegisterId r : instruction.reads) {
    readFiles.push_back(machine_.registerFileOf(r));
    narrow(byReadFile_[readFiles.back().index()]);
  }
  for (const RegisterId r : instruction.writes) {
    writtenFiles.push_back(machine_.registerFileOf(r));
    narrow(byWrittenFile_[writtenFiles.back().index()]);
  }
  const std::vector<std::uint32_t> named{instruction.unit.value};
  if (instruction.unit.valid()) candidates = &named;
  std::vector<std::uint32_t> units;
  for (const std::uint32_t u : *candidates) {
    const Unit& unit = machine_.units[u];
    if (instruction.accessCount() > 0 && !unit.accessesMemory) continue;
    if (containsAll(unit.operations, std::array{instruction.operation}) &&
        containsAll(unit.readsRegisters, readFiles) && containsAll(unit.writesRegisters, writtenFiles) &&
        containsAll(unit.readsMemories, readMemories) && containsAll(unit.writesMemories, writtenMemories)) {
      units.push_back(u);
    }
  }
  return units;
}

const Route* Resolver::routeFor(const std::vector<std::uint32_t>& units) {
  const auto found = routeByUnits_.find(units);
  if (found != routeByUnits_.end()) return found->second;
  // Backwards from the units' stages: every stage met leads to one of them by the hop it was met through.
  std::vector<std::uint32_t> frontier;
  std::set<std::uint32_t> met;
  const auto meet = [&](std::uint32_t stage) {
    if (met.insert(stage).second) frontier.push_back(stage);
  };
  for (const std::uint32_t u : units) meet(machine_.units[u].stage.value);
  std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::uint32_t>>> hops;  // stage → (rank, next)
  while (!frontier.empty()) {
    const std::uint32_t stage = frontier.back();
    frontier.pop_back();
    for (const Predecessor& p : predecessors_[stage]) {
      hops[p.stage].push_back({p.rank, stage});
      meet(p.stage);
    }
  }
  Route route;
  for (auto& [stage, ranked] : hops) {
    std::sort(ranked.begin(), ranked.end());
    route.hops.push_back(
        {stage, static_cast<std::uint32_t>(route.options.size()), static_cast<std::uint32_t>(ranked.size())});
    for (const auto& [rank, next] : ranked) route.options.push_back(next);
  }
  routes_.push_back(std::move(route));
  routeByUnits_.emplace(units, &routes_.back());
  return &routes_.back();
}

void Resolver::layOutHops(ResolvedTemplate& resolved) {
  const auto hopOf = [&](std::uint32_t stage) {
    if (hopOfStage_[stage] == ~std::uint32_t{0}) {
      hopOfStage_[stage] = static_cast<std::uint32_t>(resolved.hops.size());
      resolved.hops.push_back({stage, 0, 0, 0, nullptr});
    }
    return hopOfStage_[stage];
  };
  hopOf(machine_.fetch.stage.value);
  for (const UnitTiming& timing : resolved.timings) resolved.hops[hopOf(timing.stage)].timing = &timing;
  for (std::size_t h = 0; h < resolved.hops.size(); ++h) {
    if (resolved.hops[h].timing) continue;  // the end of the way
    const auto next = resolved.route->next(resolved.hops[h].stage);
    resolved.hops[h].firstOption = static_cast<std::uint32_t>(resolved.options.size());
    resolved.hops[h].optionCount = static_cast<std::uint32_t>(next.size());
    for (const std::uint32_t stage : next) resolved.options.push_back(hopOf(stage));
    if (!next.empty()) resolved.hops[h].onlyOption = resolved.options[resolved.hops[h].firstOption];
  }
  for (const Hop& hop : resolved.hops) hopOfStage_[hop.stage] = ~std::uint32_t{0};
}

std::optional<UnitTiming> Resolver::timingOn(std::uint32_t unitIndex, const InstructionTemplate& instruction,
                                             const ResolvedTemplate& resolved, ResolveError& error) const {
  const Unit& unit = machine_.units[unitIndex];
  const Expression::Lookup immediates = [&](std::string_view name) -> std::optional<Rational> {
    for (const auto& [key, value] : instruction.immediates) {
      if (key == name) return Rational(value);
    }
    return std::nullopt;
  };
  UnitTiming timing;
  timing.unit = unitIndex;
  timing.stage = unit.stage.value;
  const auto latency = costOf(unit.latency, immediates, "latency of " + unit.name, error);
  if (!latency) return std::nullopt;
  timing.latency = timing.interval = *latency;
  if (unit.initiationInterval) {
    const auto interval =
        costOf(*unit.initiationInterval, immediates, "initiation_interval of " + unit.name, error);
    if (!interval) return std::nullopt;
    timing.interval = *interval;
  }
  if (unit.accessesMemory) {
    const auto compute = costOf(unit.computeLatency, immediates, "compute_latency of " + unit.name, error);
    if (!compute) return std::nullopt;
    timing.computeLatency = *compute;
    return timing;
  }
  for (const std::uint32_t written : resolved.writes) {
    Cycles available = timing.latency;
    for (const auto& [file, cost] : unit.resultLatency) {
      if (file != machine_.registerFileOf(RegisterId{written})) continue;
      const auto value = costOf(cost, immediates, "result_latency of " + unit.name, error);
      if (!value) return std::nullopt;
      if (*value > timing.latency) {
        error.message = "result_latency of " + unit.name + " is " + std::to_string(*value) +
                        ", more than its latency of " + std::to_string(timing.latency);
        return std::nullopt;
      }
      available = *value;
    }
    timing.available.push_back(available);
    if (available != timing.latency) timing.earlyResults = true;
  }
  return timing;
}

std::int64_t Resolver::resolve(const InstructionTemplate& instruction, ResolveError& error) {
  const TemplateId content = contents_.intern(instruction);
  if (content.index() < resolvedOf_.size() && resolvedOf_[content.index()] >= 0) {
    return resolvedOf_[content.index()];
  }
  resolvedOf_.resize(contents_.size(), -1);

  ResolvedTemplate resolved;
  resolved.reads = distinct(instruction.reads);
  resolved.writes = distinct(instruction.writes);
  resolved.accesses = instruction.memoryReads;
  resolved.accesses.insert(resolved.accesses.end(), instruction.memoryWrites.begin(),
                           instruction.memoryWrites.end());
  resolved.memoryReads = static_cast<std::uint32_t>(instruction.memoryReads.size());
  const std::vector<std::uint32_t> units = supportingUnits(instruction);
  if (units.empty()) {
    error.message =
        "no unit supports this instruction: one that lists the operation, is connected to every "
        "register file and memory it touches" +
        std::string(instruction.unit.valid() ? " and is the unit it names" : "");
    return -1;
  }
  resolved.route = routeFor(units);
  if (resolved.route->next(machine_.fetch.stage.value).empty()) {
    error.message = "no path leads from the fetch stage to a unit that supports this instruction";
    return -1;
  }
  for (const std::uint32_t supporting : units) {
    const std::uint32_t stage = machine_.units[supporting].stage.value;
    if (resolved.timingAt(stage)) continue;
    for (const UnitId unit : machine_.stages[stage].units) {
      if (std::find(units.begin(), units.end(), unit.value) == units.end()) continue;
      auto timing = timingOn(unit.value, instruction, resolved, error);
      if (!timing) return -1;
      resolved.timings.push_back(std::move(*timing));
      break;  // the first declared takes it
    }
  }
  resolved.id = static_cast<std::uint32_t>(resolved_.size());
  layOutHops(resolved);
  resolved_.push_back(std::move(resolved));
  return resolvedOf_[content.index()] = resolved_.back().id;
}

std::int64_t Resolver::resolve(const TemplateTable& table, TemplateId id, ResolveError& error) {
  if (!table.isSameAs(lastTable_)) {
    lastTable_ = table;
    ofLastTable_.clear();
  }
  if (ofLastTable_.size() < table.size()) ofLastTable_.resize(table.size(), -1);
  std::int64_t& known = ofLastTable_[id.index()];
  if (known < 0) known = resolve(table[id], error);
  return known;
}

Cycles Resolver::accessLatency(std::uint32_t memoryIndex, bool write, Words words, ResolveError& error) {
  const Memory& memory = machine_.memories[memoryIndex];
  const Cost& cost = write ? memory.writeLatency : memory.readLatency;
  if (!cost.expression) return cost.constant;
  const LatencyKey key{memoryIndex, write, words};
  const auto found = latencies_.find(key);
  if (found != latencies_.end()) return found->second;
  const Words beats = (words + memory.portWidth - 1) / memory.portWidth;
  const auto value = costOf(
      cost,
      [&](std::string_view name) -> std::optional<Rational> {
        if (name == "words") return Rational(words);
        if (name == "beats") return Rational(beats);
        return std::nullopt;
      },
      std::string(write ? "write_latency of " : "read_latency of ") + memory.name, error);
  if (!value) return -1;
  latencies_.emplace(key, *value);
  return *value;
}

}  // namespace taktwerk::engine
