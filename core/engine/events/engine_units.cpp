// SPDX-License-Identifier: GPL-3.0-or-later
// Start, completion and leaving in units; dependences given free.
#include <algorithm>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

void Engine::addEdge(std::uint32_t& edges, std::int64_t consumer, std::uint32_t result, WaitDetail hazard) {
  const std::uint32_t id = edges_.take();
  edges_[id] = {consumer, Edge::of(result, hazard), edges};
  edges = id;
}

void Engine::resolved(const Edge& edge, Reason why) {
  Live& l = live(edge.consumer);
  if (options_.paths) {
    why.origin = why.origin.as(edge.hazard());
    l.data.consider(why);
  }
  if (--l.dependences == 0 && l.phase == Phase::Waiting) wake(edge.consumer);
}

void Engine::release(std::uint32_t& edges, const Reason& why) {
  for (std::uint32_t id = edges; id != nowhere;) {
    const Edge edge = edges_[id];
    edges_.give(id);
    id = edge.next;
    resolved(edge, why);
  }
  edges = nowhere;
}

void Engine::releaseResults(std::int64_t index, std::uint32_t result) {
  Live& l = live(index);
  const UnitTiming& timing = *l.timing;
  const Cycles after = timing.available[result];
  const PathObject object = units_[timing.unit].object;
  std::uint32_t* link = &l.resultEdges;
  while (*link != nowhere) {
    const Edge edge = edges_[*link];
    if (timing.available[edge.result()] != after) {
      link = &edges_[*link].next;
      continue;
    }
    edges_.give(*link);
    *link = edge.next;
    resolved(edge, {now_, EdgeKind::Data, index, {l.startNode, object, after}});
  }
}

void Engine::start(std::int64_t index, Live& l) {
  if (l.dependences > 0) return;
  const UnitTiming& timing = *l.timing;
  UnitState& unit = units_[timing.unit];
  if (unit.inFlight >= unit.limit) return;  // a completion wakes
  ++unit.inFlight;
  if (options_.paths) {
    // Data and structural reasons bind over the entry if they are not earlier.
    if (l.data.time < l.entered && unit.room.time < l.entered) {
      l.startNode = l.enterNode;
    } else {
      const Reason& why = unit.room.bindsOver(l.data) ? unit.room : l.data;
      l.startNode = paths_.add(why.origin, why.kind());
    }
  }
  if (options_.usage) [[unlikely]] {
    UsageFigures& figures = usage_[usage_.ofUnit(timing.unit)];
    figures.waited += now_;
    figures.busy += timing.interval;
  }
  l.phase = Phase::Started;
  l.start = now_;
  if (options_.times) times_[static_cast<std::size_t>(index) & mask_].times.start = now_;
  if (l.startEdges != nowhere) {
    release(l.startEdges, {now_, EdgeKind::Data, index, {l.startNode, unit.object, 0}});
  }
  if (unit.accessesMemory) {
    LiveMemory& memory = liveMemory(index);
    memory.begin();
    buildPieces(index);
    schedule(now_ + timing.latency, Event::Kind::RequestsOpen, index);
    const bool leavesByItself =
        unit.release == Release::Interval || (unit.release == Release::Grant && memory.firstPiece == nowhere);
    if (leavesByItself) schedule(now_ + timing.interval, Event::Kind::Leave, index);
    return;
  }
  if (timing.earlyResults) scheduleResults(index, timing);
  if (timing.latency == timing.interval) {
    schedule(now_ + timing.latency, Event::Kind::CompleteLeave, index);
  } else {
    schedule(now_ + timing.latency, Event::Kind::Complete, index);
    schedule(now_ + timing.interval, Event::Kind::Leave, index);
  }
}

void Engine::scheduleResults(std::int64_t index, const UnitTiming& timing) {
  for (std::uint32_t k = 0; k < timing.available.size(); ++k) {
    const Cycles after = timing.available[k];
    if (after == timing.latency) continue;
    const auto before = timing.available.begin() + k;
    if (std::find(timing.available.begin(), before, after) == before) {
      schedule(now_ + after, Event::Kind::Available, index, k);
    }
  }
}

Origin Engine::completionOrigin(std::int64_t index, const Live& l) {
  const UnitState& unit = units_[l.timing->unit];
  if (!unit.accessesMemory || liveMemory(index).firstPiece == nowhere) {
    return {l.startNode, unit.object, l.timing->latency};
  }
  return liveMemory(index).lastPiece.origin;
}

