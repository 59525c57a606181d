// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/graph/recorder.h"

#include <algorithm>

#include "core/reference/simulation.h"

namespace taktwerk {

using reference::Hazard;
using reference::Instruction;
using reference::Request;

bool GraphRecorder::Reason::bindsOver(const Reason& other) const {
  if (time != other.time) return time > other.time;
  if (kind != other.kind) return kind < other.kind;
  if (instruction != other.instruction) return instruction < other.instruction;
  if (origin.object != other.origin.object) return origin.object < other.origin.object;
  return detail < other.detail;
}

namespace {

/// Of an instruction's hazards those that no other one implies: of a register copy the latest write before
/// it, and the reads since then. What is older had to be over before that write could start.
std::vector<Hazard> ownHazards(const std::vector<Hazard>& hazards) {
  const auto latest = [&](const Hazard& like) {
    std::int64_t older = -1;
    for (const Hazard& other : hazards) {
      const bool same = other.kind == Hazard::Kind::Available && other.id == like.id;
      // What overwrites a copy waits for the write to it; what reads, for the one that it reads.
      const bool alike =
          (other.detail == WaitDetail::RegisterRaw) == (like.detail == WaitDetail::RegisterRaw);
      if (same && alike) older = std::max(older, other.older);
    }
    return older;
  };
  std::vector<Hazard> own;
  for (const Hazard& hazard : hazards) {
    if (hazard.kind == Hazard::Kind::RangeDone || hazard.older >= latest(hazard)) own.push_back(hazard);
  }
  return own;
}

}  // namespace

GraphRecorder::GraphRecorder(const Machine& machine, std::int64_t end)
    : machine_(machine),
      end_(end),
      queues_(machine.stages.size()),
      inFlight_(machine.units.size(), 0),
      unitRoom_(machine.units.size()),
      banks_(machine.memories.size()),
      rows_(machine.memories.size()) {}

std::uint32_t GraphRecorder::addNode(std::int64_t instruction, NodeKind kind, std::uint32_t object,
                                     Cycles enter) {
  graph_.nodes.push_back({instruction, kind, object, enter, enter, 0, 0, false});
  return static_cast<std::uint32_t>(graph_.nodes.size() - 1);
}

void GraphRecorder::addEdges(std::uint32_t node, const std::vector<Reason>& reasons, Cycles since) {
  if (reasons.empty()) return;
  const Reason* binding = &reasons.front();
  for (const Reason& reason : reasons) {
    if (reason.bindsOver(*binding)) binding = &reason;
  }
  for (const Reason& reason : reasons) {
    if (&reason != binding && (reason.time < since || reason.time < 0)) continue;
    graph_.edges.push_back({reason.origin.node, node, reason.kind, reason.origin.duration,
                            reason.origin.object, reason.instruction, reason.detail, reason.fetching,
                            &reason == binding, false});
  }
}

void GraphRecorder::fetchStarts(Cycles now, const std::vector<Instruction*>& group) {
  const std::uint32_t object = machine_.stages[machine_.fetch.stage.index()].object;
  const std::int64_t first = group.front()->index;
  const std::uint32_t fetch = addNode(first, NodeKind::Fetch, object, now);
  std::vector<Reason> reasons;
  if (fetchEnded_) reasons.push_back(*fetchEnded_);
  if (fetchRoom_.time >= 0) reasons.push_back(fetchRoom_);
  addEdges(fetch, reasons, fetchEnded_ ? fetchEnded_->time : 0);
  const Cycles arrival = now + machine_.fetch.duration;
  graph_.nodes[fetch].leave = arrival;
  Queue& buffer = queues_[machine_.fetch.stage.index()];
  for (const Instruction* instruction : group) {
    Live& live = live_[instruction->index];
    live.node = addNode(instruction->index, NodeKind::Buffer, object, arrival);
    live.entered = arrival;
    live.hazards = ownHazards(instruction->hazards);
    for (const Hazard& hazard : live.hazards) ++live_[hazard.older].named;
    addEdges(live.node,
             {{arrival, GraphEdgeKind::Forward, first, {fetch, object, machine_.fetch.duration}, true}}, 0);
    buffer.held.push_back(instruction->index);
  }
  fetchEnded_ =
      Reason{arrival, GraphEdgeKind::Structural, first, {fetch, object, machine_.fetch.duration}, true};
}

void GraphRecorder::roomAt(StageId stage, std::int64_t instruction, bool wasFull, Cycles now,
                           const Origin& origin) {
  Reason& room = queues_[stage.index()].room;
  if (wasFull || (room.time == now && instruction < room.instruction)) {
    room = {now, GraphEdgeKind::Structural, instruction, origin, false, WaitDetail::Place};
  }
}

void GraphRecorder::leaveQueue(StageId stage, std::int64_t instruction) {
  auto& held = queues_[stage.index()].held;
  held.erase(std::find(held.begin(), held.end(), instruction));
}

void GraphRecorder::moves(Cycles now, const Instruction& instruction, StageId from, StageId to) {
  const std::int64_t index = instruction.index;
  Live& live = live_[index];
  const Stage& left = machine_.stages[from.index()];
  const bool issuing = from == machine_.fetch.stage;
  const Origin latencyOver{live.node, left.object, left.latency};
  std::vector<Reason> reasons = {{live.entered + left.latency, GraphEdgeKind::Forward, index, latencyOver}};
  if (live.head.time >= 0) reasons.push_back(live.head);
  if (queues_[to.index()].room.time >= 0) reasons.push_back(queues_[to.index()].room);
  const Cycles entered = live.entered;
  graph_.nodes[live.node].leave = now;
  live.node = addNode(index, NodeKind::Stage, machine_.stages[to.index()].object, now);
  addEdges(live.node, reasons, entered);
  live.entered = now;
  live.head = {};
  const bool byItself = std::none_of(reasons.begin() + 1, reasons.end(),
                                     [&](const Reason& other) { return other.bindsOver(reasons.front()); });
  const Origin nowGone{live.node, left.object, 0};
  const bool wasFull = queues_[from.index()].held.size() == left.capacity;
  const Fetch& fetch = machine_.fetch;
  if (issuing) {
    std::int64_t arrived = 0;
    for (const std::int64_t other : queues_[from.index()].held)
      arrived += live_[other].entered <= now ? 1 : 0;
    const bool hadRoom = arrived + fetch.width <= fetch.bufferSize;
    if (!hadRoom) fetchRoom_ = {now, GraphEdgeKind::BufferFill, index, nowGone};
  }
  leaveQueue(from, index);
  queues_[to.index()].held.push_back(index);
  // Who stands behind in a queue comes to its head.
  const auto& held = queues_[from.index()].held;
  if (!held.empty() && (!issuing || (fetch.inOrder && live_[held.front()].entered <= now))) {
    live_[held.front()].head = {now, GraphEdgeKind::Structural, index, nowGone, false, WaitDetail::Queue};
  }
  if (!issuing) roomAt(from, index, wasFull, now, byItself ? latencyOver : nowGone);
}

std::vector<GraphRecorder::Reason> GraphRecorder::hazardReasons(const Live& live, Cycles now) const {
  std::vector<Reason> reasons;
  for (const Hazard& hazard : live.hazards) {
    const Live& older = live_.at(hazard.older);
    const Unit& unit = machine_.units[older.unit.index()];
    Reason reason{older.start, GraphEdgeKind::Data, hazard.older, {older.unitNode, unit.object, 0}};
    if (hazard.kind == Hazard::Kind::RangeDone) {
      if (older.ranges[hazard.range].open > 0) continue;
      reason = older.ranges[hazard.range].last;
    } else if (hazard.kind == Hazard::Kind::Available) {
      const auto early = older.resultLatency.find(machine_.registerFileOf(hazard.id));
      if (early != older.resultLatency.end()) {
        reason.origin.duration = early->second;
      } else {
        reason.origin = completionOrigin(older);
      }
      reason.time = graph_.nodes[reason.origin.node].enter + reason.origin.duration;
    }
    reason.detail = hazard.detail;
    if (reason.time <= now) reasons.push_back(reason);
  }
  return reasons;
}

GraphRecorder::Origin GraphRecorder::completionOrigin(const Live& live) const {
  if (live.lastPiece) return live.lastPiece->origin;
  return {live.unitNode, machine_.units[live.unit.index()].object, live.latency};
}

void GraphRecorder::starts(Cycles now, const Instruction& instruction) {
  const std::int64_t index = instruction.index;
  Live& live = live_[index];
  live.unit = instruction.unit;
  const Unit& unit = machine_.units[live.unit.index()];
  std::vector<Reason> reasons = {{live.entered, GraphEdgeKind::Forward, index, {live.node, unit.object, 0}}};
  for (const Reason& reason : hazardReasons(live, now)) reasons.push_back(reason);
  if (unitRoom_[live.unit.index()].time >= 0) reasons.push_back(unitRoom_[live.unit.index()]);
  live.unitNode = addNode(index, NodeKind::Unit, unit.object, now);
  addEdges(live.unitNode, reasons, live.entered);
  for (const Hazard& hazard : live.hazards) {
    --live_[hazard.older].named;
    forget(hazard.older);
  }
  live.hazards.clear();
  ++inFlight_[live.unit.index()];
  live.started = true;
  live.start = now;
  live.latency = instruction.costs->latency;
  live.interval = instruction.costs->initiationInterval;
  live.computeLatency = instruction.costs->computeLatency;
  if (!unit.accessesMemory) live.resultLatency = instruction.costs->resultLatency;
  live.reads = live.openReads = instruction.readPieces;
  live.writes = instruction.accesses.size() - live.reads;
  live.ranges.resize(instruction.ranges.size());
  for (std::size_t r = 0; r < live.ranges.size(); ++r) live.ranges[r].open = instruction.ranges[r].openPieces;
  const Origin latency{live.unitNode, unit.object, live.latency};
  live.openOf.assign(instruction.accesses.size(), {now + live.latency, latency});
  if (live.reads == 0 && live.writes > 0) {
    openWrites(live, 0, live.writes, {now + live.latency, GraphEdgeKind::Forward, index, latency}, index);
  }
}

void GraphRecorder::openWrites(Live& live, std::size_t first, std::size_t count, const Reason& why,
                               std::int64_t index) {
  const std::uint32_t object = machine_.units[live.unit.index()].object;
  const std::uint32_t compute = addNode(index, NodeKind::Compute, object, why.time);
  graph_.nodes[compute].leave = why.time + live.computeLatency;
  addEdges(compute, {why}, 0);
  for (std::size_t w = first; w < first + count; ++w) {
    live.openOf[live.reads + w] = {why.time + live.computeLatency, {compute, object, live.computeLatency}};
  }
}

GraphRecorder::Bank& GraphRecorder::bankOf(const Request& request) {
  const Memory& memory = machine_.memories[request.memory.index()];
  const bool banked = memory.kind == MemoryKind::Sram;
  return banks_[request.memory.index()][banked ? request.address / memory.interleaveWords % memory.banks : 0];
}

GraphRecorder::Row& GraphRecorder::rowOf(const Request& request) {
  const Memory& memory = machine_.memories[request.memory.index()];
  return rows_[request.memory.index()][request.address / memory.rowWords % memory.banks];
}

void GraphRecorder::freePorts(Bank& bank, std::size_t limit, Cycles now) {
  std::stable_sort(bank.ports.begin(), bank.ports.end(),
                   [](const PortHold& a, const PortHold& b) { return a.until < b.until; });
  while (!bank.ports.empty() && bank.ports.front().until <= now) {
    const PortHold hold = bank.ports.front();
    const Reason free{hold.until, GraphEdgeKind::Structural, hold.instruction, hold.origin,
                      false,      WaitDetail::Port};
    const bool wereUsed = bank.ports.size() == limit;
    bank.ports.erase(bank.ports.begin());
    if (wereUsed || (bank.portFree.time == hold.until && free.bindsOver(bank.portFree))) bank.portFree = free;
  }
}

void GraphRecorder::granted(Cycles now, const Instruction& instruction, const Request& request) {
  const Memory& memory = machine_.memories[request.memory.index()];
  const std::int64_t index = instruction.index;
  Live& live = live_[index];
  Bank& bank = bankOf(request);
  Granted granted{0, index, std::nullopt, now};
  if (!instruction.accesses.empty() && &request >= instruction.accesses.data() &&
      &request < instruction.accesses.data() + instruction.accesses.size()) {
    granted.piece = static_cast<std::size_t>(&request - instruction.accesses.data());
  }
  std::vector<Reason> reasons;
  Cycles since = now;
  if (granted.piece) {
    const auto& [openSince, origin] = live.openOf[*granted.piece];
    since = openSince;
    reasons.push_back({openSince, GraphEdgeKind::Forward, index, origin});
    if (bank.slotFree.time >= 0) reasons.push_back(bank.slotFree);
    if (memory.readWritePorts) {
      freePorts(bank, static_cast<std::size_t>(*memory.readWritePorts), now);
      if (bank.portFree.time >= 0) reasons.push_back(bank.portFree);
    }
  } else {
    // What a cache asks for: the time since the cache's own grant is the cache's.
    for (const auto& [above, other] : granted_) {
      if (other.instruction != index || machine_.memories[above->memory.index()].kind != MemoryKind::Cache)
        continue;
      if (!above->cache) continue;
      const auto& below = above->cache->below;
      if (below.empty() || &request < below.data() || &request >= below.data() + below.size()) continue;
      const Origin origin{other.node, machine_.memories[above->memory.index()].object, now - other.at};
      reasons.push_back({now, GraphEdgeKind::Forward, index, origin});
    }
    if (memory.readWritePorts) freePorts(bank, static_cast<std::size_t>(*memory.readWritePorts), now);
  }
  bool rowChanges = false;
  if (memory.kind == MemoryKind::Dram) {
    Row& row = rowOf(request);
    const Words wanted = request.address / memory.rowWords;
    rowChanges = row.open != wanted;
    const Reason& why = rowChanges ? row.idle : row.opened;
    if (granted.piece && why.time >= 0) reasons.push_back(why);
    row.open = wanted;
    ++row.underWay;
  }
  granted.node = addNode(index, NodeKind::Access, memory.object, now);
  GraphNode& node = graph_.nodes[granted.node];
  node.address = request.address;
  node.words = request.words;
  node.write = request.write;
  addEdges(granted.node, reasons, since);
  if (rowChanges)
    rowOf(request).opened = {
        now, GraphEdgeKind::Structural, index, {granted.node, memory.object, 0}, false, WaitDetail::Row};
  ++bank.slots;
  if (memory.readWritePorts) {
    const Words beats = (request.words + memory.portWidth - 1) / memory.portWidth;
    const Cycles held = beats * memory.beatInterval;
    bank.ports.push_back({now + held, index, {granted.node, memory.object, held}});
  }
  if (granted.piece && (!live.lastGrant || now > live.lastGrant->time ||
                        (now == live.lastGrant->time && memory.object < live.lastGrant->origin.object))) {
    live.lastGrant = Reason{now, GraphEdgeKind::Forward, index, {granted.node, memory.object, 0}};
  }
  granted_[&request] = granted;
}

void GraphRecorder::ready(Cycles now, const Request& request) {
  const auto found = granted_.find(&request);
  if (found == granted_.end()) return;
  const Granted granted = found->second;
  granted_.erase(found);
  const Memory& memory = machine_.memories[request.memory.index()];
  graph_.nodes[granted.node].leave = now;
  const Origin origin{granted.node, memory.object, now - granted.at};
  Reason free{now, GraphEdgeKind::Structural, granted.instruction, origin, false, WaitDetail::Slot};
  Bank& bank = bankOf(request);
  const bool wasFull = bank.slots == memory.maxConcurrentRequests;
  --bank.slots;
  if (wasFull || (bank.slotFree.time == now && free.bindsOver(bank.slotFree))) bank.slotFree = free;
  if (memory.kind == MemoryKind::Dram) {
    Row& row = rowOf(request);
    free.detail = WaitDetail::Row;
    if (--row.underWay == 0) row.idle = free;
  }
  if (!granted.piece) return;

  Live& live = live_[granted.instruction];
  const Reason done{now, GraphEdgeKind::Data, granted.instruction, origin};
  if (!live.lastPiece || done.bindsOver(*live.lastPiece)) live.lastPiece = done;
  RangeEnd& range = live.ranges[request.range];
  --range.open;
  range.last = done;
  if (*granted.piece >= live.reads) return;
  if (!live.lastRead || done.bindsOver(*live.lastRead)) live.lastRead = done;
  --live.openReads;
  if (live.writes == 0) return;
  Reason computes{now, GraphEdgeKind::Forward, granted.instruction, origin};
  if (machine_.units[live.unit.index()].streaming) {
    // Write i follows read i, and those beyond the last read follow the last.
    const std::size_t read = *granted.piece;
    if (read >= live.writes) return;
    const std::size_t count = read + 1 == live.reads ? live.writes - read : 1;
    openWrites(live, read, count, computes, granted.instruction);
  } else if (live.openReads == 0) {
    computes.origin = live.lastRead->origin;
    openWrites(live, 0, live.writes, computes, granted.instruction);
  }
}

void GraphRecorder::noteOver(std::int64_t index, Cycles now, const Origin& origin) {
  if (index >= end_) return;
  if (now > lastOver_.time || index < lastOver_.instruction) {
    lastOver_ = {now, GraphEdgeKind::Forward, index, origin};
    graph_.last = origin.node;
    graph_.lastDuration = origin.duration;
    graph_.lastObject = origin.object;
    graph_.cycles = now;
  }
}

void GraphRecorder::completes(Cycles now, const Instruction& instruction) {
  Live& live = live_[instruction.index];
  const Unit& unit = machine_.units[live.unit.index()];
  const Origin origin = completionOrigin(live);
  live.completed = true;
  GraphNode& node = graph_.nodes[live.unitNode];
  node.leave = std::max(node.leave, now);
  noteOver(instruction.index, now, origin);
  std::int64_t& inFlight = inFlight_[live.unit.index()];
  Reason& room = unitRoom_[live.unit.index()];
  if ((unit.maxInFlight && inFlight == *unit.maxInFlight) ||
      (room.time == now && instruction.index < room.instruction)) {
    room = {now, GraphEdgeKind::Structural, instruction.index, origin, false, WaitDetail::InFlight};
  }
  --inFlight;
  overIfDone(instruction.index);
}

void GraphRecorder::leaves(Cycles now, const Instruction& instruction) {
  const std::int64_t index = instruction.index;
  Live& live = live_[index];
  const Unit& unit = machine_.units[live.unit.index()];
  Origin origin{live.unitNode, unit.object, live.interval};
  if (live.start + live.interval != now) {
    origin = unit.release == Release::Grant ? live.lastGrant->origin : completionOrigin(live);
  }
  live.left = true;
  GraphNode& node = graph_.nodes[live.unitNode];
  node.leave = std::max(node.leave, now);
  graph_.nodes[live.node].leave = now;
  noteOver(index, now, origin);
  leaveQueue(instruction.stage, index);
  roomAt(instruction.stage, index, true, now, origin);
  overIfDone(index);
}

void GraphRecorder::forget(std::int64_t index) {
  const auto found = live_.find(index);
  if (found == live_.end()) return;
  const Live& live = found->second;
  if (live.completed && live.left && live.named == 0) live_.erase(found);
}

void GraphRecorder::overIfDone(std::int64_t index) {
  const Live& live = live_[index];
  if (!live.completed || !live.left) return;
  if (index < end_ && ++overBelowEnd_ == end_) stopped_ = true;
  forget(index);
}

RecordedGraph recordGraph(const Machine& machine, const Program& program, std::int64_t end,
                          Progress& progress) {
  RecordedGraph result;
  GraphRecorder recorder(machine, std::min(end, sizeOf(program).instructions));
  result.timing = simulateObserved(machine, program, {}, recorder, progress);
  const bool satisfied = recorder.satisfied();
  result.graph = std::move(recorder).take();
  if (satisfied) result.timing.cycles = result.graph.cycles;
  return result;
}

}  // namespace taktwerk
