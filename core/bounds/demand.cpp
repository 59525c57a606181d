// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/demand.h"

#include <algorithm>
#include <limits>
#include <map>

#include "core/bounds/access_demand.h"
#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

constexpr Cycles endless = std::numeric_limits<Cycles>::max();

void countBody(const Program& program, const Program::Loop& loop, std::int64_t times,
               std::vector<std::int64_t>& executions) {
  for (const Program::Item& item : program.body(loop)) {
    if (item.isLoop) {
      const Program::Loop& inner = program.loops[item.index];
      if (inner.trips > 0) countBody(program, inner, saturatingProduct(times, inner.trips), executions);
    } else {
      executions[item.index] = saturatingSum(executions[item.index], times);
    }
  }
}

/// The ways from the fetch stage to the execute stages that process an instruction. Forward connections have
/// no circles.
class Ways {
 public:
  Ways(const Machine& machine, const engine::ResolvedTemplate& content)
      : machine_(machine), content_(content), fetch_(machine.fetch.stage.value) {}

  [[nodiscard]] Cycles shortest() { return length(fetch_, false, shortest_); }
  [[nodiscard]] Cycles longest() { return length(fetch_, true, longest_); }
  /// Stages without which no way is left.
  [[nodiscard]] std::vector<std::uint32_t> unavoidable() {
    std::vector<std::uint32_t> found;
    constexpr std::size_t fewHops = 64;
    if (content_.route->hops.size() > fewHops) return found;
    for (const auto& hop : content_.route->hops) {
      if (hop.stage == fetch_ || content_.timingAt(hop.stage)) continue;
      std::map<std::uint32_t, bool> seen;
      if (!arrives(fetch_, hop.stage, seen)) found.push_back(hop.stage);
    }
    return found;
  }

 private:
  Cycles length(std::uint32_t from, bool most, std::map<std::uint32_t, Cycles>& known) {
    const auto found = known.find(from);
    if (found != known.end()) return found->second;
    Cycles best = most ? 0 : endless;
    for (const std::uint32_t next : content_.route->next(from)) {
      Cycles way = 0;
      if (!content_.timingAt(next))
        way = saturatingSum(machine_.stages[next].latency, length(next, most, known));
      best = most ? std::max(best, way) : std::min(best, way);
    }
    known[from] = best;
    return best;
  }

  bool arrives(std::uint32_t from, std::uint32_t without, std::map<std::uint32_t, bool>& seen) {
    const auto [known, isNew] = seen.try_emplace(from, false);
    if (!isNew) return known->second;
    for (const std::uint32_t next : content_.route->next(from)) {
      if (next == without) continue;
      if (content_.timingAt(next) || arrives(next, without, seen)) return seen[from] = true;
    }
    return false;
  }

  const Machine& machine_;
  const engine::ResolvedTemplate& content_;
  std::uint32_t fetch_;
  std::map<std::uint32_t, Cycles> shortest_, longest_;
};

/// What processing by one unit comes to.
struct OnUnit {
  Cycles inFlight = 0, toEnd = 0, occupied = 0, serial = 0;
  std::map<std::uint32_t, InstructionDemand::OfMemory> memories;
};

