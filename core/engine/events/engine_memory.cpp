// SPDX-License-Identifier: GPL-3.0-or-later
// Memory accesses: pieces are requested, granted and ready.
#include <algorithm>
#include <utility>

#include "core/engine/events/engine.h"

namespace taktwerk::engine {

void Engine::openPiece(std::uint32_t id, const Origin& origin) {
  Piece& piece = pieces_[id];
  piece.open = true;
  piece.openSince = now_;
  piece.openOrigin = origin;
}

void Engine::requestsOpen(std::int64_t index) {
  Live& l = live(index);
  LiveMemory& memory = liveMemory(index);
  const UnitState& unit = units_[l.timing->unit];
  if (memory.firstPiece == nowhere) {
    complete(index);
    return;
  }
  const Origin origin{l.startNode, unit.object, l.timing->latency};
  if (memory.openReads == 0) {
    // No reads: writes follow after compute_latency, streaming or not.
    memory.lastRead = {now_, EdgeKind::Forward, index, origin};
    computeWrites(index);
    return;
  }
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
    if (!pieces_[p].write && pieces_[p].parent == nowhere) openPiece(p, origin);
  }
  wakeOrAct(index);
}

void Engine::computeWrites(std::int64_t index) {
  // From now on `lastRead` is the event of this very cycle: all operands are there.
  LiveMemory& memory = liveMemory(index);
  const Live& l = live(index);
  if (options_.paths) {
    const PathRef node = paths_.add(memory.lastRead.origin, EdgeKind::Forward);
    memory.lastRead.origin = {node, units_[l.timing->unit].object, 0};
  }
  memory.writesOpenAt = now_ + l.timing->computeLatency;
  if (l.timing->computeLatency == 0) {
    openWrites(index);
  } else {
    schedule(memory.writesOpenAt, Event::Kind::WritesOpen, index);
  }
}

void Engine::openWrites(std::int64_t index) {
  const Live& l = live(index);
  LiveMemory& memory = liveMemory(index);
  const Origin origin{memory.lastRead.origin.previous, units_[l.timing->unit].object,
                      l.timing->computeLatency};
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
    if (pieces_[p].write && pieces_[p].parent == nowhere) openPiece(p, origin);
  }
  wakeOrAct(index);
}

void Engine::access(std::int64_t index) {
  const LiveMemory& memory = liveMemory(index);
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
    if (!pieces_[p].open || pieces_[p].granted) continue;
    if (!tryGrant(index, p)) {
      banks_[pieces_[p].bank].waiting.insert(index);
      continue;
    }
    if (failed_) return;
    // What the grant ended at once may have enabled something older: let it be looked at first.
    if (wheel_.hasNow(now_)) {
      wake(index);
      return;
    }
    if (live(index).phase != Phase::Started) return;
  }
}

bool Engine::tryGrant(std::int64_t index, std::uint32_t id) {
  Piece& piece = pieces_[id];
  BankState& bank = banks_[piece.bank];
  if (bank.slotsUsed >= bank.slots || (bank.ports >= 0 && bank.portsUsed >= bank.ports)) return false;
  // What the memory was short of binds over the request itself if it is not earlier.
  const Reason* why = bank.portFree.bindsOver(bank.slotFree) ? &bank.portFree : &bank.slotFree;
  Cycles latency = 0;
  DramBank* opened = nullptr;
  if (bank.kind == MemoryKind::Dram) {
    DramBank& dram = dramBankOf(piece);
    const Memory& memory = machine_.memories[piece.memory];
    const Words row = piece.address / memory.rowWords;
    const Reason* rowReason = &dram.rowOpened;
    latency = memory.tCas;
    if (options_.rows) noteRow(piece, dram, row, false);
    if (dram.openRow != row) {
      if (dram.underWay > 0) return false;
      latency += memory.tRcd + (dram.openRow >= 0 ? memory.tRp : 0);
      dram.openRow = row;
      opened = &dram;
      rowReason = &dram.idle;
    }
    if (rowReason->bindsOver(*why)) why = rowReason;
    ++dram.underWay;
  } else if (bank.kind == MemoryKind::Sram) {
    const MemoryState& state = memories_[piece.memory];
    latency = piece.write ? state.writeLatency : state.readLatency;
    if (latency < 0) {
      ResolveError error;
      latency = resolver_.accessLatency(piece.memory, piece.write, piece.words, error);
      if (latency < 0) {
        fail(index, error.message);
        return true;
      }
    }
  }
  if (options_.paths) {
    piece.grantNode = why->time < piece.openSince ? paths_.add(piece.openOrigin, EdgeKind::Forward)
                                                  : paths_.add(why->origin, EdgeKind::Structural);
    if (opened) {
      const Origin origin{piece.grantNode, memories_[piece.memory].object, 0};
      opened->rowOpened = {now_, EdgeKind::Structural, index, origin.as(WaitDetail::Row)};
    }
  }
  const std::uint32_t bankIndex = piece.bank;
  grant(index, id, latency);
  if (bank.waiting.empty()) return true;
  if (bank.waiting.contains(index)) {
    bool more = false;
    for (std::uint32_t p = liveMemory(index).firstPiece; p != nowhere && !more; p = pieces_[p].next) {
      more = pieces_[p].bank == bankIndex && pieces_[p].open && !pieces_[p].granted;
    }
    if (!more) bank.waiting.erase(index);
  }
  wakeForBank(bank);
  return true;
}

