// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/roofline.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "core/bounds/saturating.h"

namespace taktwerk {

namespace {

constexpr Cycles endless = std::numeric_limits<Cycles>::max();

/// What keeps a resource busy: cycles in all, and when it can be used first.
struct Load {
  Cycles busy = 0;
  Cycles head = endless;

  void add(Cycles each, std::int64_t times, Cycles before) {
    if (each == 0) return;
    busy = saturatingSum(busy, saturatingProduct(each, times));
    head = std::min(head, before);
  }
  void add(const Load& other) {
    busy = saturatingSum(busy, other.busy);
    head = std::min(head, other.head);
  }
  /// With `places` that share the load evenly at best.
  [[nodiscard]] Cycles bound(std::int64_t places) const {
    return busy == 0 ? 0 : saturatingSum(head, quotientRoundedUp(busy, std::max<std::int64_t>(places, 1)));
  }
};

/// Loads by the set of objects that instructions are bound to, most often to one.
class LoadBySet {
 public:
  using Set = std::vector<std::uint32_t>;
  explicit LoadBySet(std::size_t objects) : alone_(objects) {}

  [[nodiscard]] Load& operator[](const Set& set) {
    return set.size() == 1 ? alone_[set.front()] : together_[set];
  }
  /// Every set that some instruction is bound to, with all instructions that are bound within it.
  template <class Use>
  void forEach(const Use& use) const {
    Set one(1);
    for (std::uint32_t object = 0; object < alone_.size(); ++object) {
      if (alone_[object].head == endless) continue;
      one.front() = object;
      use(one, alone_[object]);
    }
    for (const auto& [set, own] : together_) {
      Load within = own;
      for (const std::uint32_t object : set) within.add(alone_[object]);
      for (const auto& [other, load] : together_) {
        if (other.size() < set.size() && std::includes(set.begin(), set.end(), other.begin(), other.end())) {
          within.add(load);
        }
      }
      use(set, within);
    }
  }

 private:
  std::vector<Load> alone_;
  std::map<Set, Load> together_;
};

/// How often each content is executed, of those that are; in the order of first use.
std::vector<std::pair<std::uint32_t, std::int64_t>> timesOfContents(
    const Demands& demands, const std::vector<std::int64_t>& executions) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> times;
  std::vector<std::uint32_t> place;  // by content, 0: none yet
  for (std::size_t step = 0; step < executions.size(); ++step) {
    if (executions[step] <= 0) continue;
    const std::uint32_t content = demands.contentOf(step);
    if (content >= place.size()) place.resize(content + 1, 0);
    if (place[content] == 0) {
      times.emplace_back(content, 0);
      place[content] = static_cast<std::uint32_t>(times.size());
    }
    std::int64_t& sum = times[place[content] - 1].second;
    sum = saturatingSum(sum, executions[step]);
  }
  return times;
}

class Roofs {
 public:
  Roofs(const Demands& demands, const std::vector<std::int64_t>& executions)
      : machine_(demands.machine()),
        passing_(machine_.stages.size()),
        slots_(machine_.memories.size()),
        ports_(machine_.memories.size()),
        occupied_(machine_.stages.size()),
        inFlight_(machine_.units.size()) {
    const Fetch& fetch = machine_.fetch;
    issued_ = saturatingSum(fetch.duration, machine_.stages[fetch.stage.index()].latency);
    for (const auto& [content, times] : timesOfContents(demands, executions)) take(demands[content], times);
  }

  Roofline find() {
    if (instructions_ == 0) return {};
    fetch();
    const auto nameOf = [](const auto& objects, const std::vector<std::uint32_t>& set) {
      std::string name = objects[set.front()].name;
      return set.size() == 1 ? name : name + " and " + std::to_string(set.size() - 1) + " more";
    };
    for (std::size_t s = 0; s < passing_.size(); ++s) {
      compute(passing_[s].bound(machine_.stages[s].capacity), machine_.stages[s].name);
    }
    occupied_.forEach([&](const auto& set, const Load& load) {
      const Cycles bound = load.bound(static_cast<std::int64_t>(set.size()));
      if (bound > roofline_.compute) compute(bound, nameOf(machine_.stages, set));
    });
    inFlight_.forEach([&](const auto& set, const Load& load) {
      std::int64_t limit = 0;
      for (const std::uint32_t unit : set) {
        limit = saturatingSum(limit, machine_.units[unit].maxInFlight.value_or(endless));
      }
      if (limit < endless && load.bound(limit) > roofline_.compute) {
        compute(load.bound(limit), nameOf(machine_.units, set));
      }
    });
    for (std::size_t m = 0; m < slots_.size(); ++m) memoryRoofs(m);
    return std::move(roofline_);
  }

