// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a finished cycle as plain numbers, and back: what the future depends on and nothing else.
#include <algorithm>
#include <tuple>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

namespace {

/// Numbers a restored engine counts from; far from 0, so that differences never turn negative.
constexpr std::int64_t firstIndex = std::int64_t{1} << 40;
constexpr Cycles firstCycle = Cycles{1} << 40;

Cycles remaining(Cycles end, Cycles now) {
  return std::max<Cycles>(0, end - now);
}

}  // namespace

bool Engine::writesDeepRegisters(const ResolvedTemplate& content) const {
  return std::any_of(content.writes.begin(), content.writes.end(),
                     [&](std::uint32_t r) { return copies_[firstCopy_[r]].following != firstCopy_[r]; });
}

void Engine::saveAddress(Access& access, const AddressFrame& frame, std::vector<std::int64_t>& out) {
  if (access.treatment.tracked) {
    const std::uint32_t root = memories_[access.memory].root;
    trackedPlaces_.push_back({static_cast<std::uint32_t>(out.size()), root});
    out.push_back(access.first - frame.origin[root]);
  }
  if (access.treatment.modulus > 1) out.push_back(access.first % access.treatment.modulus);
  if (memories_[access.memory].kind != MemoryKind::Dram) return;
  rowAccesses_.push_back(
      {access.first, access.end - access.first, access.memory, access.treatment.tag, access.openPieces == 0});
  access.treatment.tag = static_cast<std::uint32_t>(rowAccesses_.size() - 1);
}

Words Engine::loadAddress(Access& access, const AddressFrame& frame, const std::int64_t*& in) {
  Words first = 0;
  if (access.treatment.tracked) first = *in++ + frame.origin[memories_[access.memory].root];
  if (access.treatment.modulus > 1) {
    const Words residue = *in++;
    if (!access.treatment.tracked) first = residue;
  }
  if (memories_[access.memory].kind == MemoryKind::Dram) {
    first = rowsToLoad_.front();
    rowsToLoad_ = rowsToLoad_.subspan(1);
    access.treatment.tag = static_cast<std::uint32_t>(rowCount_++);
  }
  return first;
}

void Engine::saveLive(std::int64_t index, const AddressFrame& frame, std::vector<std::int64_t>& out) {
  Live& l = live(index);
  out.push_back(l.content->id);
  out.push_back(static_cast<std::int64_t>(l.phase) | (l.completed ? 8 : 0) | (l.left ? 16 : 0) |
                (static_cast<std::int64_t>(l.hop->stage) << 8));
  if (l.phase == Phase::Over) return;
  for (std::uint32_t a = l.firstAccess; a != nowhere; a = accesses_[a].next) {
    const AccessTreatment& treatment = accesses_[a].treatment;
    out.push_back((treatment.tracked ? 1 : 0) | treatment.modulus << 1);
    saveAddress(accesses_[a], frame, out);
  }
  switch (l.phase) {
    case Phase::Buffered:
      out.push_back(remaining(l.entered + stages_[l.hop->stage].latency, now_));
      break;
    case Phase::Passing:
      out.push_back(remaining(l.entered + stages_[l.hop->stage].latency, now_));
      out.push_back(queuePlace_[static_cast<std::size_t>(index) & mask_]);
      break;
    case Phase::Started: {
      const UnitState& unit = units_[l.timing->unit];
      if (!unit.accessesMemory) {
        out.push_back(now_ - l.start);
        break;
      }
      out.push_back(remaining(l.start + l.timing->latency, now_));
      out.push_back(l.left ? 0 : remaining(l.start + l.timing->interval, now_));
      const LiveMemory& memory = liveMemory(index);
      out.push_back(remaining(memory.writesOpenAt, now_));
      for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
        const Piece& piece = pieces_[p];
        if (piece.ready) {
          out.push_back(-3);
        } else if (piece.granted) {
          out.push_back(((piece.readyAt - now_) << 1) | (piece.portWithSlot ? 1 : 0));
          // How long a DRAM takes does not follow from the access alone.
          if (memories_[piece.memory].kind == MemoryKind::Dram) {
            const Access& access = accesses_[piece.access];
            const Words rowWords = machine_.memories[piece.memory].rowWords;
            const Words row = piece.address / rowWords - access.first / rowWords;
            out.push_back(piece.readyAt - piece.grantedAt);
            rowsUnderWay_.push_back({access.treatment.tag, static_cast<std::uint32_t>(row)});
          }
        } else if (piece.open) {
          out.push_back(-2);
        } else {
          out.push_back(-1);
          out.push_back(remaining(piece.openSince, now_));
        }
      }
      break;
    }
    case Phase::Waiting:
    case Phase::Fetching:
    case Phase::Over:
      break;
  }
}

