// SPDX-License-Identifier: GPL-3.0-or-later
// A state that was saved made that of the engine again: tables, free places, queues and events follow from
// it.
#include <algorithm>
#include <tuple>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

namespace {

/// Numbers a restored engine counts from; far from 0, so that differences never turn negative.
constexpr std::int64_t firstIndex = std::int64_t{1} << 40;
constexpr Cycles firstCycle = Cycles{1} << 40;

}  // namespace

Words Engine::loadAddress(Access& access, const AddressFrame& frame, StateReader& in) {
  Words first = 0;
  if (access.treatment.tracked) first = in.nextAddress() + frame.origin[memories_[access.memory].root];
  if (access.treatment.modulus > 1) {
    const Words residue = in.next();
    if (!access.treatment.tracked) first = residue;
  }
  if (memories_[access.memory].kind == MemoryKind::Dram) {
    first = rowsToLoad_.front();
    rowsToLoad_ = rowsToLoad_.subspan(1);
    access.treatment.tag = static_cast<std::uint32_t>(rowCount_++);
  }
  return first;
}

Cycles Engine::sramDuration(const Piece& piece) {
  const MemoryState& memory = memories_[piece.memory];
  Cycles latency = piece.write ? memory.writeLatency : memory.readLatency;
  ResolveError error;  // computed without one when it was granted
  if (latency < 0) latency = resolver_.accessLatency(piece.memory, piece.write, piece.words, error);
  return latency + ((piece.words + memory.portWidth - 1) / memory.portWidth - 1) * memory.beatInterval;
}

void Engine::clearFlight() {
  anchored_ = false;
  wheel_.clear();
  ready_.clear();
  clearPending();
  closed_ = failed_ = false;
  fetch_ = {};
  for (StageState& stage : stages_) {
    stage.count = 0;
    stage.first = stage.last = -1;
    stage.waiting.clear();
    stage.room = {};
  }
  for (UnitState& unit : units_) {
    unit.inFlight = 0;
    unit.room = {};
  }
  clearRegisters();
  for (BankState& bank : banks_) {
    bank.slotsUsed = bank.portsUsed = 0;
    bank.waiting.clear();
    bank.slotFree = bank.portFree = {};
  }
  for (MemoryState& memory : memories_) {
    memory.liveReads.clear();
    memory.liveWrites.clear();
  }
  for (DramBank& bank : dramBanks_) bank = {};
  edges_.clear();
  accesses_.clear();
  pieces_.clear();
  portHolds_.clear();
  dueLookups_.clear();
  rowQuestions_.clear();
  lastOver_ = {};
}

void Engine::load(std::span<const std::uint8_t> state, std::size_t tracked, const AddressFrame& frame,
                  std::span<const Words> rows, std::span<const Words> openRows) {
  clearFlight();
  rowsToLoad_ = rows;
  rowCount_ = 0;
  for (std::size_t bank = 0; bank < dramBanks_.size(); ++bank) dramBanks_[bank].openRow = openRows[bank];
  now_ = lastEnd_ = firstCycle;
  head_ = tail_ = firstIndex;
  StateReader in(state, tracked);
  treated_ = true;

  for (std::int64_t pending = in.next(); pending > 0; --pending) {
    const ResolvedTemplate& content = resolver_[static_cast<std::uint32_t>(in.next())];
    pendingTemplates_.push_back(&content);
    for (const AccessShape& shape : content.accesses) {
      Access access;
      access.memory = shape.memory.value;
      const std::int64_t how = in.next();
      access.treatment = {(how & 1) != 0, how >> 1};
      pendingAddresses_.push_back(loadAddress(access, frame, in));
      pendingTreatments_.push_back(access.treatment);
    }
  }
  for (auto [content, how] = in.nextPair(); content != nowhere; std::tie(content, how) = in.nextPair()) {
    loadLive(content, how, in, frame);
  }
  rebuildQueues();
  fetch_.nextToIssue = tail_;
  for (std::int64_t i = tail_ - 1; i >= head_; --i) {
    if (live(i).phase == Phase::Buffered) fetch_.nextToIssue = i;
  }
  const bool nothing = head_ == tail_ && pendingTemplates_.empty();
  std::int64_t older = firstIndex - (1 << 20);
  for (std::int64_t held = in.next(); held >= 0; held = in.next()) {
    const auto bank = static_cast<std::uint32_t>(held);
    const Cycles until = now_ + in.next();
    ++banks_[bank].portsUsed;
    const Origin origin{0, memories_[banks_[bank].memory].object, in.next()};
    const std::int64_t place = in.next();
    const std::int64_t holder = place > 0 ? firstIndex + place - 1 : older++;
    const std::uint32_t hold = portHolds_.take();
    portHolds_[hold] = {bank, until, holder, origin, nowhere};
    schedule(until, Event::Kind::PortFree, holder, hold);
  }
  fetch_.ended = {now_, EdgeKind::Structural, head_, {}};
  const Cycles sinceLast = nothing ? in.next() : -1;
  if (sinceLast >= 0) {
    lastOver_ = {now_ - sinceLast, EdgeKind::Forward, firstIndex - 1, {}};
  }
  while (head_ < tail_ && live(head_).phase == Phase::Over) ++head_;
}

