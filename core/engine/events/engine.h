// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/engine/events/event_wheel.h"
#include "core/engine/events/index_set.h"
#include "core/engine/events/path.h"
#include "core/engine/events/pool.h"
#include "core/engine/events/state.h"
#include "core/engine/events/state_code.h"
#include "core/engine/preparation/resolver.h"
#include "core/machine/machine.h"
#include "core/program/timing.h"

namespace taktwerk::engine {

/// What one memory did, for `traffic`.
struct MemoryTraffic {
  std::int64_t reads = 0, writes = 0, wordsRead = 0, wordsWritten = 0;
  Cycles busy = 0;  ///< cycles its slots were held, added up
  friend bool operator==(const MemoryTraffic&, const MemoryTraffic&) = default;
};

/// The estimating engine: the rules of the reference simulation followed to the cycle, event by event.
///
/// Instructions are handed over in program order; the engine runs until it wants to start a fetch whose
/// group is not complete with what it was handed. At that moment everything that can happen in the cycle
/// has happened, so the state is that of a finished cycle, and what follows depends on it and on the
/// instructions to come only.
///
///     Engine engine(resolver, {.paths = true});
///     while (engine.run(progress) == Engine::Status::NeedsInstructions) {
///       if (more) engine.append(...); else engine.close();
///     }
///
/// How it works. In each cycle, everything that ends is taken from the event wheel; then, while the set of
/// instructions that may act is not empty, the oldest tries its action. A try that fails enters the
/// instruction in the set of those that wait for what it lacked; giving a resource back wakes the oldest
/// that waits for it, and whoever takes it wakes the next while any is left. Dependences are counted when an
/// instruction is fetched; the last one that is resolved sets it free.
class Engine {
 public:
  struct Options {
    bool paths = true;   ///< follow critical paths, for the breakdown
    bool times = false;  ///< report every instruction to the sink
    bool rows = false;   ///< note what is asked about DRAM rows
    bool usage = false;  ///< count what stages and units do
  };
  enum class Status : std::uint8_t { NeedsInstructions, Finished, Deadlocked, Failed, Cancelled };

  Engine(Resolver& resolver, Options options);

  /// Back to cycle 0 with nothing in flight; memory traffic cleared.
  void reset();
  /// Hands over an instruction; `addresses` has one number an access of its template, memory reads first.
  /// `treatments` tells what matters of each address; null: everything.
  void append(std::uint32_t resolvedTemplate, const std::int64_t* addresses,
              const AccessTreatment* treatments = nullptr);
  /// Nothing follows what was handed over.
  void close() {
    closed_ = true;
    anchored_ = false;
  }
  Status run(Progress& progress);
  void setSink(TimesSink sink) { sink_ = std::move(sink); }

  [[nodiscard]] Cycles now() const { return now_; }
  /// Latest completion or leaving so far.
  [[nodiscard]] Cycles cycles() const { return lastOver_.time < 0 ? 0 : lastOver_.time; }
  [[nodiscard]] std::int64_t fetched() const { return tail_; }
  /// Instructions that a run found over, for progress.
  [[nodiscard]] std::int64_t finished() const { return head_; }
  [[nodiscard]] const std::vector<MemoryTraffic>& traffic() const { return traffic_; }
  /// Cycles by PathLabel on the critical path to the last event; adds up to `cycles()`. Needs Options::paths.
  [[nodiscard]] std::vector<Cycles> breakdown() const;
  /// What stages and units did since the last call, or since startRecord. Needs Options::usage, and an end:
  /// nothing may be in flight.
  [[nodiscard]] UsageRecord takeUsage() { return usage_.take(); }
  /// After Deadlocked.
  [[nodiscard]] Deadlock deadlock() const;
  /// After Failed: what went wrong with which instruction.
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] std::int64_t errorInstruction() const { return errorInstruction_; }

