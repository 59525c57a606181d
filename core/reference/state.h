// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <queue>
#include <vector>

#include "core/machine/machine.h"
#include "core/program/cause.h"
#include "core/program/program.h"
#include "core/program/timing.h"
#include "core/reference/observer.h"
#include "core/reference/routes.h"

/// The state of the reference simulation. "§3 Start" and the like, here and all over the core, name sections
/// of resources/guide/timing.md, whose rules a type or function carries out; the code follows them one by
/// one.
namespace taktwerk::reference {

inline constexpr Cycles never = std::numeric_limits<Cycles>::max();

/// `time` + `duration`, or `never` where that does not fit.
[[nodiscard]] constexpr Cycles after(Cycles time, Cycles duration) {
  return time > never - duration ? never : time + duration;
}

/// One of the `depth` copies of a register (§2 Copies).
struct RegisterCopy {
  RegisterId id;
  std::uint32_t copy = 0;
  friend bool operator==(const RegisterCopy&, const RegisterCopy&) = default;
};

/// A range an instruction names, and which of its accesses are the pieces of it (known once it starts).
struct Range {
  MemoryId memory;  ///< as named
  Words address = 0;
  Words words = 1;
  bool write = false;
  std::size_t firstPiece = 0;
  std::size_t openPieces = 0;  ///< pieces not ready yet
};

struct CacheAccess;

/// A piece of a range on its way through a memory, or what a cache asks of its backing memory
/// (§3 Access, §4).
struct Request {
  MemoryId memory;
  Words address = 0;
  Words words = 1;
  bool write = false;
  std::size_t range = 0;  ///< of an instruction's own access: index into its ranges
  std::optional<Cycles> granted;
  std::optional<Cycles> readyAt;       ///< when the access is ready; of an access to a cache known late
  bool ready = false;                  ///< its slot is given back
  std::shared_ptr<CacheAccess> cache;  ///< of a granted access to a cache
};

/// How far an access to a cache is. Its lines are taken one after the other (§4).
struct CacheAccess {
  enum class Phase : std::uint8_t {
    LookUp,     ///< until `until`, then to be decided
    WaitLine,   ///< for a line under way
    WriteDown,  ///< the requests below write a dirty victim or the words of a write
    Fill,       ///< the requests below read the line
    Tail        ///< all lines done; the remaining beats, until `until`
  };
  Phase phase = Phase::LookUp;
  Words line = 0;  ///< the line being looked up or worked on: address / line_words
  Words lastLine = 0;
  Cycles until = 0;
  bool fillFollows = false;  ///< a read of the line follows the requests of WriteDown
  std::vector<Request> below;
};

/// Why an instruction may have to wait for an older one before it starts (§3 Start).
struct Hazard {
  enum class Kind : std::uint8_t {
    Available,  ///< RAW, WAW: the older has to make a register copy available
    Started,    ///< WAR: the older has to start, as it reads a register copy
    RangeDone   ///< RAW, WAW, WAR: the older has to finish a memory range
  };
  Kind kind = Kind::Available;
  std::int64_t older = 0;
  RegisterId id;                                ///< of Available and Started
  std::size_t range = 0;                        ///< of RangeDone: index into the older one's ranges
  WaitDetail detail = WaitDetail::RegisterRaw;  ///< which of RAW, WAW, WAR; of several the first
};

/// An instruction from the start of its fetch until it has completed and left.
struct Instruction {
  std::int64_t index = 0;
  TemplateId templateId;
  std::uint32_t sourceLine = 0;
  const Route* route = nullptr;
  std::vector<RegisterCopy> reads, writes;
  std::vector<Range> ranges;    ///< reads first
  std::vector<Hazard> hazards;  ///< those not yet over

  bool inBuffer = false, issued = false, started = false, completed = false, left = false;
  StageId stage;  ///< where it is, from its arrival in the buffer until it leaves
  Cycles enteredStage = 0;
  UnitId unit;  ///< that processes it, once it is in that unit's execute stage
  const UnitCosts* costs = nullptr;