void Engine::loadAccesses(Live& l, StateReader& in, const AddressFrame& frame) {
  const ResolvedTemplate& content = *l.content;
  std::uint32_t last = nowhere;
  for (std::size_t a = 0; a < content.accesses.size(); ++a) {
    Access mine;
    mine.memory = content.accesses[a].memory.value;
    mine.root = memories_[mine.memory].root;
    mine.write = a >= content.memoryReads;
    const std::int64_t treatment = in.next();
    mine.treatment = {(treatment & 1) != 0, treatment >> 1};
    mine.first = loadAddress(mine, frame, in);
    mine.end = mine.first + content.accesses[a].words;
    mine.openPieces = 1;
    const std::uint32_t access = accesses_.take();
    accesses_[access] = mine;
    (last == nowhere ? l.firstAccess : accesses_[last].next) = access;
    last = access;
  }
}

void Engine::loadLive(std::uint32_t id, std::uint32_t how, StateReader& in, const AddressFrame& frame) {
  if (tail_ - head_ > static_cast<std::int64_t>(mask_)) grow();
  const std::int64_t index = tail_++;
  const ResolvedTemplate& content = resolver_[id];
  Live& l = live(index);
  l.begin(content);
  const auto phase = static_cast<Phase>(how & 7);
  l.completed = (how & 8) != 0;
  l.left = (how & 16) != 0;
  l.hop = content.hopAt(how >> 8);
  l.phase = phase;
  if (phase == Phase::Over) {
    linkRegisters(index, l, content);
    l.dependences = 0;
    return;
  }
  switch (phase) {
    case Phase::Buffered: {
      const Cycles left = in.next();
      const Cycles latency = stages_[l.hop->stage].latency;
      l.entered = now_ + left - latency;
      ++fetch_.buffered;
      if (left > 0) {
        schedule(now_ + left, Event::Kind::GroupIssuable, index, 1);
      } else {
        wake(index);
      }
      break;
    }
    case Phase::Passing:
      l.entered = now_ + in.next() - stages_[l.hop->stage].latency;
      l.nextInStage = in.next();  // its place in the queue; rebuildQueues turns it into a link
      break;
    case Phase::Waiting:
      l.entered = now_;
      l.timing = content.timingAt(l.hop->stage);
      ++stages_[l.hop->stage].count;
      stages_[l.hop->stage].first = index;
      break;
    case Phase::Started:
      loadStarted(index, in);
      break;
    case Phase::Fetching:
    case Phase::Over:
      break;
  }
  loadAccesses(l, in, frame);
  if (phase == Phase::Started && units_[l.timing->unit].accessesMemory) loadAccessing(index, in);
  // Hazards follow from program order and from who is how far; whoever started has none left.
  linkRegisters(index, l, content);
  linkMemory(index, l);
  if (phase == Phase::Started) l.dependences = 0;
  if (phase == Phase::Waiting && l.dependences == 0) wake(index);
}

void Engine::loadStarted(std::int64_t index, StateReader& in) {
  Live& l = live(index);
  l.timing = l.content->timingAt(l.hop->stage);
  UnitState& unit = units_[l.timing->unit];
  if (!l.completed) ++unit.inFlight;
  if (!l.left) {
    ++stages_[l.hop->stage].count;
    stages_[l.hop->stage].first = index;
  }
  if (!unit.accessesMemory) loadComputing(index, in);
}

void Engine::loadComputing(std::int64_t index, StateReader& in) {
  Live& l = live(index);
  const UnitTiming& timing = *l.timing;
  l.start = now_ - in.next();
  for (std::uint32_t k = 0; k < timing.available.size(); ++k) {
    const Cycles after = timing.available[k];
    const auto before = timing.available.begin() + k;
    if (after != timing.latency && l.start + after > now_ &&
        std::find(timing.available.begin(), before, after) == before) {
      schedule(l.start + after, Event::Kind::Available, index, k);
    }
  }
  if (!l.completed && !l.left && timing.latency == timing.interval) {
    schedule(l.start + timing.latency, Event::Kind::CompleteLeave, index);
  } else {
    if (!l.completed) schedule(l.start + timing.latency, Event::Kind::Complete, index);
    if (!l.left) schedule(l.start + timing.interval, Event::Kind::Leave, index);
  }
}