  /// The state as numbers, whole: two engines in equal states do the same with the same instructions, in
  /// whatever cycle. Only after NeedsInstructions, and not for machines whose caches are in use.
  /// Addresses of tracked accesses are relative to `frame`; `trackedMemories` tells to which memories they
  /// belong, in their order. DRAM rows are no part of it: `rowAccesses` (in the order of the state) and
  /// `openRows` have them as they are.
  void save(const AddressFrame& frame, StateWriter& out);
  [[nodiscard]] const std::vector<std::uint32_t>& trackedMemories() const { return trackedMemories_; }
  [[nodiscard]] const std::vector<RowAccess>& rowAccesses() const { return rowAccesses_; }
  [[nodiscard]] const std::vector<RowUnderWay>& rowsUnderWay() const { return rowsUnderWay_; }
  /// Open row of each DRAM bank, −1 for none.
  void openRows(std::vector<Words>& out) const;
  [[nodiscard]] std::uint32_t dramBankOf(std::uint32_t memory, Words row) const {
    return memories_[memory].firstDramBank +
           static_cast<std::uint32_t>(row % machine_.memories[memory].banks);
  }
  /// What was asked about rows since the last call.
  [[nodiscard]] std::vector<RowQuestion> takeRowQuestions();
  /// `tracked`: how many addresses of the state are; `rows`: an address for each of the state's row accesses;
  /// `openRows`: for each DRAM bank.
  void load(std::span<const std::uint8_t> state, std::size_t tracked, const AddressFrame& frame,
            std::span<const Words> rows, std::span<const Words> openRows);
  /// Paths and the latest end are recorded from now on …
  void startRecord();
  /// … up to here, where the next record may start.
  [[nodiscard]] PathRecord takeRecord();
  /// As takeRecord at the end of everything: its one exit is the last event.
  [[nodiscard]] PathRecord takeLastRecord();
  /// Latest cycle in which anything that has begun since startRecord ends.
  [[nodiscard]] Cycles lastEnd() const { return lastEnd_; }
  [[nodiscard]] Cycles lastOver() const { return lastOver_.time; }

 private:
  // engine_save.cpp
  [[nodiscard]] bool writesDeepRegisters(const ResolvedTemplate& content) const;
  void saveAddress(Access& access, const AddressFrame& frame, StateWriter& out);
  void savePending(const AddressFrame& frame, StateWriter& out);
  void saveLive(std::int64_t index, const AddressFrame& frame, StateWriter& out);
  void saveAccessing(std::int64_t index, StateWriter& out);
  [[nodiscard]] std::vector<std::uint32_t> sortedHolds() const;

  // engine_load.cpp
  Words loadAddress(Access& access, const AddressFrame& frame, StateReader& in);
  void loadLive(std::uint32_t id, std::uint32_t how, StateReader& in, const AddressFrame& frame);
  void loadAccesses(Live& l, StateReader& in, const AddressFrame& frame);
  void loadStarted(std::int64_t index, StateReader& in);
  void loadComputing(std::int64_t index, StateReader& in);
  void loadAccessing(std::int64_t index, StateReader& in);
  void loadPiece(std::int64_t index, std::uint32_t id, StateReader& in);
  void rebuildQueues();
  void clearFlight();
  [[nodiscard]] Cycles sramDuration(const Piece& piece);

  // engine_record.cpp
  [[nodiscard]] bool empty() const;
  void collectAnchors(std::vector<PathRef*>& anchors);
  void cutUsage(Cycles end);

  // engine.cpp
  void clearRegisters();
  void drain();
  void handle(const Event& event);
  void schedule(Cycles time, Event::Kind kind, std::int64_t subject, std::uint32_t detail = 0) {
    if (time > latestCycle) [[unlikely]]
      return tooLate(subject);
    if (time > lastEnd_) lastEnd_ = time;
    wheel_.add(now_, time, {subject, detail, kind});
  }
  void act(std::int64_t index);
  void grow();
  void compactPaths();
  void forgetReasons();
  void pathRoots(std::vector<PathRef*>& roots);
  void fail(std::int64_t index, std::string message);
  void tooLate(std::int64_t index);
  Live& live(std::int64_t index) { return ring_[static_cast<std::size_t>(index) & mask_]; }
  [[nodiscard]] const Live& live(std::int64_t index) const {
    return ring_[static_cast<std::size_t>(index) & mask_];
  }
  LiveMemory& liveMemory(std::int64_t index) { return memoryRing_[static_cast<std::size_t>(index) & mask_]; }
  void wake(std::int64_t index) { ready_.insert(index); }
  /// As `wake`, from an event. If it is the last one of the cycle and nobody else may act, this instruction
  /// is the one whose turn comes next: it need not pass through the set.
  void wakeOrAct(std::int64_t index) {
    if (ready_.empty() && !wheel_.moreNow(now_) && dueLookups_.empty()) {
      act(index);
    } else {
      ready_.insert(index);
    }
  }