std::vector<std::uint32_t> Engine::sortedHolds() const {
  std::vector<std::uint32_t> holds;
  for (std::uint32_t hold = 0; hold < portHolds_.end(); ++hold) {
    if (portHolds_[hold].until >= 0) holds.push_back(hold);
  }
  std::sort(holds.begin(), holds.end(), [&](std::uint32_t a, std::uint32_t b) {
    const PortHold& x = portHolds_[a];
    const PortHold& y = portHolds_[b];
    return std::tie(x.bank, x.until, x.instruction) < std::tie(y.bank, y.until, y.instruction);
  });
  return holds;
}

Cycles Engine::sramDuration(const Piece& piece) {
  const MemoryState& memory = memories_[piece.memory];
  Cycles latency = piece.write ? memory.writeLatency : memory.readLatency;
  ResolveError error;  // computed without one when it was granted
  if (latency < 0) latency = resolver_.accessLatency(piece.memory, piece.write, piece.words, error);
  return latency + ((piece.words + memory.portWidth - 1) / memory.portWidth - 1) * memory.beatInterval;
}

void Engine::save(const AddressFrame& frame, std::vector<std::int64_t>& out) {
  out.clear();
  trackedPlaces_.clear();
  rowAccesses_.clear();
  rowsUnderWay_.clear();
  treatAll();
  // Handed over and not yet fetched: less than a group, the alignment of the fetch.
  out.push_back(static_cast<std::int64_t>(pendingTemplates_.size() - pendingHead_));
  std::size_t address = pendingAddressHead_;
  for (std::size_t k = pendingHead_; k < pendingTemplates_.size(); ++k) {
    const ResolvedTemplate& content = *pendingTemplates_[k];
    out.push_back(content.id);
    for (const AccessShape& shape : content.accesses) {
      Access access;
      access.first = pendingAddresses_[address];
      access.end = access.first + shape.words;
      access.memory = shape.memory.value;
      access.treatment = pendingTreatments_[address];
      access.openPieces = 1;
      out.push_back((access.treatment.tracked ? 1 : 0) | access.treatment.modulus << 1);
      saveAddress(access, frame, out);
      pendingTreatments_[address].tag = access.treatment.tag;
      ++address;
    }
  }
  if (queuePlace_.size() != ring_.size()) queuePlace_.resize(ring_.size());
  const std::size_t countPlace = out.size();
  out.push_back(0);
  for (std::int64_t i = head_; i < tail_; ++i) {
    const Live& l = live(i);
    if (l.phase != Phase::Passing || stages_[l.hop->stage].first != i) continue;
    std::int32_t place = 0;
    for (std::int64_t at = i; at >= 0; at = live(at).nextInStage) {
      queuePlace_[static_cast<std::size_t>(at) & mask_] = place++;
    }
  }
  const std::vector<std::uint32_t> holds = sortedHolds();
  const auto holdsPort = [&](std::int64_t index) {
    return std::any_of(holds.begin(), holds.end(),
                       [&](std::uint32_t hold) { return portHolds_[hold].instruction == index; });
  };
  std::int64_t count = 0;
  for (std::int64_t i = head_; i < tail_; ++i) {
    const Live& l = live(i);
    // Of what is over only its writes to registers with several copies count, since they moved the copies on,
    // and who has a port still, since of two that give one back in one cycle the first in the program counts.
    if (l.phase == Phase::Over && !writesDeepRegisters(*l.content) && !holdsPort(i)) continue;
    saveLive(i, frame, out);
    queuePlace_[static_cast<std::size_t>(i) & mask_] = static_cast<std::int32_t>(++count);
  }
  out[countPlace] = count;
  // Ports that are not given back with their access, and which of the above has them (0: one before all).
  for (const std::uint32_t hold : holds) {
    const PortHold& held = portHolds_[hold];
    out.push_back(held.bank);
    out.push_back(held.until - now_);
    out.push_back(held.origin.duration);
    out.push_back(held.instruction < head_ ? 0
                                           : queuePlace_[static_cast<std::size_t>(held.instruction) & mask_]);
  }
  // With nothing in flight and nothing to fetch, the last thing that happened may be the end.
  if (empty()) {
    out.push_back(lastOver_.time < 0 ? -1 : now_ - lastOver_.time);
  }
}

