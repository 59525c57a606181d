// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/program_order.h"

#include <algorithm>

namespace taktwerk::engine {

namespace {

constexpr Cycles never = -1;

}  // namespace

ProgramOrder::ProgramOrder(Resolver& resolver, const Prepared& prepared) : machine_(resolver.machine()) {
  // A stage's first use tells from where it is entered; any other way into it is one too many.
  std::vector<std::uint32_t> enteredFrom(machine_.stages.size(), ~std::uint32_t{0});
  plans_.resize(resolver.size());
  applies_ = !machine_.fetch.inOrder;
  for (const std::uint32_t id : prepared.used) {
    if (applies_ && !plans_[id].content) applies_ = plan(resolver, id, enteredFrom);
  }
  if (!applies_) return;
  places_.resize(machine_.stages.size());
  for (std::size_t s = 0; s < places_.size(); ++s) {
    places_[s].object = machine_.stages[s].object;
    places_[s].latency = machine_.stages[s].latency;
  }
  currentCopy_.resize(machine_.registerCount());
  for (const RegisterFile& file : machine_.registerFiles) {
    for (std::size_t r = 0; r < file.registers.size(); ++r) {
      const auto first = static_cast<std::uint32_t>(copies_.size());
      currentCopy_[file.firstRegister + r] = first;
      copies_.resize(first + file.depth);
      for (std::uint32_t k = 0; k < file.depth; ++k)
        copies_[first + k].following = first + (k + 1) % file.depth;
    }
  }
  setUpMemories(prepared);
}

void ProgramOrder::setUpMemories(const Prepared& prepared) {
  // Whoever accesses a memory from one stage only has left it before the next one comes.
  constexpr std::uint32_t nobody = ~std::uint32_t{0}, several = nobody - 1;
  std::vector<std::uint32_t> accessedFrom(machine_.memories.size(), nobody);
  for (const std::uint32_t id : prepared.used) {
    if (!plans_[id].accesses) continue;
    std::uint32_t& from = accessedFrom[plans_[id].memory];
    from = from == nobody || from == plans_[id].stages.back() ? plans_[id].stages.back() : several;
  }
  roots_.resize(machine_.memories.size());
  traffic_.resize(machine_.memories.size());
  for (std::size_t m = 0; m < machine_.memories.size(); ++m) {
    const Memory& memory = machine_.memories[m];
    firstBank_.push_back(static_cast<std::uint32_t>(banks_.size()));
    const std::int64_t count = memory.kind == MemoryKind::Sram ? memory.banks : 1;
    for (std::int64_t b = 0; b < count; ++b) {
      banks_.emplace_back(memory.maxConcurrentRequests, memory.readWritePorts.value_or(-1),
                          accessedFrom[m] != several);
    }
  }
}

bool ProgramOrder::plan(Resolver& resolver, std::uint32_t id, std::vector<std::uint32_t>& enteredFrom) {
  Plan& plan = plans_[id];
  plan.content = &resolver[id];
  const Hop* at = plan.content->hops.data();
  while (!at->timing) {
    if (at->optionCount != 1) return false;
    const Hop& next = plan.content->hops[at->onlyOption];
    std::uint32_t& from = enteredFrom[next.stage];
    if (from != ~std::uint32_t{0} && from != at->stage) return false;
    if (machine_.stages[next.stage].capacity != 1) return false;
    from = at->stage;
    plan.stages.push_back(next.stage);
    at = &next;
  }
  plan.timing = at->timing;
  const Unit& unit = machine_.units[at->timing->unit];
  if (unit.maxInFlight) return false;
  plan.object = unit.object;
  plan.staysToEnd = unit.accessesMemory && unit.release == Release::Completion;
  plan.early = at->timing->earlyResults;
  plan.accesses = !plan.content->accesses.empty();
  if (!plan.accesses) return true;
  // One access in one piece, after which the unit is left: a chain of events without a fork.
  const AccessShape& shape = plan.content->accesses.front();
  const Memory& memory = machine_.memories[shape.memory.index()];
  const bool whole = shape.words == 1 || (memory.banks == 1 && !unit.burstWords);
  if (plan.content->accesses.size() > 1 || memory.kind != MemoryKind::Sram || !whole || unit.streaming ||
      unit.release != Release::Completion) {
    return false;
  }
  plan.write = plan.content->memoryReads == 0;
  plan.memory = shape.memory.value;
  plan.root = memory.root.value;
  plan.words = shape.words;
  ResolveError error;
  const Cycles latency = resolver.accessLatency(plan.memory, plan.write, shape.words, error);
  const Words beats = (shape.words + memory.portWidth - 1) / memory.portWidth;
  // An access that ends in the cycle of its grant would give its slot back before the next action.
  if (latency < 1 || memory.beatInterval < 1) return false;
  if (latency > longestDuration / 2 || beats > longestDuration / 2 / memory.beatInterval) return false;
  plan.ready = latency + (beats - 1) * memory.beatInterval;
  plan.port = beats * memory.beatInterval;
  return true;
}

void ProgramOrder::startGroup() {
  inGroup_ = machine_.fetch.width;
  if (arrival_ < 0) {
    fetchStart_ = 0;
  } else {
    // The fetch before has ended and the buffer has to have room; those that issue later are still in it.
    auto gone = issues_.begin();
    while (gone != issues_.end() && gone->time < arrival_) ++gone;
    issues_.erase(issues_.begin(), gone);
    fetchStart_ = arrival_;
    startNode_ = arrivalNode_;
    if (issues_.size() + machine_.fetch.width > machine_.fetch.bufferSize) {
      const Issue& room = issues_[issues_.size() + machine_.fetch.width - machine_.fetch.bufferSize - 1];
      if (room.time > arrival_) {
        fetchStart_ = room.time;
        startNode_ = room.node;
      }
    }
    if (paths_.full()) compactPaths();
  }
  const std::uint32_t object = places_[machine_.fetch.stage.index()].object;
  arrival_ = fetchStart_ + machine_.fetch.duration;
  arrivalNode_ = paths_.add({startNode_, object, machine_.fetch.duration}, EdgeKind::Fetch);
}

void ProgramOrder::noteIssue(Cycles time, PathRef node) {
  issues_.push_back({time, node});
  for (auto at = issues_.end() - 1; at != issues_.begin() && (at - 1)->time > at->time; --at) {
    std::swap(*(at - 1), *at);
  }
}

bool ProgramOrder::add(std::uint32_t resolvedTemplate, const std::int64_t* addresses) {
  if (inGroup_ == 0) startGroup();
  --inGroup_;
  if (!time(plans_[resolvedTemplate], addresses)) return false;
  ++next_;
  return true;
}

bool ProgramOrder::time(const Plan& plan, const std::int64_t* addresses) {
  Place* from = &places_[machine_.fetch.stage.index()];
  Cycles entered = arrival_;
  PathRef node = arrivalNode_;
  bool issuing = true;
  for (const std::uint32_t stage : plan.stages) {
    Place& to = places_[stage];
    Origin leaving{node, from->object, from->latency};
    const Cycles over = entered + from->latency;
    if (to.room.time < over) {
      node = paths_.add(leaving, EdgeKind::Forward);
      entered = over;
    } else {
      node = paths_.add(to.room.origin, EdgeKind::Structural);
      leaving = {node, from->object, 0};
      entered = to.room.time;
    }
    if (issuing) {
      noteIssue(entered, node);
      issuing = false;
    } else {
      from->room = {entered, EdgeKind::Structural, next_, leaving};
    }
    from = &to;
  }
  const Reason data = dependences(plan, entered, addresses);
  Cycles start = entered;
  if (data.time >= entered) {
    start = data.time;
    node = paths_.add(data.origin, EdgeKind::Data);
  }
  const Cycles latency = plan.timing->latency;
  Reason complete{start + latency, EdgeKind::Data, next_, {node, plan.object, latency}};
  if (plan.accesses) {
    Origin opened = complete.origin;
    Cycles open = complete.time;
    if (plan.write) {
      opened = {paths_.add(opened, EdgeKind::Forward), plan.object, plan.timing->computeLatency};
      open += plan.timing->computeLatency;
    }
    const Memory& memory = machine_.memories[plan.memory];
    std::uint32_t bankIndex = firstBank_[plan.memory];
    if (memory.banks > 1) {
      bankIndex += static_cast<std::uint32_t>(addresses[0] / memory.interleaveWords % memory.banks);
    }
    RequestOrder::Request request;
    request.open = open;
    request.index = next_;
    request.opened = opened;
    request.object = memory.object;
    request.ready = plan.ready;
    request.port = plan.port;
    if (!banks_[bankIndex].serve(request, fetchStart_, paths_)) return false;
    complete.time = request.granted + plan.ready;
    complete.origin = {request.node, memory.object, plan.ready};
    MemoryTraffic& traffic = traffic_[plan.memory];
    ++(plan.write ? traffic.writes : traffic.reads);
    (plan.write ? traffic.wordsWritten : traffic.wordsRead) += plan.words;
    traffic.busy += plan.ready;
    Root& root = roots_[plan.root];
    (plan.write ? root.writes : root.reads).push_back({addresses[0], addresses[0] + plan.words, complete});
  }
  finish(plan, start, node, complete);
  // The engine's limit is farther; a pass that comes near it is left to the engine.
  return lastOver_.time <= latestCycle / 2;
}

Reason ProgramOrder::dependences(const Plan& plan, Cycles entered, const std::int64_t* addresses) {
  // Whatever was over before the entry does not bind.
  Reason data;
  const auto consider = [&](const Reason& why) {
    if (why.time >= entered) data.consider(why);
  };
  for (const std::uint32_t r : plan.content->reads) consider(copies_[currentCopy_[r]].available);
  for (const std::uint32_t r : plan.content->writes) {
    const Copy& copy = copies_[copies_[currentCopy_[r]].following];
    consider(copy.available);
    consider(copy.read);
  }
  if (plan.accesses) {
    Root& root = roots_[plan.root];
    waitFor(root.writes, addresses[0], addresses[0] + plan.words, data);
    if (plan.write) waitFor(root.reads, addresses[0], addresses[0] + plan.words, data);
    if (!plan.write && root.reads.size() >= 64) waitFor(root.reads, 0, 0, data);  // drops what is over
  }
  return data.time >= entered ? data : Reason{};
}

void ProgramOrder::waitFor(std::vector<LiveAccess>& others, Words first, Words end, Reason& data) const {
  std::size_t kept = 0;
  for (const LiveAccess& other : others) {
    if (other.finished.time <= fetchStart_) continue;  // over before this instruction or any later one came
    if (other.first < end && first < other.end) data.consider(other.finished);
    others[kept++] = other;
  }
  others.resize(kept);
}

void ProgramOrder::finish(const Plan& plan, Cycles start, PathRef startNode, const Reason& complete) {
  const UnitTiming& timing = *plan.timing;
  const Reason started{start, EdgeKind::Data, next_, {startNode, plan.object, 0}};
  for (const std::uint32_t r : plan.content->reads) copies_[currentCopy_[r]].read.consider(started);
  std::size_t result = 0;
  for (const std::uint32_t r : plan.content->writes) {
    currentCopy_[r] = copies_[currentCopy_[r]].following;
    Copy& copy = copies_[currentCopy_[r]];
    copy.read.time = never;
    copy.available = complete;
    if (plan.early && timing.available[result] != timing.latency) {
      const Cycles after = timing.available[result];
      copy.available = {start + after, EdgeKind::Data, next_, {startNode, plan.object, after}};
    }
    ++result;
  }
  noteOver(complete.time, complete.origin);
  // A memory access unit is left when its interval and its accesses are over; a functional unit after the
  // interval alone.
  Origin left{startNode, plan.object, timing.interval};
  Cycles leaves = start + timing.interval;
  if (plan.staysToEnd && leaves < complete.time) {
    leaves = complete.time;
    left = complete.origin;
  }
  places_[timing.stage].room = {leaves, EdgeKind::Structural, next_, left};
  noteOver(leaves, left);
}

void ProgramOrder::noteOver(Cycles time, const Origin& origin) {
  if (time > lastOver_.time) lastOver_ = {time, EdgeKind::Forward, next_, origin};
}

void ProgramOrder::compactPaths() {
  // All that is decided from now on lies after the start of this fetch; reasons up to then cannot bind.
  std::vector<PathRef*> roots{&startNode_, &arrivalNode_};
  const auto keep = [&](Reason& why) {
    if (why.time <= fetchStart_) why.time = never;
    if (why.time >= 0) roots.push_back(&why.origin.previous);
  };
  for (Place& place : places_) keep(place.room);
  for (Copy& copy : copies_) {
    keep(copy.available);
    keep(copy.read);
  }
  for (RequestOrder& bank : banks_) bank.forget(fetchStart_, roots);
  for (Root& root : roots_) {
    Reason none;
    waitFor(root.reads, 0, 0, none);
    waitFor(root.writes, 0, 0, none);
    for (auto* list : {&root.reads, &root.writes}) {
      for (LiveAccess& access : *list) roots.push_back(&access.finished.origin.previous);
    }
  }
  for (Issue& issue : issues_) roots.push_back(&issue.node);
  if (lastOver_.time >= 0) roots.push_back(&lastOver_.origin.previous);
  paths_.compact(roots);
}

std::vector<Cycles> ProgramOrder::breakdown() const {
  return paths_.totalsTo(lastOver_);
}

}  // namespace taktwerk::engine