  // engine_fetch.cpp
  [[nodiscard]] bool mayFetch() const;
  void startFetch();
  void fetchArrives(Cycles at);
  void groupIssuable(std::int64_t first, std::uint32_t count);
  void linkRegisters(std::int64_t index, Live& l, const ResolvedTemplate& resolved);
  void dependOnWriter(Live& consumer, std::int64_t index, const RegisterCopy& copy, WaitDetail hazard);
  void pruneReaders(RegisterCopy& copy);
  void takeAccesses(Live& l, const ResolvedTemplate& resolved, const std::int64_t* addresses,
                    const AccessTreatment* treatments);
  void clearPending();
  void treatAll();
  void dependOnAccesses(Live& l, std::int64_t index, const std::vector<std::uint32_t>& others,
                        const Access& mine);
  void linkMemory(std::int64_t index, Live& l);
  [[nodiscard]] bool available(const Live& producer, std::uint32_t result) const;

  // engine_stages.cpp
  void move(std::int64_t index, Live& l);
  [[nodiscard]] const Hop* hopWithRoom(const ResolvedTemplate& content, const Hop& at) const;
  void issued(std::int64_t index, const StageState& stage, PathRef node);
  void passed(std::int64_t index, StageState& stage, std::int64_t behind, const Origin& leaving,
              PathRef node);
  void waitForRoom(std::int64_t index, Live& l);
  void waitNoMore(std::int64_t index, Live& l, const Hop& at);
  void enter(std::int64_t index, Live& l, const Hop& to, PathRef node);
  void leaveStage(std::int64_t index, StageState& stage, const Origin& origin);
  void wakeForRoom(StageState& stage);

  // engine_units.cpp
  void start(std::int64_t index, Live& l);
  void scheduleResults(std::int64_t index, const UnitTiming& timing);
  void complete(std::int64_t index);
  void leaveUnit(std::int64_t index);
  void leaveUnit(std::int64_t index, Live& l, const Origin& origin);
  void release(std::uint32_t& edges, const Reason& why);
  void releaseResults(std::int64_t index, std::uint32_t result);
  void addEdge(std::uint32_t& edges, std::int64_t consumer, std::uint32_t result, WaitDetail hazard);
  void resolved(const Edge& edge, Reason why);
  [[nodiscard]] Reason behindOlder(std::int64_t index, PathRef node, const StageState& stage) const;
  void over(std::int64_t index, Live& l);
  void report(std::int64_t index);
  void noteOver(std::int64_t index, const Origin& origin);
  [[nodiscard]] Origin completionOrigin(std::int64_t index, const Live& l);

  // engine_memory.cpp
  void buildPieces(std::int64_t index);
  void requestsOpen(std::int64_t index);
  void computeWrites(std::int64_t index);
  void openWrites(std::int64_t index);
  void openPiece(std::uint32_t piece, const Origin& origin);
  void access(std::int64_t index);
  bool tryGrant(std::int64_t index, std::uint32_t piece);
  void grant(std::int64_t index, std::uint32_t piece, Cycles latency);
  void pieceReady(std::uint32_t piece);
  void streamWrites(std::int64_t index, std::uint32_t read, const Origin& origin);
  void finishAccess(std::uint32_t access, const Reason& why);
  void giveBackSlot(const Piece& piece, const Origin& origin);
  void noteRow(const Piece& piece, DramBank& bank, Words row, bool over);
  void portFree(std::uint32_t hold, std::int64_t index);
  void wakeForBank(BankState& bank);
  [[nodiscard]] DramBank& dramBankOf(const Piece& piece);
  std::uint32_t takePiece(const Piece& piece);
  std::uint32_t addPiece(const Piece& piece, std::uint32_t after);
  void cut(std::uint32_t memory, Words burst, Words first, Words words, std::vector<Piece>& out) const;
  [[nodiscard]] std::uint32_t bankOf(const MemoryState& state, std::uint32_t memory, Words address) const;
  [[nodiscard]] Origin readyOrigin(std::uint32_t id, const Piece& piece) const;

