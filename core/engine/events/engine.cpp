// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/events/engine.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace taktwerk::engine {

Engine::Engine(Resolver& resolver, Options options)
    : resolver_(resolver), machine_(resolver.machine()), options_(options), usage_(resolver.machine()) {
  memories_.resize(machine_.memories.size());
  std::uint32_t banks = 0, dramBanks = 0;
  for (std::size_t m = 0; m < machine_.memories.size(); ++m) {
    const Memory& memory = machine_.memories[m];
    MemoryState& state = memories_[m];
    state.kind = memory.kind;
    state.object = pathObject(memory.object);
    state.root = memory.root.value;
    state.portWidth = memory.portWidth;
    state.beatInterval = memory.beatInterval;
    if (!memory.readLatency.expression) state.readLatency = memory.readLatency.constant;
    if (!memory.writeLatency.expression) state.writeLatency = memory.writeLatency.constant;
    state.whole = memory.kind == MemoryKind::Cache || (memory.kind == MemoryKind::Sram && memory.banks == 1);
    state.firstBank = banks;
    state.firstDramBank = dramBanks;
    banks += memory.kind == MemoryKind::Sram ? static_cast<std::uint32_t>(memory.banks) : 1;
    if (memory.kind == MemoryKind::Dram) dramBanks += static_cast<std::uint32_t>(memory.banks);
  }
  banks_.resize(banks);
  dramBanks_.resize(dramBanks);
  for (std::size_t m = 0; m < machine_.memories.size(); ++m) {
    const Memory& memory = machine_.memories[m];
    const std::uint32_t count =
        memory.kind == MemoryKind::Sram ? static_cast<std::uint32_t>(memory.banks) : 1;
    for (std::uint32_t b = 0; b < count; ++b) {
      BankState& bank = banks_[memories_[m].firstBank + b];
      bank.slots = memory.maxConcurrentRequests;
      bank.ports = memory.readWritePorts.value_or(-1);
      bank.memory = static_cast<std::uint32_t>(m);
      bank.kind = memory.kind;
    }
  }
  stages_.resize(machine_.stages.size());
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    stages_[i].latency = machine_.stages[i].latency;
    stages_[i].capacity = machine_.stages[i].capacity;
    stages_[i].object = pathObject(machine_.stages[i].object);
  }
  units_.resize(machine_.units.size());
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const Unit& unit = machine_.units[i];
    units_[i].limit = unit.maxInFlight.value_or(std::numeric_limits<std::int64_t>::max());
    units_[i].object = pathObject(unit.object);
    units_[i].accessesMemory = unit.accessesMemory;
    units_[i].streaming = unit.streaming;
    units_[i].release = unit.release;
    units_[i].burst = unit.burstWords.value_or(0);
  }
  firstCopy_.resize(machine_.registerCount());
  for (const RegisterFile& file : machine_.registerFiles) {
    for (std::size_t r = 0; r < file.registers.size(); ++r) {
      const auto first = static_cast<std::uint32_t>(copies_.size());
      firstCopy_[file.firstRegister + r] = first;
      copies_.resize(first + file.depth);
      for (std::uint32_t k = 0; k < file.depth; ++k)
        copies_[first + k].following = first + (k + 1) % file.depth;
    }
  }
  std::size_t ring = 64;
  while (ring < 4 * (std::size_t{machine_.fetch.bufferSize} + machine_.fetch.width)) ring *= 2;
  mask_ = ring - 1;
  reset();
}