DramBank& Engine::dramBankOf(const Piece& piece) {
  const Memory& memory = machine_.memories[piece.memory];
  const Words row = piece.address / memory.rowWords;
  return dramBanks_[memories_[piece.memory].firstDramBank + static_cast<std::size_t>(row % memory.banks)];
}

void Engine::grant(std::int64_t index, std::uint32_t id, Cycles latency) {
  Piece& piece = pieces_[id];
  BankState& bank = banks_[piece.bank];
  const MemoryState& memory = memories_[piece.memory];
  lastEnd_ = std::max(lastEnd_, now_);
  piece.granted = true;
  piece.grantedAt = now_;
  const Words beats = piece.words == 1 ? 1 : (piece.words + memory.portWidth - 1) / memory.portWidth;
  Cycles transfer = 0, port = 0, ready = 0;
  if (__builtin_mul_overflow(beats - 1, memory.beatInterval, &transfer) ||
      __builtin_mul_overflow(beats, memory.beatInterval, &port) ||
      __builtin_add_overflow(latency, transfer, &ready) || ready > longestDuration ||
      port > longestDuration) {
    fail(index, "an access of " + std::to_string(piece.words) + " words takes more than 2^60 cycles");
    return;
  }
  ++bank.slotsUsed;
  lastEnd_ = std::max(lastEnd_, now_ + port);  // a port is held and given back even where there is no limit
  if (bank.ports >= 0) {
    ++bank.portsUsed;
    // Mostly a port is free again when the access is ready; then one event serves both.
    piece.portWithSlot = port == ready && bank.kind != MemoryKind::Cache;
    if (!piece.portWithSlot) {
      const std::uint32_t hold = portHolds_.take();
      portHolds_[hold] = {piece.bank, now_ + port, index, {piece.grantNode, memory.object, port}, nowhere};
      schedule(now_ + port, Event::Kind::PortFree, index, hold);
    }
  }
  MemoryTraffic& traffic = traffic_[piece.memory];
  if (piece.write) {
    ++traffic.writes;
    traffic.wordsWritten += piece.words;
  } else {
    ++traffic.reads;
    traffic.wordsRead += piece.words;
  }
  const bool own = piece.parent == nowhere;
  const PathRef node = piece.grantNode;
  if (bank.kind == MemoryKind::Cache) {
    cacheStart(id);
  } else {
    piece.readyAt = now_ + ready;
    schedule(piece.readyAt, Event::Kind::PieceReady, index, id);
  }
  if (!own) return;
  LiveMemory& mine = liveMemory(index);
  --mine.ungranted;
  const Live& l = live(index);
  if (units_[l.timing->unit].release != Release::Grant) return;
  if (options_.paths) mine.lastGrant.consider({now_, EdgeKind::Forward, index, {node, memory.object, 0}});
  if (mine.ungranted == 0) {
    schedule(std::max(now_, l.start + l.timing->interval), Event::Kind::Leave, index);
  }
}

Origin Engine::readyOrigin(std::uint32_t id, const Piece& piece) const {
  const MemoryState& memory = memories_[piece.memory];
  if (memory.kind == MemoryKind::Cache) {
    const CachePiece& cached = cachePieces_[id];
    return {cached.lineNode, memory.object, piece.readyAt - cached.lineSince};
  }
  return {piece.grantNode, memory.object, piece.readyAt - piece.grantedAt};
}

void Engine::giveBackSlot(const Piece& piece, const Origin& origin) {
  BankState& bank = banks_[piece.bank];
  traffic_[piece.memory].busy += piece.readyAt - piece.grantedAt;
  const auto why = [&](WaitDetail detail) {
    return Reason{now_, EdgeKind::Structural, piece.instruction, origin.as(detail)};
  };
  const auto free = [&](Reason& latest, bool wasFull, WaitDetail detail) {
    if (!wasFull && latest.time != now_) return;
    const Reason given = why(detail);
    if (wasFull || given.bindsOver(latest)) latest = given;
  };
  const bool wasFull = bank.slotsUsed == bank.slots;
  --bank.slotsUsed;
  free(bank.slotFree, wasFull, WaitDetail::Slot);
  if (piece.portWithSlot) {
    const bool wereUsed = bank.portsUsed == bank.ports;
    --bank.portsUsed;
    free(bank.portFree, wereUsed, WaitDetail::Port);
  }
  if (bank.kind == MemoryKind::Dram) {
    DramBank& dram = dramBankOf(piece);
    if (--dram.underWay == 0) dram.idle = why(WaitDetail::Row);
    if (options_.rows) noteRow(piece, dram, piece.address / machine_.memories[piece.memory].rowWords, true);
  }
  wakeForBank(bank);
}