  // engine_cache.cpp
  void cacheStart(std::uint32_t piece);
  void lookUp(std::uint32_t piece);
  void decideOldestLookup();
  void retryBlocked(CacheState& cache);
  void decide(std::uint32_t piece);
  void lineDone(std::uint32_t piece);
  void requestBehind(std::uint32_t piece, bool write, Words first, Words words, CacheStep step);
  void behindReady(std::uint32_t piece, const Origin& origin);
  void touch(CacheState& cache, const Memory& memory, Words set, std::uint32_t way, bool taken);
  [[nodiscard]] std::uint32_t victim(const CacheState& cache, const Memory& memory, Words set) const;
  [[nodiscard]] bool olderPiece(std::uint32_t a, std::uint32_t b);
  void reach(std::uint32_t piece, const Origin& origin);

  // engine_deadlock.cpp
  struct Wait {
    std::int64_t on;  ///< an instruction, or −1
    std::string what;
  };
  [[nodiscard]] Wait waitOf(std::int64_t index) const;

  Resolver& resolver_;
  const Machine& machine_;
  Options options_;
  TimesSink sink_;

  Cycles now_ = 0;
  Cycles lastEnd_ = 0;                // latest cycle in which anything ends or acted (deadlocks name it)
  std::int64_t head_ = 0, tail_ = 0;  // instructions in flight: [head_, tail_)
  std::size_t mask_ = 0;
  std::vector<Live> ring_;
  std::vector<LiveMemory> memoryRing_;  // beside ring_
  std::vector<RecordedTimes> times_;    // beside ring_, only with Options::times
  IndexSet ready_;                      // those whose action is to be tried
  EventWheel wheel_;
  std::vector<std::uint32_t> dueLookups_;  // look-ups over in this cycle, not yet decided

  std::vector<const ResolvedTemplate*> pendingTemplates_;  // handed over, not yet fetched
  std::vector<std::int64_t> pendingAddresses_;
  std::vector<AccessTreatment> pendingTreatments_;
  std::size_t pendingHead_ = 0, pendingAddressHead_ = 0;
  bool treated_ = false;  // pendingTreatments_ stand beside pendingAddresses_; if not, everything matters
  bool closed_ = false;

  FetchState fetch_;
  std::vector<StageState> stages_;
  std::vector<UnitState> units_;
  std::vector<RegisterCopy> copies_;        // of all registers; those of one follow each other in a ring
  std::vector<std::uint32_t> firstCopy_;    // by register: copy 0 …
  std::vector<std::uint32_t> currentCopy_;  // … and the one written last
  std::vector<BankState> banks_;
  std::vector<DramBank> dramBanks_;
  std::vector<MemoryState> memories_;
  std::vector<MemoryTraffic> traffic_;
  UsageCounter usage_;
  Cycles fetchEndedAt_ = 0;  // with Options::usage
  Pool<Edge> edges_;
  Pool<Access> accesses_;
  Pool<Piece> pieces_;
  std::vector<CachePiece> cachePieces_;  // beside pieces_, as far as caches need it
  Pool<PortHold> portHolds_;

  PathTree paths_;
  std::vector<Piece> cutScratch_;
  std::vector<std::int32_t> queuePlace_;
  std::vector<std::uint32_t> trackedMemories_;
  std::vector<RowAccess> rowAccesses_;
  std::vector<RowUnderWay> rowsUnderWay_;
  std::vector<RowQuestion> rowQuestions_;
  std::span<const Words> rowsToLoad_;  // while a state is loaded
  std::size_t rowCount_ = 0;
  std::vector<PathRef*> anchors_;
  bool anchored_ = false;  // anchors_ are those of now
  Reason lastOver_;        // the latest completion or leaving
  std::string error_;
  std::int64_t errorInstruction_ = -1;
  bool failed_ = false;
};

}  // namespace taktwerk::engine
