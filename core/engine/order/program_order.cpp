// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/order/program_order.h"

#include <algorithm>

namespace taktwerk::engine {

/// For the next one to enter: whose place it takes has left. If the one that came last was in the stage by
/// then, the stage was full until then. Older instructions act first, so in one cycle leaving comes before
/// entering.
void ProgramOrder::Place::makeRoom() {
  if (stays[next].left.time > latest().entered) room = stays[next].left.as(WaitDetail::Place);
}

void ProgramOrder::Place::take(Cycles time) {
  stays[next] = {time, {}};
  next = (next + 1) % stays.size();
}

/// Why the one that came last, in `entered`, was not at the head at once; no reason if it was.
Reason ProgramOrder::Place::beforeLatest(Cycles entered) const {
  const Reason& left = stays[(next + stays.size() - 2) % stays.size()].left;
  return left.time > entered ? left.as(WaitDetail::Queue) : Reason{};
}

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
    places_[s].object = pathObject(machine_.stages[s].object);
    places_[s].latency = machine_.stages[s].latency;
    if (machine_.stages[s].capacity > 1) places_[s].stays.resize(machine_.stages[s].capacity);
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
  for (const Unit& unit : machine_.units) inFlight_.push_back({unit.maxInFlight.value_or(-1)});
  setUpMemories(prepared);
}

void ProgramOrder::setUpMemories(const Prepared& prepared) {
  // Whoever accesses a memory from one stage only has left it before the next one comes.
  constexpr std::uint32_t nobody = ~std::uint32_t{0}, several = nobody - 1;
  std::vector<std::uint32_t> accessedFrom(machine_.memories.size(), nobody);
  for (const std::uint32_t id : prepared.used) {
    const Plan& plan = plans_[id];
    for (const PlannedAccess& access : plan.accesses) {
      std::uint32_t& from = accessedFrom[access.memory];
      const bool alone = from == nobody || from == plan.stages.back();
      from = alone && plan.release == Release::Completion ? plan.stages.back() : several;
    }
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
    from = at->stage;
    plan.stages.push_back(next.stage);
    at = &next;
  }
  plan.timing = at->timing;
  const Unit& unit = machine_.units[at->timing->unit];
  if (unit.maxInFlight && *unit.maxInFlight < 1) return false;
  plan.object = pathObject(unit.object);
  plan.limited = unit.maxInFlight.has_value();
  plan.release = unit.accessesMemory ? unit.release : Release::Interval;
  plan.early = at->timing->earlyResults;
  if (unit.streaming && plan.content->accesses.size() > 1) return false;
  for (std::size_t a = 0; a < plan.content->accesses.size(); ++a) {
    PlannedAccess& access = plan.accesses.emplace_back();
    access.write = a >= plan.content->memoryReads;
    if (!planAccess(resolver, unit, plan.content->accesses[a], access)) return false;
  }
  return true;
}

