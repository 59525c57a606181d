// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "core/architecture/declared_figure.h"
#include "core/architecture/declared_validation.h"
#include "core/base/expression.h"
#include "core/base/id.h"

namespace taktwerk {

/// Times and durations in cycles of the one clock; addresses and lengths in words.
using Cycles = std::int64_t;
using Words = std::int64_t;

/// No single duration is longer, so that sums over whatever can be timed fit 64 bits.
inline constexpr Cycles mostCycles = Cycles{1} << 40;

using StageId = Id<struct StageTag>;
using UnitId = Id<struct UnitTag>;
using RegisterFileId = Id<struct RegisterFileTag>;
using MemoryId = Id<struct MemoryTag>;
using OperationId = Id<struct OperationTag>;
/// A register of any register file, numbered through: file 0's registers, then file 1's, …
using RegisterId = Id<struct RegisterTag>;
/// An object of the elaborated architecture, by its place in `Machine::objectNames`; the `object` of stages,
/// units, register files and memories is its value.
using MachineObjectId = Id<struct MachineObjectTag>;

/// A number of cycles that is constant, or an expression over an instruction's immediates or over
/// `words` and `beats` of an access. Architecture parameters are already bound.
struct Cost {
  Cycles constant = 0;
  std::shared_ptr<const Expression> expression;  ///< null: `constant`
  /// Values of the parameters that `expression` names.
  std::shared_ptr<const std::map<std::string, std::int64_t, std::less<>>> parameters;

  /// `lookup` gives immediates or words and beats; parameters are found without it and come first. A value
  /// that is not whole, below 0 or above `mostCycles` is an error.
  [[nodiscard]] std::variant<Cycles, ExpressionError> evaluate(const Expression::Lookup& lookup) const;
};

/// The instruction memory, its access unit and the fetch stage, from which all instructions come.
struct Fetch {
  StageId stage;                       ///< its `latency` is the time from arrival to issue
  MachineObjectId accessUnit, memory;  ///< that it fetches through and from
  Cycles duration = 1;                 ///< of one group: read latency + access unit's latency, at least 1
  std::uint32_t width = 1;             ///< P: instructions a group
  std::uint32_t bufferSize = 1;        ///< B, at least P
  bool inOrder = false;                ///< issue_order: in_order
};

enum class StageKind : std::uint8_t { Fetch, Pipeline, Execute };

struct Stage {
  std::string name;
  std::uint32_t object = 0;  ///< order in the file, for tie-breaks and for marking blocks
  StageKind kind = StageKind::Pipeline;
  Cycles latency = 1;
  std::uint32_t capacity = 1;  ///< 1 for execute stages; the issue buffer's size for the fetch stage
  std::vector<StageId> next;   ///< forward connections in order of declaration
  std::vector<UnitId> units;   ///< of an execute stage, in order of declaration
};

/// When a memory access unit's instruction leaves its execute stage.
enum class Release : std::uint8_t { Completion, Grant, Interval };

struct Unit {
  std::string name;
  std::uint32_t object = 0;
  StageId stage;
  bool accessesMemory = false;  ///< a MemoryAccessUnit
  std::vector<OperationId> operations;
  Cost latency;
  std::optional<Cost> initiationInterval;   ///< none: the latency
  std::optional<std::int64_t> maxInFlight;  ///< none: no limit
  std::vector<std::pair<RegisterFileId, Cost>> resultLatency;
  Release release = Release::Completion;
  Cost computeLatency;
  std::optional<Words> burstWords;
  bool streaming = false;
  std::vector<RegisterFileId> readsRegisters, writesRegisters;
  std::vector<MemoryId> readsMemories, writesMemories;
};

struct RegisterFile {
  std::string name;
  std::uint32_t object = 0;
  std::uint32_t depth = 1;
  std::uint32_t dataWidth = 32;
  std::uint32_t firstRegister = 0;  ///< RegisterId of registers[0]
  std::vector<std::string> registers;
};

enum class MemoryKind : std::uint8_t { Sram, Dram, Cache };
enum class Replacement : std::uint8_t { Lru, Fifo, Plru, Random };

struct Memory {
  std::string name;
  std::uint32_t object = 0;
  MemoryKind kind = MemoryKind::Sram;
  Cost readLatency, writeLatency;  ///< SRAM
  Words portWidth = 1;             ///< words a beat
  Cycles beatInterval = 1;
  std::int64_t maxConcurrentRequests = 1;      ///< slots, per bank of an SRAM, of the whole memory else
  std::optional<std::int64_t> readWritePorts;  ///< none: no limit
  std::int64_t banks = 1;
  Words interleaveWords = 1;
  std::vector<std::pair<Words, Words>> addressRanges;  ///< [first, end); empty: all
  std::uint32_t dataWidth = 32;                        ///< bits of a word
  // DRAM
  Words rowWords = 1024;
  Cycles tCas = 0, tRcd = 0, tRp = 0;
  // cache
  std::int64_t sets = 1, ways = 1;
  Words lineWords = 1;
  Replacement replacement = Replacement::Lru;
  std::uint64_t seed = 1;
  bool writeThrough = false;
  bool writeAllocate = true;
  Cycles hitLatency = 1;
  MemoryId backing;  ///< of a cache: what it reads and writes
  /// The last backing memory (itself if not a cache): hazards compare addresses there.
  MemoryId root;
};

/// Positions by name, for machines with thousands of objects. Names point into the machine's own tables.
struct NameIndex {
  std::unordered_map<std::string_view, std::uint32_t> memories, operations;
};

struct MachineCosts;  // machine_costs.h

/// A figure that the architecture declares, and what its objects add up to.
struct MachineFigure {
  DeclaredFigure declared;
  double total = 0;
};

/// An architecture elaborated with parameter values: flat, numeric, immutable, shared by threads.
/// Instruction memory and its access unit are part of `fetch` and are not among memories and units.
struct Machine {
  std::string name;
  std::string file;
  std::map<std::string, std::int64_t, std::less<>> parameters;
  /// What the file says of how well it fits a machine, and the parameters that have other values here than
  /// those it is said of.
  std::vector<DeclaredValidation> validation;
  std::vector<std::string> changedParameters;
  std::optional<double> clock;                ///< MHz, where the file declares it
  std::shared_ptr<const MachineCosts> costs;  ///< null: the file declares none
  std::vector<MachineFigure> figures;         ///< of the file's own
  Fetch fetch;
  std::vector<Stage> stages;  ///< in the order of the file
  std::vector<Unit> units;
  std::vector<RegisterFile> registerFiles;
  std::vector<Memory> memories;
  std::vector<std::string> operations;   ///< names; OperationId is the index
  std::vector<std::string> objectNames;  ///< every object of the file in its order, by `object`
  /// Made by `indexNames` once the tables are complete; without it names are searched one by one.
  std::shared_ptr<const NameIndex> index;

  Machine() = default;
  // A copy would have an index of the names of the original.
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  Machine(Machine&&) = default;
  Machine& operator=(Machine&&) = default;

  void indexNames();

  [[nodiscard]] std::size_t registerCount() const;
  [[nodiscard]] OperationId findOperation(std::string_view operation) const;
  [[nodiscard]] MemoryId findMemory(std::string_view memory) const;
  [[nodiscard]] RegisterFileId registerFileOf(RegisterId id) const;
  /// `registerfile.register`
  [[nodiscard]] std::string registerName(RegisterId id) const;
};

}  // namespace taktwerk