void Engine::reset() {
  anchored_ = false;
  now_ = lastEnd_ = 0;
  head_ = tail_ = 0;
  const std::size_t ring = mask_ + 1;
  ring_.assign(ring, Live{});
  memoryRing_.assign(ring, LiveMemory{});
  if (options_.times) times_.assign(ring, RecordedTimes{});
  ready_.resize(ring);
  wheel_.clear();
  clearPending();
  closed_ = failed_ = false;
  fetch_ = {};
  for (StageState& stage : stages_) {
    stage.count = 0;
    stage.first = stage.last = -1;
    stage.waiting.resize(ring);
    stage.room = {};
  }
  for (UnitState& unit : units_) {
    unit.inFlight = 0;
    unit.room = {};
  }
  clearRegisters();
  for (BankState& bank : banks_) {
    bank.slotsUsed = bank.portsUsed = 0;
    bank.waiting.resize(ring);
    bank.slotFree = bank.portFree = {};
  }
  for (DramBank& bank : dramBanks_) bank = {};
  for (std::size_t m = 0; m < memories_.size(); ++m) {
    const Memory& memory = machine_.memories[m];
    MemoryState& state = memories_[m];
    state.liveReads.clear();
    state.liveWrites.clear();
    state.cache = {};
    if (memory.kind != MemoryKind::Cache) continue;
    state.cache.ways.assign(static_cast<std::size_t>(memory.sets * memory.ways), CacheWay{});
    state.cache.plru.assign(static_cast<std::size_t>(memory.sets * memory.ways), false);
    state.cache.random = memory.seed;
  }
  traffic_.assign(machine_.memories.size(), MemoryTraffic{});
  static_cast<void>(usage_.take());
  fetchEndedAt_ = 0;
  edges_.clear();
  accesses_.clear();
  pieces_.clear();
  portHolds_.clear();
  paths_.clear();
  dueLookups_.clear();
  rowQuestions_.clear();
  lastOver_ = {};
  error_.clear();
  errorInstruction_ = -1;
}

void Engine::clearRegisters() {
  for (RegisterCopy& copy : copies_) {
    copy.writer = -1;
    copy.readers = nowhere;
    copy.count = 0;
    copy.pruneAt = 8;
  }
  currentCopy_ = firstCopy_;
}

Engine::Status Engine::run(Progress& progress) {
  anchored_ = false;
  std::uint32_t turns = 0;
  while (!failed_) {
    while (!ready_.empty()) {
      const std::int64_t index = ready_.oldest(head_);
      ready_.erase(index);
      act(index);
      if (wheel_.hasNow(now_)) drain();
    }
    if (failed_) break;
    if (mayFetch()) {
      const std::size_t handedOver = pendingTemplates_.size() - pendingHead_;
      if (handedOver < machine_.fetch.width && !closed_) return Status::NeedsInstructions;
      if (handedOver > 0) {
        startFetch();
        continue;
      }
    }
    if (options_.paths && paths_.full() && paths_.entries() == 0) compactPaths();
    const Cycles next = wheel_.advance(now_);
    if (next < 0) return head_ == tail_ ? Status::Finished : Status::Deadlocked;
    now_ = next;
    drain();
    if ((++turns & 0xFFFF) == 0 && progress.cancelled()) return Status::Cancelled;
  }
  return Status::Failed;
}

void Engine::drain() {
  // What ends at once is added to the very list that is being worked on.
  Event event;
  for (;;) {
    if (wheel_.take(now_, event)) {
      handle(event);
    } else if (!dueLookups_.empty()) {
      decideOldestLookup();
    } else {
      break;
    }
  }
  wheel_.finish(now_);
}

void Engine::handle(const Event& event) {
  switch (event.kind) {
    case Event::Kind::FetchArrives:
      fetchArrives(now_);
      break;
    case Event::Kind::ArrivedIssuable:
      fetchArrives(now_ - stages_[machine_.fetch.stage.index()].latency);
      break;
    case Event::Kind::GroupIssuable:
      groupIssuable(event.subject, event.detail);
      break;
    case Event::Kind::StageOver:
      wakeOrAct(event.subject);
      break;
    case Event::Kind::Complete:
      complete(event.subject);
      break;
    case Event::Kind::CompleteLeave:
      complete(event.subject);
      leaveUnit(event.subject);
      break;
    case Event::Kind::Leave:
      leaveUnit(event.subject);
      break;
    case Event::Kind::Available:
      releaseResults(event.subject, event.detail);
      break;
    case Event::Kind::RequestsOpen:
      requestsOpen(event.subject);
      break;
    case Event::Kind::WritesOpen:
      openWrites(event.subject);
      break;
    case Event::Kind::WriteOpen:
      openPiece(event.detail, pieces_[event.detail].openOrigin);
      wake(event.subject);
      break;
    case Event::Kind::PieceReady:
      pieceReady(event.detail);
      break;
    case Event::Kind::PortFree:
      portFree(event.detail, event.subject);
      break;
    case Event::Kind::CacheLookup:
      dueLookups_.push_back(event.detail);
      break;
  }
}