void Engine::loadAccessing(std::int64_t index, StateReader& in) {
  Live& l = live(index);
  const UnitState& unit = units_[l.timing->unit];
  const Cycles untilRequests = in.next();
  const Cycles untilInterval = in.next();
  const Cycles untilWrites = in.next();
  // Only what is left of start + latency and start + interval matters; where both are over, any past start
  // does. `start` is kept for the later of the two, and the other is scheduled by its own remainder.
  l.start = now_ + (untilInterval > 0 ? untilInterval : 0) - l.timing->interval;
  LiveMemory& memory = liveMemory(index);
  memory.begin();
  if (untilWrites > 0) {
    memory.writesOpenAt = now_ + untilWrites;
    schedule(memory.writesOpenAt, Event::Kind::WritesOpen, index);
    memory.lastRead = {now_, EdgeKind::Forward, index, {0, unit.object, 0}};
  }
  buildPieces(index);
  if (untilRequests > 0) schedule(now_ + untilRequests, Event::Kind::RequestsOpen, index);
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) loadPiece(index, p, in);
  const bool scheduledLeave =
      unit.release == Release::Interval ||
      (unit.release == Release::Grant && memory.ungranted == 0 && untilRequests == 0) ||
      (unit.release == Release::Grant && memory.firstPiece == nowhere) ||
      (unit.release == Release::Completion && l.completed);
  if (!l.left && scheduledLeave) schedule(now_ + untilInterval, Event::Kind::Leave, index);
}

void Engine::loadPiece(std::int64_t index, std::uint32_t id, StateReader& in) {
  Piece& piece = pieces_[id];
  LiveMemory& memory = liveMemory(index);
  const UnitTiming& timing = *live(index).timing;
  const std::int64_t what = in.next();
  if (what == -1) {
    const Cycles until = in.next();
    if (until > 0) {
      piece.openSince = now_ + until;
      piece.openOrigin = {0, units_[timing.unit].object, timing.computeLatency};
      schedule(piece.openSince, Event::Kind::WriteOpen, index, id);
    }
    return;
  }
  piece.open = true;
  piece.openSince = now_;
  piece.openOrigin = {0, units_[timing.unit].object, 0};
  if (what == -2) {
    wake(index);
    return;
  }
  piece.granted = true;
  --memory.ungranted;
  if (what == -3) {
    piece.ready = true;
    --memory.openPieces;
    if (!piece.write) --memory.openReads;
    --accesses_[piece.access].openPieces;
    return;
  }
  piece.readyAt = now_ + (what >> 1);
  piece.portWithSlot = (what & 1) != 0;
  if (memories_[piece.memory].kind == MemoryKind::Dram) {
    piece.grantedAt = piece.readyAt - in.next();
    const Words row = piece.address / machine_.memories[piece.memory].rowWords;
    ++dramBanks_[dramBankOf(piece.memory, row)].underWay;
  } else {
    piece.grantedAt = piece.readyAt - sramDuration(piece);
  }
  schedule(piece.readyAt, Event::Kind::PieceReady, index, id);
  BankState& bank = banks_[piece.bank];
  ++bank.slotsUsed;
  if (piece.portWithSlot) ++bank.portsUsed;
}

void Engine::rebuildQueues() {
  std::vector<std::pair<std::int64_t, std::int64_t>> members;  // (stage, place) → index, sorted
  for (std::int64_t i = head_; i < tail_; ++i) {
    if (live(i).phase == Phase::Passing) {
      members.emplace_back((static_cast<std::int64_t>(live(i).hop->stage) << 32) | live(i).nextInStage, i);
    }
  }
  std::sort(members.begin(), members.end());
  for (const auto& [place, index] : members) {
    Live& l = live(index);
    StageState& stage = stages_[l.hop->stage];
    l.nextInStage = -1;
    ++stage.count;
    if (stage.first < 0) {
      stage.first = stage.last = index;
      const Cycles until = l.entered + stage.latency;
      if (until > now_) {
        schedule(until, Event::Kind::StageOver, index);
      } else {
        wake(index);
      }
    } else {
      live(stage.last).nextInStage = index;
      stage.last = index;
    }
  }
}

}  // namespace taktwerk::engine