 private:
  void take(const InstructionDemand& demand, std::int64_t times) {
    instructions_ = saturatingSum(instructions_, times);
    const Cycles arrival = saturatingSum(issued_, demand.toUnit);
    shortestEnd_ = std::min(shortestEnd_, saturatingSum(demand.toUnit, demand.toEnd));
    for (const std::uint32_t stage : demand.passes) {
      passing_[stage].add(machine_.stages[stage].latency, times, issued_);
    }
    occupied_[demand.stages].add(demand.occupied, times, arrival);
    inFlight_[demand.units].add(demand.inFlight, times, arrival);
    for (const InstructionDemand::OfMemory& memory : demand.memories) {
      slots_[memory.memory].add(memory.slots, times, arrival);
      ports_[memory.memory].add(memory.ports, times, arrival);
    }
  }

  void compute(Cycles bound, const std::string& object) {
    if (bound <= roofline_.compute) return;
    roofline_.compute = bound;
    roofline_.computeLimit = object;
  }
  void memory(Cycles bound, const std::string& object) {
    if (bound <= roofline_.memory) return;
    roofline_.memory = bound;
    roofline_.memoryLimit = object;
  }

  void fetch() {
    const Fetch& fetch = machine_.fetch;
    const Cycles latency = machine_.stages[fetch.stage.index()].latency;
    const std::int64_t groups = quotientRoundedUp(instructions_, fetch.width);
    // Of any k + 1 groups the last is asked for after one of the first k has been issued in part, since not
    // all of them fit the buffer beside it.
    const std::int64_t buffered = std::max<std::int64_t>(1, fetch.bufferSize / fetch.width);
    const Cycles inTurn = saturatingProduct(groups, fetch.duration);
    const Cycles inWaves = saturatingSum(
        saturatingProduct((groups - 1) / buffered, saturatingSum(fetch.duration, latency)), fetch.duration);
    const Cycles after = saturatingSum(latency, shortestEnd_);
    compute(saturatingSum(std::max(inTurn, inWaves), after), machine_.stages[fetch.stage.index()].name);
  }

  void memoryRoofs(std::size_t m) {
    const Memory& object = machine_.memories[m];
    const std::int64_t banks = object.kind == MemoryKind::Sram ? object.banks : 1;
    memory(slots_[m].bound(saturatingProduct(banks, object.maxConcurrentRequests)), object.name);
    if (!object.readWritePorts) return;
    // A port may be held for a beat after the last access is ready.
    const Cycles bound = ports_[m].bound(saturatingProduct(banks, *object.readWritePorts));
    memory(std::max<Cycles>(0, bound - object.beatInterval), object.name);
  }

  const Machine& machine_;
  Cycles issued_ = 0;  // before the first instruction can be issued
  std::int64_t instructions_ = 0;
  Cycles shortestEnd_ = endless;
  std::vector<Load> passing_, slots_, ports_;
  LoadBySet occupied_, inFlight_;
  Roofline roofline_;
};

}  // namespace

Roofline roofline(const Demands& demands, const std::vector<std::int64_t>& executions) {
  return Roofs(demands, executions).find();
}

Cycles serialTime(const Demands& demands, const std::vector<std::int64_t>& executions) {
  const Machine& machine = demands.machine();
  std::int64_t instructions = 0;
  Cycles total = 0;
  for (std::size_t step = 0; step < executions.size(); ++step) {
    if (executions[step] == 0) continue;
    instructions = saturatingSum(instructions, executions[step]);
    total = saturatingSum(total, saturatingProduct(executions[step], demands.ofStep(step).serial));
  }
  const Cycles group =
      saturatingSum(machine.fetch.duration, machine.stages[machine.fetch.stage.index()].latency);
  return saturatingSum(total, saturatingProduct(quotientRoundedUp(instructions, machine.fetch.width), group));
}

ProgramBounds boundsOf(const Demands& demands) {
  const std::vector<std::int64_t> executions = executionsOf(demands.program());
  return {roofline(demands, executions), serialTime(demands, executions)};
}

Result<ProgramBounds> boundsIn(engine::Resolver& resolver, const Program& program) {
  const Result<engine::Prepared> prepared = engine::prepare(resolver, program);
  if (!prepared) return prepared.diagnostics;
  DemandTable demands(resolver);
  return boundsOf(Demands(demands, *prepared, program));
}

Result<ProgramBounds> boundsOf(const Machine& machine, const Program& program) {
  engine::Resolver resolver(machine);
  return boundsIn(resolver, program);
}

}  // namespace taktwerk