void Engine::noteRow(const Piece& piece, DramBank& bank, Words row, bool over) {
  const Access& access = accesses_[piece.access];
  const Words first = access.first / machine_.memories[piece.memory].rowWords;
  RowQuestion question{access.treatment.tag, static_cast<std::uint32_t>(row - first),
                       RowQuestion::Answer::Over, -1};
  const auto place = static_cast<std::int32_t>(rowQuestions_.size());
  if (over) {
    bank.idleSince = place;
  } else if (bank.openRow == row) {
    question.answer = RowQuestion::Answer::Hit;
    question.cause = bank.openedBy;
  } else if (bank.underWay > 0) {
    question.answer = RowQuestion::Answer::Busy;
  } else {
    question.answer = bank.openRow >= 0 ? RowQuestion::Answer::Miss : RowQuestion::Answer::FirstRow;
    question.cause = bank.idleSince;
    bank.openedBy = place;
  }
  rowQuestions_.push_back(question);
}

std::vector<RowQuestion> Engine::takeRowQuestions() {
  for (DramBank& bank : dramBanks_) bank.openedBy = bank.idleSince = -1;
  return std::exchange(rowQuestions_, {});
}

void Engine::portFree(std::uint32_t hold, std::int64_t index) {
  const PortHold held = portHolds_[hold];
  portHolds_[hold].until = -1;
  portHolds_.give(hold);
  BankState& bank = banks_[held.bank];
  const bool wasFull = bank.portsUsed == bank.ports;
  --bank.portsUsed;
  if (wasFull || (bank.portFree.time == now_ && index < bank.portFree.instruction())) {
    bank.portFree = {now_, EdgeKind::Structural, index, held.origin.as(WaitDetail::Port)};
  }
  wakeForBank(bank);
}

void Engine::wakeForBank(BankState& bank) {
  if (bank.waiting.empty() || bank.slotsUsed >= bank.slots ||
      (bank.ports >= 0 && bank.portsUsed >= bank.ports)) {
    return;
  }
  // Which accesses a DRAM may grant depends on their rows, so all who wait look for themselves.
  if (bank.kind == MemoryKind::Dram) {
    bank.waiting.forEach(head_, [&](std::int64_t i) { wake(i); });
  } else {
    wake(bank.waiting.oldest(head_));
  }
}

void Engine::pieceReady(std::uint32_t id) {
  Piece& piece = pieces_[id];
  piece.ready = true;
  const Origin origin = options_.paths ? readyOrigin(id, piece) : Origin{};
  giveBackSlot(piece, origin);
  if (piece.parent != nowhere) {
    behindReady(piece.parent, origin);
    return;
  }
  const std::int64_t index = piece.instruction;
  LiveMemory& memory = liveMemory(index);
  const Reason why{now_, EdgeKind::Data, index, origin};
  if (options_.paths) memory.lastPiece.consider(why);
  const bool isRead = !piece.write;
  if (--accesses_[piece.access].openPieces == 0) finishAccess(piece.access, why);
  --memory.openPieces;
  if (isRead) {
    --memory.openReads;
    if (memory.openPieces > memory.openReads) {  // writes follow
      if (options_.paths) memory.lastRead.consider(why);
      if (units_[live(index).timing->unit].streaming) {
        streamWrites(index, id, origin);
      } else if (memory.openReads == 0) {
        computeWrites(index);
      }
    }
  }
  if (memory.openPieces == 0) complete(index);
}

void Engine::streamWrites(std::int64_t index, std::uint32_t read, const Origin& origin) {
  // The i-th write follows the i-th read, and the last read where there are fewer reads.
  const LiveMemory& memory = liveMemory(index);
  const Live& l = live(index);
  std::uint32_t reads = 0, mine = 0;
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
    if (pieces_[p].parent != nowhere || pieces_[p].write) continue;
    if (p == read) mine = reads;
    ++reads;
  }
  Origin computed;
  if (options_.paths) {
    computed = {paths_.add(origin, EdgeKind::Forward), units_[l.timing->unit].object,
                l.timing->computeLatency};
  }
  std::uint32_t write = 0;
  for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
    if (pieces_[p].parent != nowhere || !pieces_[p].write) continue;
    if (std::min(write++, reads - 1) != mine) continue;
    if (l.timing->computeLatency == 0) {
      openPiece(p, computed);
      wake(index);
    } else {
      pieces_[p].openOrigin = computed;
      pieces_[p].openSince = now_ + l.timing->computeLatency;
      schedule(now_ + l.timing->computeLatency, Event::Kind::WriteOpen, index, p);
    }
  }
}

void Engine::finishAccess(std::uint32_t id, const Reason& why) {
  Access& access = accesses_[id];
  if (!access.treatment.tracked) return;
  MemoryState& root = memories_[access.root];
  auto& list = access.write ? root.liveWrites : root.liveReads;
  accesses_[list.back()].place = access.place;
  list[access.place] = list.back();
  list.pop_back();
  release(access.edges, why);
}

}  // namespace taktwerk::engine