void Engine::clearFlight() {
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

void Engine::openRows(std::vector<Words>& out) const {
  out.clear();
  for (const DramBank& bank : dramBanks_) out.push_back(bank.openRow);
}

void Engine::load(const std::vector<std::int64_t>& state, const AddressFrame& frame,
                  std::span<const Words> rows, std::span<const Words> openRows) {
  clearFlight();
  rowsToLoad_ = rows;
  rowCount_ = 0;
  for (std::size_t bank = 0; bank < dramBanks_.size(); ++bank) dramBanks_[bank].openRow = openRows[bank];
  now_ = lastEnd_ = firstCycle;
  head_ = tail_ = firstIndex;
  const std::int64_t* in = state.data();
  const std::int64_t* const end = in + state.size();
  treated_ = true;

  for (std::int64_t pending = *in++; pending > 0; --pending) {
    const ResolvedTemplate& content = resolver_[static_cast<std::uint32_t>(*in++)];
    pendingTemplates_.push_back(&content);
    for (const AccessShape& shape : content.accesses) {
      Access access;
      access.memory = shape.memory.value;
      const std::int64_t how = *in++;
      access.treatment = {(how & 1) != 0, how >> 1};
      pendingAddresses_.push_back(loadAddress(access, frame, in));
      pendingTreatments_.push_back(access.treatment);
    }
  }
  const std::int64_t count = *in++;
  for (std::int64_t k = 0; k < count; ++k) in = loadLive(in, frame);
  rebuildQueues();
  fetch_.nextToIssue = tail_;
  for (std::int64_t i = tail_ - 1; i >= head_; --i) {
    if (live(i).phase == Phase::Buffered) fetch_.nextToIssue = i;
  }
  const bool nothing = count == 0 && pendingTemplates_.empty();
  for (std::int64_t older = firstIndex - (1 << 20); in + (nothing ? 1 : 0) < end; ++older) {
    const auto bank = static_cast<std::uint32_t>(*in++);
    const Cycles until = now_ + *in++;
    ++banks_[bank].portsUsed;
    const Origin origin{0, memories_[banks_[bank].memory].object, *in++};
    const std::int64_t place = *in++;
    const std::int64_t holder = place > 0 ? firstIndex + place - 1 : older;
    const std::uint32_t hold = portHolds_.take();
    portHolds_[hold] = {bank, until, holder, origin, nowhere};
    schedule(until, Event::Kind::PortFree, holder, hold);
  }
  fetch_.ended = {now_, EdgeKind::Structural, head_, {}};
  if (nothing && *in >= 0) {
    lastOver_ = {now_ - *in, EdgeKind::Forward, firstIndex - 1, {}};
  }
  while (head_ < tail_ && live(head_).phase == Phase::Over) ++head_;
}

const std::int64_t* Engine::loadLive(const std::int64_t* in, const AddressFrame& frame) {
  if (tail_ - head_ > static_cast<std::int64_t>(mask_)) grow();
  const std::int64_t index = tail_++;
  const ResolvedTemplate& content = resolver_[static_cast<std::uint32_t>(*in++)];
  Live& l = live(index);
  l.begin(content);
  const std::int64_t packed = *in++;
  const auto phase = static_cast<Phase>(packed & 7);
  l.completed = (packed & 8) != 0;
  l.left = (packed & 16) != 0;
  l.hop = content.hopAt(static_cast<std::uint32_t>(packed >> 8));
  l.phase = phase;
  if (phase == Phase::Over) {
    linkRegisters(index, l, content);
    l.dependences = 0;
    return in;
  }
  std::uint32_t last = nowhere;
  for (std::size_t a = 0; a < content.accesses.size(); ++a) {
    Access mine;
    mine.memory = content.accesses[a].memory.value;
    mine.root = memories_[mine.memory].root;
    mine.write = a >= content.memoryReads;
    const std::int64_t how = *in++;
    mine.treatment = {(how & 1) != 0, how >> 1};
    mine.first = loadAddress(mine, frame, in);
    mine.end = mine.first + content.accesses[a].words;
    mine.openPieces = 1;
    const std::uint32_t id = accesses_.take();
    accesses_[id] = mine;
    (last == nowhere ? l.firstAccess : accesses_[last].next) = id;
    last = id;
  }
  switch (phase) {
    case Phase::Buffered: {
      const Cycles left = *in++;
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
      l.entered = now_ + *in++ - stages_[l.hop->stage].latency;
      l.nextInStage = *in++;  // its place in the queue; rebuildQueues turns it into a link
      break;
    case Phase::Waiting:
      l.entered = now_;
      l.timing = content.timingAt(l.hop->stage);
      ++stages_[l.hop->stage].count;
      stages_[l.hop->stage].first = index;
      break;
    case Phase::Started:
      in = loadStarted(index, in);
      break;
    case Phase::Fetching:
    case Phase::Over:
      break;
  }
  // Hazards follow from program order and from who is how far; whoever started has none left.
  linkRegisters(index, l, content);
  linkMemory(index, l);
  if (phase == Phase::Started) l.dependences = 0;
  if (phase == Phase::Waiting && l.dependences == 0) wake(index);
  return in;
}

const std::int64_t* Engine::loadStarted(std::int64_t index, const std::int64_t* in) {
  Live& l = live(index);
  l.timing = l.content->timingAt(l.hop->stage);
  const UnitTiming& timing = *l.timing;
  UnitState& unit = units_[timing.unit];
  if (!l.completed) ++unit.inFlight;
  if (!l.left) {
    ++stages_[l.hop->stage].count;
    stages_[l.hop->stage].first = index;
  }
  if (!unit.accessesMemory) {
    l.start = now_ - *in++;
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
    return in;
  }
  const Cycles untilRequests = *in++;
  const Cycles untilInterval = *in++;
  const Cycles untilWrites = *in++;
  // Only what is left of start + latency and start + interval matters; where both are over, any past start
  // does. `start` is kept for the later of the two, and the other is scheduled by its own remainder.
  l.start = now_ + (untilInterval > 0 ? untilInterval : 0) - timing.interval;
  LiveMemory& memory = liveMemory(index);
  memory.begin();
  if (untilWrites > 0) {
    memory.writesOpenAt = now_ + untilWrites;
    schedule(memory.writesOpenAt, Event::Kind::WritesOpen, index);
    memory.lastRead = {now_, EdgeKind::Forward, index, {0, unit.object, 0}};
  }
  buildPieces(index);
  if (untilRequests > 0) schedule(now_ + untilRequests, Event::Kind::RequestsOpen, index);
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
    Piece& piece = pieces_[p];
    const std::int64_t what = *in++;
    const Origin origin{0, unit.object, 0};
    if (what == -1) {
      const Cycles until = *in++;
      if (until > 0) {
        piece.openSince = now_ + until;
        piece.openOrigin = {0, unit.object, timing.computeLatency};
        schedule(piece.openSince, Event::Kind::WriteOpen, index, p);
      }
      continue;
    }
    piece.open = true;
    piece.openSince = now_;
    piece.openOrigin = origin;
    if (what == -2) {
      wake(index);
      continue;
    }
    piece.granted = true;
    --memory.ungranted;
    if (what == -3) {
      piece.ready = true;
      --memory.openPieces;
      if (!piece.write) --memory.openReads;
      --accesses_[piece.access].openPieces;
      continue;
    }
    piece.readyAt = now_ + (what >> 1);
    piece.portWithSlot = (what & 1) != 0;
    if (memories_[piece.memory].kind == MemoryKind::Dram) {
      piece.grantedAt = piece.readyAt - *in++;
      ++dramBanks_[dramBankOf(piece.memory, piece.address / machine_.memories[piece.memory].rowWords)]
            .underWay;
    } else {
      piece.grantedAt = piece.readyAt - sramDuration(piece);
    }
    schedule(piece.readyAt, Event::Kind::PieceReady, index, p);
    BankState& bank = banks_[piece.bank];
    ++bank.slotsUsed;
    if (piece.portWithSlot) ++bank.portsUsed;
  }
  const bool scheduledLeave =
      unit.release == Release::Interval ||
      (unit.release == Release::Grant && memory.ungranted == 0 && untilRequests == 0) ||
      (unit.release == Release::Grant && memory.firstPiece == nowhere) ||
      (unit.release == Release::Completion && l.completed);
  if (!l.left && scheduledLeave) schedule(now_ + untilInterval, Event::Kind::Leave, index);
  return in;
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

bool Engine::empty() const {
  return head_ == tail_ && pendingTemplates_.size() == pendingHead_;
}

void Engine::collectAnchors(std::vector<PathRef*>& anchors) {
  anchors.clear();
  if (!options_.paths) return;
  anchors.push_back(&fetch_.ended.origin.previous);
  pathRoots(anchors);
  if (empty() && lastOver_.time >= 0) anchors.push_back(&lastOver_.origin.previous);
}

void Engine::startRecord() {
  lastEnd_ = now_;
  if (!options_.paths) return;
  collectAnchors(anchors_);
  paths_.restart(anchors_.size());
  for (std::size_t k = 0; k < anchors_.size(); ++k) *anchors_[k] = static_cast<PathRef>(k + 1);
}

PathRecord Engine::takeRecord() {
  PathRecord record;
  if (!options_.paths) return record;
  // Why a fetch starts now was decided by what has been, and is needed by what comes.
  Reason why;
  why.consider(fetch_.ended);
  why.consider(fetch_.room);
  const PathRef fetchNow = why.time < 0 ? 0 : paths_.add(why.origin, why.kind());
  fetch_.ended = {now_, EdgeKind::Structural, head_, {fetchNow, 0, 0}};
  fetch_.room = {};
  forgetReasons();
  if (empty()) {
    if (lastOver_.time >= 0) {
      lastOver_.origin = {paths_.add(lastOver_.origin, EdgeKind::Forward), lastOver_.origin.object, 0};
    }
  } else {
    lastOver_ = {};  // what is in flight ends later
  }
  collectAnchors(anchors_);
  for (const PathRef* anchor : anchors_) record.exits.push_back(*anchor);
  record.nodes = paths_.nodes();
  record.entries = paths_.entries();
  return record;
}

PathRecord Engine::takeLastRecord() {
  PathRecord record;
  if (!options_.paths) return record;
  record.exits.push_back(paths_.add(lastOver_.origin, EdgeKind::Forward));
  record.nodes = paths_.nodes();
  record.entries = paths_.entries();
  return record;
}

}  // namespace taktwerk::engine