OnUnit onUnit(engine::Resolver& resolver, const engine::ResolvedTemplate& content,
              const engine::UnitTiming& timing) {
  const Machine& machine = resolver.machine();
  const Unit& unit = machine.units[timing.unit];
  OnUnit result;
  result.serial = std::max(timing.latency, timing.interval);
  for (const Cycles available : timing.available) result.serial = std::max(result.serial, available);
  if (!unit.accessesMemory) {
    result.inFlight = timing.latency;
    result.occupied = timing.interval;
    result.toEnd = std::max(timing.latency, timing.interval);
    return result;
  }
  const Words burst = unit.burstWords.value_or(0);
  Cycles longestRead = 0, shortestRead = endless, longestWrite = 0, shortestWrite = endless;
  Words readPieces = 0, writePieces = 0;
  for (std::size_t a = 0; a < content.accesses.size(); ++a) {
    const bool write = a >= content.memoryReads;
    const AccessShape& access = content.accesses[a];
    const LeastAccess least = leastAccess(resolver, access, write, burst);
    auto& longest = write ? longestWrite : longestRead;
    auto& shortest = write ? shortestWrite : shortestRead;
    longest = std::max(longest, least.first);
    shortest = std::min(shortest, least.first);
    auto& pieces = write ? writePieces : readPieces;
    pieces = saturatingSum(pieces, mostPieces(machine.memories[access.memory.index()], access.words, burst));
    InstructionDemand::OfMemory& memory = result.memories[access.memory.value];
    memory.memory = access.memory.value;
    memory.slots = saturatingSum(memory.slots, least.slots);
    memory.ports = saturatingSum(memory.ports, least.ports);
    result.serial = saturatingSum(result.serial, mostAccess(resolver, access, write, burst));
  }
  result.inFlight = timing.latency;
  if (readPieces > 0) result.inFlight += unit.streaming && writePieces > 0 ? shortestRead : longestRead;
  if (writePieces > 0) {
    result.inFlight += timing.computeLatency + (unit.streaming ? shortestWrite : longestWrite);
    const Words computations = unit.streaming ? std::max<Words>(1, std::min(readPieces, writePieces)) : 1;
    result.serial = saturatingSum(result.serial, saturatingProduct(computations, timing.computeLatency));
  }
  result.toEnd = std::max(result.inFlight, timing.interval);
  switch (unit.release) {
    case Release::Completion:
      result.occupied = result.toEnd;
      break;
    case Release::Grant:
      result.occupied =
          content.accesses.empty() ? timing.interval : std::max(timing.interval, timing.latency);
      break;
    case Release::Interval:
      result.occupied = timing.interval;
      break;
  }
  return result;
}

void sortUnique(std::vector<std::uint32_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

std::vector<std::int64_t> executionsOf(const Program& program) {
  std::vector<std::int64_t> executions(program.steps.size(), 0);
  if (!program.loops.empty() && program.loops[0].trips > 0)
    countBody(program, program.loops[0], 1, executions);
  return executions;
}

InstructionDemand demandOf(engine::Resolver& resolver, const engine::ResolvedTemplate& content) {
  InstructionDemand demand;
  Ways ways(resolver.machine(), content);
  demand.toUnit = ways.shortest();
  demand.passes = ways.unavoidable();
  bool first = true;
  for (const engine::UnitTiming& timing : content.timings) {
    OnUnit here = onUnit(resolver, content, timing);
    demand.stages.push_back(timing.stage);
    demand.units.push_back(timing.unit);
    demand.serial = std::max(demand.serial, here.serial);
    if (first) {
      demand.toEnd = here.toEnd;
      demand.inFlight = here.inFlight;
      demand.occupied = here.occupied;
      for (const auto& [id, memory] : here.memories) demand.memories.push_back(memory);
      first = false;
      continue;
    }
    demand.toEnd = std::min(demand.toEnd, here.toEnd);
    demand.inFlight = std::min(demand.inFlight, here.inFlight);
    demand.occupied = std::min(demand.occupied, here.occupied);
    for (InstructionDemand::OfMemory& memory : demand.memories) {
      memory.slots = std::min(memory.slots, here.memories[memory.memory].slots);
      memory.ports = std::min(memory.ports, here.memories[memory.memory].ports);
    }
  }
  demand.serial = saturatingSum(demand.serial, ways.longest());
  sortUnique(demand.stages);
  sortUnique(demand.units);
  return demand;
}

const InstructionDemand& DemandTable::operator[](std::uint32_t content) {
  if (content >= byContent_.size()) byContent_.resize(resolver_.size());
  std::optional<InstructionDemand>& known = byContent_[content];
  if (!known) known = demandOf(resolver_, resolver_[content]);
  return *known;
}

Demands::Demands(DemandTable& table, const engine::Prepared& prepared, const Program& program)
    : table_(table), prepared_(prepared), program_(program) {
  for (const std::uint32_t content : prepared.used) (void)table[content];
}

}  // namespace taktwerk
