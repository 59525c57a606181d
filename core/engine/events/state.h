// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/engine/events/index_set.h"
#include "core/engine/events/path.h"
#include "core/engine/events/pool.h"
#include "core/engine/preparation/resolver.h"
#include "core/program/timing.h"

namespace taktwerk::engine {

/// How far an instruction has come.
enum class Phase : std::uint8_t {
  Fetching,  ///< its group's fetch is under way
  Buffered,  ///< in the issue buffer
  Passing,   ///< in a stage that does not process it
  Waiting,   ///< in the execute stage of its unit, not started
  Started,
  Over  ///< completed and left; nothing of it remains
};

/// An instruction in flight.
struct Live {
  const ResolvedTemplate* content = nullptr;
  const Hop* hop = nullptr;  ///< where it is
  Phase phase = Phase::Over;
  bool completed = false;
  bool left = false;
  bool waitsForRoom = false;           ///< is in the waiting sets of its next stages
  std::uint32_t dependences = 0;       ///< still unresolved
  const UnitTiming* timing = nullptr;  ///< from Waiting on
  std::int64_t nextInStage = -1;       ///< who stands behind it
  Cycles entered = 0;                  ///< its present stage, or the issue buffer
  Cycles start = 0;
  std::uint32_t startEdges = nowhere;   ///< who waits for its start (WAR)
  std::uint32_t resultEdges = nowhere;  ///< who waits for its results (RAW, WAW)
  std::uint32_t firstAccess = nowhere;
  PathRef enterNode = 0;  ///< of the entry into its present stage or the buffer
  PathRef startNode = 0;
  Reason head;  ///< when it came to the head of its stage, if it queued
  Reason data;  ///< the dependence that was resolved last

  /// A newly fetched instruction; what is set when it is entered or started is left as it was.
  void begin(const ResolvedTemplate& what) {
    content = &what;
    hop = what.hops.data();
    phase = Phase::Fetching;
    completed = left = waitsForRoom = false;
    dependences = 0;
    timing = nullptr;
    nextInStage = -1;
    entered = start = 0;
    startEdges = resultEdges = firstAccess = nowhere;
    enterNode = startNode = 0;
    head.time = data.time = -1;
  }
};

/// What a memory access unit's instruction has besides, from its start on.
struct LiveMemory {
  std::uint32_t firstPiece = nowhere;
  std::uint32_t ungranted = 0;   ///< own pieces not yet granted
  std::uint32_t openPieces = 0;  ///< own pieces not yet ready
  std::uint32_t openReads = 0;   ///< own read pieces not yet ready
  Cycles writesOpenAt = -1;      ///< when compute_latency after the reads is over, once it is known
  Reason lastPiece;              ///< the piece that was ready last
  Reason lastRead;               ///< the read piece that was ready last
  Reason lastGrant;              ///< the piece that was granted last

  void begin() {
    firstPiece = nowhere;
    ungranted = openPieces = openReads = 0;
    writesOpenAt = -1;
    lastPiece.time = lastRead.time = lastGrant.time = -1;
  }
};

/// Who waits for a producer: one unresolved dependence of `consumer`.
struct Edge {
  std::int64_t consumer = 0;
  std::uint32_t what = 0;  ///< `of` what
  std::uint32_t next = nowhere;