/// Whether it is one piece and ends after the cycle of its grant: one that ends there would give its slot
/// back before the next action.
bool ProgramOrder::planAccess(Resolver& resolver, const Unit& unit, const AccessShape& shape,
                              PlannedAccess& access) {
  const Memory& memory = machine_.memories[shape.memory.index()];
  const bool whole = shape.words == 1 || (memory.banks == 1 && !unit.burstWords);
  if (memory.kind != MemoryKind::Sram || !whole) return false;
  access.memory = shape.memory.value;
  access.root = memory.root.value;
  access.words = shape.words;
  ResolveError error;
  const Cycles latency = resolver.accessLatency(access.memory, access.write, shape.words, error);
  const Words beats = (shape.words + memory.portWidth - 1) / memory.portWidth;
  if (latency < 1 || memory.beatInterval < 1) return false;
  if (latency > longestDuration / 2 || beats > longestDuration / 2 / memory.beatInterval) return false;
  access.ready = latency + (beats - 1) * memory.beatInterval;
  access.port = beats * memory.beatInterval;
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
  const PathObject object = places_[machine_.fetch.stage.index()].object;
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

/// From the issue buffer through the stages into the one that executes.
void ProgramOrder::pass(const Plan& plan, Cycles& entered, PathRef& node) {
  Place* from = &places_[machine_.fetch.stage.index()];
  bool issuing = true;
  for (const std::uint32_t stage : plan.stages) {
    Place& to = places_[stage];
    Origin leaving{node, from->object, from->latency};
    const Cycles over = entered + from->latency;
    const Reason* why = &to.room;
    Reason head;
    if (!to.stays.empty()) to.makeRoom();
    if (!issuing && !from->stays.empty()) {
      // The one before left after this one had come: until then this was not at the head.
      head = from->beforeLatest(entered);
      if (head.bindsOver(*why)) why = &head;
    }
    if (why->time < over) {
      node = paths_.add(leaving, EdgeKind::Forward);
      entered = over;
    } else {
      node = paths_.add(why->origin, EdgeKind::Structural);
      leaving = {node, from->object, 0};
      entered = why->time;
    }
    if (issuing) {
      noteIssue(entered, node);
      issuing = false;
    } else {
      from->leave({entered, EdgeKind::Structural, next_, leaving});
    }
    to.enter(entered);
    from = &to;
  }
}

bool ProgramOrder::time(const Plan& plan, const std::int64_t* addresses) {
  Cycles entered = arrival_;
  PathRef node = arrivalNode_;
  pass(plan, entered, node);
  const Reason data = dependences(plan, entered, addresses);
  Cycles start = std::max(entered, data.time);
  if (plan.limited) {
    RequestOrder::Resource& inFlight = inFlight_[plan.timing->unit];
    inFlight.advance(start);
    if (inFlight.full()) {
      start = inFlight.held.front().time;
      inFlight.advance(start);
    }
    const Reason& room = inFlight.free;
    if (data.time >= entered || room.time >= entered) {
      const Reason& why = room.bindsOver(data) ? room : data;
      node = paths_.add(why.origin, why.kind());
    }
  } else if (data.time >= entered) {
    node = paths_.add(data.origin, EdgeKind::Data);
  }
  const Cycles latency = plan.timing->latency;
  Reason complete{start + latency, EdgeKind::Data, next_, {node, plan.object, latency}};
  Reason lastGrant;
  if (!plan.accesses.empty() && !access(plan, addresses, start, node, complete, lastGrant)) return false;
  if (plan.limited) {
    const Origin over = complete.origin.as(WaitDetail::InFlight);
    inFlight_[plan.timing->unit].hold({complete.time, EdgeKind::Structural, next_, over});
  }
  finish(plan, start, node, complete, lastGrant);
  // The engine's limit is farther; a pass that comes near it is left to the engine.
  return lastOver_.time <= latestCycle / 2;
}

/// Serves the requests of an instruction; `complete` is when its latency is over, and becomes when the last
/// access is ready.
bool ProgramOrder::access(const Plan& plan, const std::int64_t* addresses, Cycles start, PathRef startNode,
                          Reason& complete, Reason& lastGrant) {
  Reason lastRead{
      start + plan.timing->latency, EdgeKind::Forward, next_, {startNode, plan.object, plan.timing->latency}};
  Reason lastPiece;
  Cycles open = lastRead.time;
  Origin opened = lastRead.origin;
  bool computed = false, read = false;
  for (std::size_t a = 0; a < plan.accesses.size(); ++a) {
    const PlannedAccess& planned = plan.accesses[a];
    if (planned.write && !computed) {
      opened = {paths_.add(lastRead.origin, EdgeKind::Forward), plan.object, plan.timing->computeLatency};
      open = lastRead.time + plan.timing->computeLatency;
      computed = true;
    }
    const Memory& memory = machine_.memories[planned.memory];
    std::uint32_t bankIndex = firstBank_[planned.memory];
    if (memory.banks > 1) {
      bankIndex += static_cast<std::uint32_t>(addresses[a] / memory.interleaveWords % memory.banks);
    }
    RequestOrder::Request request;
    request.open = open;
    request.index = next_;
    request.opened = opened;
    request.object = pathObject(memory.object);
    request.ready = planned.ready;
    request.port = planned.port;
    if (!banks_[bankIndex].serve(request, fetchStart_, paths_)) return false;
    const Reason ready{request.granted + planned.ready,
                       EdgeKind::Data,
                       next_,
                       {request.node, request.object, planned.ready}};
    lastPiece.consider(ready);
    if (plan.release == Release::Grant) {
      lastGrant.consider({request.granted, EdgeKind::Forward, next_, {request.node, request.object, 0}});
    }
    if (!planned.write) {
      // The first read takes the place of the time from which it could be requested.
      if (!read) lastRead = ready;
      read = true;
      lastRead.consider(ready);
    }
    MemoryTraffic& traffic = traffic_[planned.memory];
    ++(planned.write ? traffic.writes : traffic.reads);
    (planned.write ? traffic.wordsWritten : traffic.wordsRead) += planned.words;
    traffic.busy += planned.ready;
    Root& root = roots_[planned.root];
    (planned.write ? root.writes : root.reads).push_back({addresses[a], addresses[a] + planned.words, ready});
  }
  complete = lastPiece;
  return true;
}

Reason ProgramOrder::dependences(const Plan& plan, Cycles entered, const std::int64_t* addresses) {
  // Whatever was over before the entry does not bind.
  Reason data;
  const auto consider = [&](const Reason& why, WaitDetail hazard) {
    if (why.time >= entered) data.consider(why.as(hazard));
  };
  for (const std::uint32_t r : plan.content->reads) {
    consider(copies_[currentCopy_[r]].available, WaitDetail::RegisterRaw);
  }
  for (const std::uint32_t r : plan.content->writes) {
    const Copy& copy = copies_[copies_[currentCopy_[r]].following];
    consider(copy.available, WaitDetail::RegisterWaw);
    consider(copy.read, WaitDetail::RegisterWar);
  }
  for (std::size_t a = 0; a < plan.accesses.size(); ++a) {
    const PlannedAccess& access = plan.accesses[a];
    Root& root = roots_[access.root];
    const Words end = addresses[a] + access.words;
    waitFor(root.writes, addresses[a], end, access.write ? WaitDetail::MemoryWaw : WaitDetail::MemoryRaw,
            data);
    if (access.write) waitFor(root.reads, addresses[a], end, WaitDetail::MemoryWar, data);
    if (!access.write && root.reads.size() >= 64) dropOver(root.reads);
  }
  return data.time >= entered ? data : Reason{};
}

void ProgramOrder::waitFor(std::vector<LiveAccess>& others, Words first, Words end, WaitDetail hazard,
                           Reason& data) const {
  std::size_t kept = 0;
  for (const LiveAccess& other : others) {
    if (other.finished.time <= fetchStart_) continue;  // over before this instruction or any later one came
    if (other.first < end && first < other.end) data.consider(other.finished.as(hazard));
    others[kept++] = other;
  }
  others.resize(kept);
}

void ProgramOrder::dropOver(std::vector<LiveAccess>& others) const {
  Reason none;
  waitFor(others, 0, 0, WaitDetail::None, none);
}

void ProgramOrder::finish(const Plan& plan, Cycles start, PathRef startNode, const Reason& complete,
                          const Reason& lastGrant) {
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
  // A unit is left after its interval; one that accesses memories perhaps not before the last grant, or
  // before it completes.
  Origin left{startNode, plan.object, timing.interval};
  Cycles leaves = start + timing.interval;
  if (plan.release == Release::Completion && leaves < complete.time) {
    leaves = complete.time;
    left = complete.origin;
  }
  if (plan.release == Release::Grant && leaves < lastGrant.time) {
    leaves = lastGrant.time;
    left = lastGrant.origin;
  }
  places_[timing.stage].leave({leaves, EdgeKind::Structural, next_, left});
  // In one cycle, as the event engine has it: what was known when the instruction started comes first.
  const bool leavesFirst = plan.release == Release::Interval && !plan.accesses.empty();
  if (leavesFirst) noteOver(leaves, left);
  noteOver(complete.time, complete.origin);
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
  for (Place& place : places_) {
    keep(place.room);
    for (Place::Stay& stay : place.stays) keep(stay.left);
  }
  for (RequestOrder::Resource& unit : inFlight_) unit.forget(fetchStart_, roots);
  for (Copy& copy : copies_) {
    keep(copy.available);
    keep(copy.read);
  }
  for (RequestOrder& bank : banks_) bank.forget(fetchStart_, roots);
  for (Root& root : roots_) {
    dropOver(root.reads);
    dropOver(root.writes);
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