void Engine::act(std::int64_t index) {
  lastEnd_ = std::max(lastEnd_, now_);
  Live& l = live(index);
  switch (l.phase) {
    case Phase::Buffered:
    case Phase::Passing:
      move(index, l);
      break;
    case Phase::Waiting:
      start(index, l);
      break;
    case Phase::Started:
      access(index);
      break;
    case Phase::Fetching:
    case Phase::Over:
      break;
  }
}

void Engine::grow() {
  const std::size_t old = mask_ + 1;
  const std::size_t ring = 2 * old;
  std::vector<Live> lives(ring);
  std::vector<LiveMemory> memoryLives(ring);
  std::vector<RecordedTimes> times(options_.times ? ring : 0);
  for (std::int64_t i = head_; i < tail_; ++i) {
    const std::size_t from = static_cast<std::size_t>(i) & mask_;
    const std::size_t to = static_cast<std::size_t>(i) & (ring - 1);
    lives[to] = ring_[from];
    memoryLives[to] = memoryRing_[from];
    if (options_.times) times[to] = std::move(times_[from]);
  }
  const auto rebuild = [&](IndexSet& set) {
    std::vector<std::int64_t> members;
    set.forEach(head_, [&](std::int64_t i) { members.push_back(i); });
    set.resize(ring);
    for (const std::int64_t i : members) set.insert(i);
  };
  rebuild(ready_);
  for (StageState& stage : stages_) rebuild(stage.waiting);
  for (BankState& bank : banks_) rebuild(bank.waiting);
  ring_ = std::move(lives);
  memoryRing_ = std::move(memoryLives);
  times_ = std::move(times);
  mask_ = ring - 1;
}

void Engine::fail(std::int64_t index, std::string message) {
  if (failed_) return;
  failed_ = true;
  error_ = std::move(message);
  errorInstruction_ = index;
}

void Engine::tooLate(std::int64_t index) {
  fail(index, "the time exceeds the supported 2^62 cycles");
}

void Engine::forgetReasons() {
  // Every reason seen so far lies in the past of whatever will be decided, so it can no longer be the latest
  // one; only the nodes of what is under way are needed.
  const auto forget = [](Reason& reason) { reason.time = -1; };
  for (StageState& stage : stages_) forget(stage.room);
  for (UnitState& unit : units_) forget(unit.room);
  for (BankState& bank : banks_) {
    forget(bank.slotFree);
    forget(bank.portFree);
  }
  for (DramBank& bank : dramBanks_) {
    forget(bank.idle);
    forget(bank.rowOpened);
  }
  for (std::int64_t i = head_; i < tail_; ++i) {
    forget(live(i).head);
    forget(live(i).data);
  }
}

void Engine::pathRoots(std::vector<PathRef*>& roots) {
  if (fetch_.underWay) roots.push_back(&fetch_.startNode);
  for (std::int64_t i = head_; i < tail_; ++i) {
    Live& l = live(i);
    if (l.phase == Phase::Buffered || l.phase == Phase::Passing) roots.push_back(&l.enterNode);
    if (l.phase != Phase::Started) continue;
    roots.push_back(&l.startNode);
    if (!units_[l.timing->unit].accessesMemory) continue;
    LiveMemory& memory = liveMemory(i);
    const bool writesToCome = memory.writesOpenAt > now_;
    if (writesToCome) roots.push_back(&memory.lastRead.origin.previous);
    for (std::uint32_t p = memory.firstPiece; p != nowhere; p = pieces_[p].next) {
      Piece& piece = pieces_[p];
      if (piece.granted && !piece.ready) {
        roots.push_back(&piece.grantNode);
        if (memories_[piece.memory].kind == MemoryKind::Cache) roots.push_back(&cachePieces_[p].lineNode);
      } else if (!piece.open && piece.openSince > now_) {
        roots.push_back(&piece.openOrigin.previous);
      }
    }
  }
  for (const std::uint32_t hold : sortedHolds()) roots.push_back(&portHolds_[hold].origin.previous);
}

void Engine::compactPaths() {
  // Only at the end of a cycle, when all that is decided next lies in the future.
  forgetReasons();
  fetch_.ended = fetch_.room = {};
  std::vector<PathRef*> roots;
  pathRoots(roots);
  if (lastOver_.time >= 0) roots.push_back(&lastOver_.origin.previous);
  paths_.compact(roots);
}

std::vector<Cycles> Engine::breakdown() const {
  return paths_.totalsTo(lastOver_);
}

}  // namespace taktwerk::engine