  /// Which of the producer's written registers, and the hazard.
  [[nodiscard]] static std::uint32_t of(std::uint32_t result, WaitDetail hazard) {
    return result * pathDetails + static_cast<std::uint32_t>(hazard);
  }
  [[nodiscard]] std::uint32_t result() const { return what / pathDetails; }
  [[nodiscard]] WaitDetail hazard() const { return static_cast<WaitDetail>(what % pathDetails); }
};

/// What matters of an access's address.
struct AccessTreatment {
  bool tracked = true;    ///< may overlap others in flight; untracked ones are proven not to
  Words modulus = 1;      ///< how it is cut and which banks it meets repeats with this period
  std::uint32_t tag = 0;  ///< whatever the caller wants to find it again by (RowAccess)
};

/// An access to a DRAM in flight, or handed over and not yet fetched, when a state is saved: which rows it
/// meets is kept beside the state.
struct RowAccess {
  Words first = 0, words = 1;
  std::uint32_t memory = 0;
  std::uint32_t tag = 0;  ///< of its treatment; after `Engine::save` and `load` its place in the list
  bool done = false;      ///< ready: its rows no longer matter
};

/// A part of a row access that is under way.
struct RowUnderWay {
  std::uint32_t tag = 0;  ///< of the access
  std::uint32_t row = 0;  ///< which of the rows it meets
};

/// What an engine found out about DRAM rows, in the order in which it asked: all that addresses decide there.
struct RowQuestion {
  enum class Answer : std::uint8_t {
    Hit,       ///< granted, the row was open
    Miss,      ///< granted, another row was open
    FirstRow,  ///< granted, no row was open
    Busy,      ///< not granted: another row is open and in use
    Over       ///< no question: a granted access is over
  };
  std::uint32_t tag = 0;  ///< of the access
  std::uint32_t row = 0;  ///< which of the rows it meets
  Answer answer = Answer::Hit;
  /// The question of the same stretch that opened the row hit, or, for a miss, the end after which the bank
  /// was idle: it may be what an access waited for, and so decide the critical path. −1: none of the stretch.
  std::int32_t cause = -1;
};

/// What addresses are relative to: for each root memory the progress of the loops.
struct AddressFrame {
  std::vector<Words> origin;
  friend bool operator==(const AddressFrame&, const AddressFrame&) = default;
};

/// One memory range of an instruction, for hazards.
struct Access {
  Words first = 0, end = 0;  ///< [first, end), words of the root memory
  std::uint32_t memory = 0;  ///< as named by the instruction
  std::uint32_t root = 0;    ///< whose addresses hazards compare
  bool write = false;
  AccessTreatment treatment;
  std::uint32_t openPieces = 0;   ///< still to finish (1 until its pieces are known)
  std::uint32_t edges = nowhere;  ///< who waits for it to finish
  std::uint32_t place = 0;        ///< in its memory's list of live accesses
  std::uint32_t next = nowhere;   ///< of the same instruction
};

/// What a cache does for a request.
enum class CacheStep : std::uint8_t {
  None,
  LookUp,        ///< hit_latency is under way
  Blocked,       ///< looked up; the victim is itself under way
  LineUnderWay,  ///< another request fills the line
  WriteBack,     ///< a dirty victim is being written
  Fill,          ///< the line is being read
  WriteWords     ///< the words are being written through
};

/// One request to a memory: a piece of an access, or a cache's request to its backing memory.
struct Piece {
  std::int64_t instruction = 0;
  std::uint32_t access = nowhere;  ///< of the instruction; nowhere for a cache's request
  std::uint32_t parent = nowhere;  ///< the cache's piece that asked
  std::uint32_t memory = 0;
  std::uint32_t bank = 0;  ///< slot and port counters, index into the engine's banks
  Words address = 0, words = 1;
  std::uint32_t next = nowhere;  ///< of the same instruction, in order of action
  PathRef grantNode = 0;
  bool write = false;
  bool open = false;  ///< may be requested
  bool granted = false;
  bool ready = false;
  bool portWithSlot = false;  ///< gives its port back when it is ready
  Cycles openSince = 0, grantedAt = 0, readyAt = 0;
  Origin openOrigin;  ///< the reason it may be requested
};

/// What a request has besides while a cache serves it.
struct CachePiece {
  Words line = 0, lastLine = 0;   ///< under way, and the last one, as line numbers
  std::uint32_t pendingSubs = 0;  ///< requests to the backing memory not ready
  CacheStep step = CacheStep::None;
  std::uint32_t way = 0;  ///< of the cache that this request is to fill
  PathRef lineNode = 0;   ///< path to the event the cache last waited for …
  Cycles lineSince = 0;   ///< … and when that was
};

struct FetchState {
  bool underWay = false;
  std::int64_t first = 0;  ///< of the group under way
  std::uint32_t count = 0;
  std::uint32_t buffered = 0;    ///< places taken in the issue buffer
  std::int64_t nextToIssue = 0;  ///< with in_order: the oldest not yet issued
  PathRef startNode = 0;
  Reason ended;  ///< the previous fetch
  Reason room;   ///< when the buffer last came to have room for a group
};

struct StageState {
  Cycles latency = 1;  // of the machine, beside what changes, to be near
  std::uint32_t capacity = 1;
  PathObject object = 0;
  std::uint32_t count = 0;
  std::int64_t first = -1, last = -1;  ///< the queue, linked by Live::nextInStage
  IndexSet waiting;                    ///< who wants to enter
  Reason room;                         ///< when it last ceased to be full
};

struct UnitState {
  std::int64_t limit = 0;  ///< max_in_flight, the largest number if none
  PathObject object = 0;
  bool accessesMemory = false;
  bool streaming = false;
  Release release = Release::Completion;
  Words burst = 0;  ///< 0: no limit
  std::int64_t inFlight = 0;
  Reason room;  ///< when it last ceased to have max_in_flight started
};

/// One of the copies of a register: who wrote it last, and who has read it since.
struct RegisterCopy {
  std::int64_t writer = -1;
  std::uint32_t result = 0;         ///< the how-manieth register of the writer
  std::uint32_t readers = nowhere;  ///< as `Edge::consumer`
  std::uint32_t count = 0;          ///< of readers …
  std::uint32_t pruneAt = 8;        ///< … and when those that cannot matter any more are dropped
  std::uint32_t following = 0;      ///< the copy that the next write goes to
};

/// Slots and ports of an SRAM bank, or of a whole DRAM or cache.
struct BankState {
  std::int64_t slots = 1, slotsUsed = 0;
  std::int64_t ports = -1, portsUsed = 0;  ///< −1: no limit
  IndexSet waiting;
  Reason slotFree, portFree;  ///< when it last ceased to be out of slots or ports
  std::uint32_t memory = 0;
  MemoryKind kind = MemoryKind::Sram;
};

/// A port in use: given back at the time of its event, even after the piece is gone.
struct PortHold {
  std::uint32_t bank = 0;
  Cycles until = -1;  ///< −1: not in use
  std::int64_t instruction = 0;
  Origin origin;
  std::uint32_t next = nowhere;
};

struct DramBank {
  Words openRow = -1;
  std::int64_t underWay = 0;
  Reason idle;                                 ///< when its last access was over
  Reason rowOpened;                            ///< when its row was opened
  std::int32_t openedBy = -1, idleSince = -1;  ///< the RowQuestions that were these, if still known
};

struct CacheWay {
  Words line = -1;  ///< line number; −1: invalid
  bool dirty = false;
  bool underWay = false;    ///< reserved by a miss that is not done
  std::uint64_t stamp = 0;  ///< when last touched (LRU) or taken (FIFO), in order of decisions
};

struct CacheState {
  std::vector<CacheWay> ways;  ///< set by set
  std::vector<bool> plru;      ///< tree bits: node n of a set at set * ways + n
  std::uint64_t random = 0;
  std::uint64_t clock = 0;
  std::vector<std::uint32_t> waiting;  ///< pieces that wait for a line under way
  std::vector<std::uint32_t> blocked;  ///< pieces whose victim is under way
};

struct MemoryState {
  MemoryKind kind = MemoryKind::Sram;
  PathObject object = 0;
  std::uint32_t root = 0;  ///< the memory whose addresses hazards compare
  Words portWidth = 1;
  Cycles beatInterval = 1;
  Cycles readLatency = -1, writeLatency = -1;  ///< −1: an expression
  bool whole = false;                          ///< accesses are cut by nothing but the unit's burst_words
  std::uint32_t firstBank = 0;
  std::uint32_t firstDramBank = 0;
  std::vector<std::uint32_t> liveReads, liveWrites;  ///< accesses not finished (of a root memory)
  CacheState cache;
};

/// What Options::times collects of one instruction.
struct RecordedTimes {
  InstructionTimes times;
};

}  // namespace taktwerk::engine