  // Once started:
  std::vector<Request> accesses;  ///< read pieces first
  std::size_t readPieces = 0;
  std::size_t openReads = 0;     ///< read pieces not ready
  std::size_t openAccesses = 0;  ///< pieces not ready
  std::size_t ungranted = 0;     ///< pieces not granted
  Cycles lastReadReady = 0;      ///< t0 if there are no reads
  std::optional<Cycles> completesAt;
  std::optional<Cycles> leavesAt;

  InstructionTimes times;
};

/// What a bank of an SRAM, a whole DRAM or a cache hands out.
struct Slots {
  std::int64_t taken = 0;
  std::vector<Cycles> portsUntil;  ///< when each port in use is given back
};

/// The open row of a DRAM bank.
struct Row {
  std::optional<Words> open;
  std::int64_t underWay = 0;  ///< accesses granted and not ready
};

/// A line of a cache; ways fill up from the first and are never empty again.
struct Way {
  Words line = 0;
  bool dirty = false;
  bool underWay = false;
  std::uint64_t touched = 0;  ///< for lru: number of the last look-up that touched it
  std::uint64_t taken = 0;    ///< for fifo: number of the look-up that took it
};

struct CacheSet {
  std::vector<Way> ways;
  std::map<std::int64_t, bool> pointsRight;  ///< plru: nodes of the tree, the root is 1; default left
};

struct MemoryState {
  std::map<std::int64_t, Slots> slots;    ///< by bank; DRAM and caches use bank 0
  std::map<std::int64_t, Row> rows;       ///< by bank of a DRAM
  std::map<std::int64_t, CacheSet> sets;  ///< of a cache
  std::uint64_t random = 1;
  std::uint64_t lookUps = 0;
};

struct StageState {
  std::deque<Instruction*> held;  ///< in the order of entry
};

struct State {
  State(const Machine& machineOfRun, const Program& programOfRun, const TimesSink& sinkOfRun);

  const Machine& machine;
  const Program& program;
  const TimesSink& sink;
  Observer* observer = nullptr;  ///< may be none

  Cycles now = 0;
  /// Cycles in which something will end.
  std::priority_queue<Cycles, std::vector<Cycles>, std::greater<>> agenda;
  void endsAt(Cycles time) { agenda.push(time); }

  std::vector<std::optional<Route>> routes;  ///< by template, of those that occur
  std::map<std::int64_t, Instruction> live;  ///< by index: fetched or being fetched, and not over
  std::vector<StageState> stages;
  std::vector<std::int64_t> inFlight;  ///< by unit: started and not completed
  std::vector<MemoryState> memories;
  std::vector<std::uint64_t> writesSeen;  ///< by register, in program order (§2 Copies)
  bool hasCaches = false;

  ProgramWalker walker;
  bool more = false;  ///< the walker stands on an instruction not yet fetched
  std::int64_t nextIndex = 0;
  std::vector<Instruction*> fetching;  ///< the group under way
  Cycles fetchArrives = 0;

  Timing result;

  [[nodiscard]] const Stage& stageOf(StageId id) const { return machine.stages[id.index()]; }
  [[nodiscard]] const Unit& unitOf(UnitId id) const { return machine.units[id.index()]; }
  [[nodiscard]] const Memory& memoryOf(MemoryId id) const { return machine.memories[id.index()]; }
  [[nodiscard]] const InstructionTemplate& templateOf(const Instruction& instruction) const {
    return program.templates[instruction.templateId];
  }
  /// Ends the simulation with an error at an instruction.
  void fail(const Instruction& instruction, const char* code, const std::string& message);
};

/// A diagnostic about one instruction of a program: "instruction 12 (load): …".
[[nodiscard]] Diagnostic instructionError(const Machine& machine, const Program& program, std::int64_t index,
                                          TemplateId templateId, std::uint32_t line, const char* code,
                                          const std::string& message);

}  // namespace taktwerk::reference