void Engine::complete(std::int64_t index) {
  Live& l = live(index);
  l.completed = true;
  const UnitTiming& timing = *l.timing;
  UnitState& unit = units_[timing.unit];
  const Origin origin = options_.paths ? completionOrigin(index, l) : Origin{};
  noteOver(index, origin);
  if (options_.times) times_[static_cast<std::size_t>(index) & mask_].times.complete = now_;
  const bool wasFull = unit.inFlight == unit.limit;
  --unit.inFlight;
  if (wasFull || (unit.room.time == now_ && index < unit.room.instruction())) {
    unit.room = {now_, EdgeKind::Structural, index, origin.as(WaitDetail::InFlight)};
  }
  if (wasFull) {
    const std::int64_t occupant = stages_[timing.stage].first;
    if (occupant >= 0 && stages_[timing.stage].count > 0 && live(occupant).phase == Phase::Waiting) {
      wake(occupant);
    }
  }
  if (l.resultEdges != nowhere) release(l.resultEdges, {now_, EdgeKind::Data, index, origin});
  if (unit.accessesMemory && unit.release == Release::Completion) {
    const Cycles leaves = l.start + timing.interval;
    if (leaves > now_) {
      schedule(leaves, Event::Kind::Leave, index);
    } else {
      leaveUnit(index, l, leaves == now_ ? Origin{l.startNode, unit.object, timing.interval} : origin);
    }
  } else if (l.left) {
    over(index, l);
  }
}

void Engine::leaveUnit(std::int64_t index) {
  Live& l = live(index);
  if (l.left) return;
  Origin origin;
  if (options_.paths) {
    const UnitState& unit = units_[l.timing->unit];
    origin = {l.startNode, unit.object, l.timing->interval};
    if (l.start + l.timing->interval != now_) {
      origin =
          unit.release == Release::Grant ? liveMemory(index).lastGrant.origin : completionOrigin(index, l);
    }
  }
  leaveUnit(index, l, origin);
}

void Engine::leaveUnit(std::int64_t index, Live& l, const Origin& origin) {
  l.left = true;
  if (options_.usage) [[unlikely]]
    usage_[usage_.ofUnit(l.timing->unit)].held += now_;
  if (options_.times) times_[static_cast<std::size_t>(index) & mask_].times.release = now_;
  noteOver(index, origin);
  StageState& stage = stages_[l.timing->stage];
  stage.first = -1;
  leaveStage(index, stage, origin);
  if (l.completed) over(index, l);
}

void Engine::noteOver(std::int64_t index, const Origin& origin) {
  // Time never runs backwards, so this is the latest so far; of several in one cycle the first instruction.
  if (now_ > lastOver_.time || index < lastOver_.instruction()) {
    lastOver_ = {now_, EdgeKind::Forward, index, origin};
  }
}

void Engine::report(std::int64_t index) {
  InstructionTimes& times = times_[static_cast<std::size_t>(index) & mask_].times;
  if (units_[live(index).timing->unit].accessesMemory) {
    for (std::uint32_t p = liveMemory(index).firstPiece; p != nowhere; p = pieces_[p].next) {
      const Piece& piece = pieces_[p];
      if (piece.parent != nowhere) continue;
      times.accesses.push_back(
          {MemoryId{piece.memory}, piece.address, piece.words, piece.write, piece.grantedAt, piece.readyAt});
    }
  }
  sink_(times);
}

void Engine::over(std::int64_t index, Live& l) {
  if (options_.times && sink_) [[unlikely]]
    report(index);
  if (l.firstAccess != nowhere) {
    for (std::uint32_t p = liveMemory(index).firstPiece; p != nowhere;) {
      const std::uint32_t next = pieces_[p].next;
      pieces_.give(p);
      p = next;
    }
    for (std::uint32_t a = l.firstAccess; a != nowhere;) {
      const std::uint32_t next = accesses_[a].next;
      accesses_.give(a);
      a = next;
    }
  }
  l.phase = Phase::Over;
  if (index != head_) return;
  do {
    ++head_;
  } while (head_ < tail_ && live(head_).phase == Phase::Over);
}

}  // namespace taktwerk::engine
