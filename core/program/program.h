// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/machine/machine.h"

namespace taktwerk {

using TemplateId = Id<struct TemplateTag>;
using LoopId = Id<struct LoopTag>;

/// A memory range an instruction accesses, without its address.
struct AccessShape {
  MemoryId memory;
  Words words = 1;
  friend bool operator==(const AccessShape&, const AccessShape&) = default;
};

/// An instruction but for its addresses: equal contents are one template. Registers and accesses keep the
/// order in which they were written; immediates are sorted by name.
struct InstructionTemplate {
  OperationId operation;
  std::vector<RegisterId> reads;
  std::vector<RegisterId> writes;
  std::vector<AccessShape> memoryReads;
  std::vector<AccessShape> memoryWrites;
  std::vector<std::pair<std::string, std::int64_t>> immediates;
  UnitId unit;  ///< the unit named in the instruction, or none

  [[nodiscard]] std::size_t accessCount() const { return memoryReads.size() + memoryWrites.size(); }
  friend bool operator==(const InstructionTemplate&, const InstructionTemplate&) = default;
};

/// Templates by content; ids are given in the order of first use. Copies are one table: what is added to one
/// is in all of them, so that programs can share their instructions. Not to be added to by two threads.
class TemplateTable {
 public:
  TemplateTable() : held_(std::make_shared<Held>()) {}
  TemplateId intern(InstructionTemplate instruction);
  [[nodiscard]] const InstructionTemplate& operator[](TemplateId id) const {
    return held_->templates[id.index()];
  }
  [[nodiscard]] std::size_t size() const { return held_->templates.size(); }
  [[nodiscard]] bool isSameAs(const TemplateTable& other) const { return held_ == other.held_; }

 private:
  struct Held {
    std::deque<InstructionTemplate> templates;  // stay where they are while it grows
    std::unordered_multimap<std::size_t, TemplateId> byHash;
  };
  std::shared_ptr<Held> held_;
};

/// A program: a tree of loops whose bodies repeat with fixed templates and addresses affine in the
/// variables of the loops around them. Never unrolled in memory.
///
/// A body is a run of consecutive `items`; an item is an instruction or a loop. Loop variables count
/// 0, 1, …, trips − 1; starts and steps are folded into the addresses. The addresses of an instruction at
/// loop depth d (0 outside all loops) take, for each access (memory reads first), 1 + d consecutive
/// numbers in `coefficients`: the base, then one stride for each loop variable from the outermost.
///
///     for i in 0..3: load A[10 + 4 i]     // loops[1] = {trips 3, items [1, 2)}, coefficients {10, 4}
///
/// `loops[0]` is the root: one trip, depth 0 inside (the root has no loop variable).
struct Program {
  struct Item {
    bool isLoop = false;
    std::uint32_t index = 0;  ///< of a loop: into `loops`; of an instruction: into `steps`
  };
  struct Step {
    TemplateId instruction;
    std::uint32_t firstCoefficient = 0;
    std::uint32_t sourceLine = 0;  ///< line of the mapping or trace file, 0 if unknown
  };
  struct Loop {
    std::int64_t trips = 1;
    std::uint32_t firstItem = 0;
    std::uint32_t itemCount = 0;
    std::uint32_t depth = 0;  ///< number of loop variables visible in the body
    std::string variable;     ///< the name users gave it, for display
  };

  std::string name;         ///< of the layer or trace
  std::string file;         ///< where sourceLine points
  TemplateTable templates;  ///< may hold instructions of other programs too
  std::vector<Loop> loops;
  std::vector<Item> items;
  std::vector<Step> steps;
  std::vector<std::int64_t> coefficients;

  [[nodiscard]] std::span<const Item> body(const Loop& loop) const {
    return {items.data() + loop.firstItem, loop.itemCount};
  }
};

/// Instructions of the unrolled program, and executions of innermost loop bodies (a body without loops;
/// the root counts when it has no loops). Saturate at the largest 64-bit number.
struct ProgramSize {
  std::int64_t instructions = 0;
  std::int64_t loopIterations = 0;
};
[[nodiscard]] ProgramSize sizeOf(const Program& program);

/// Walks the unrolled program instruction by instruction in constant memory.
///
///     ProgramWalker walker(program);
///     while (walker.next()) use(walker.step().instruction, walker.addresses());
///
/// The program must outlive the walker. Addresses wrap around at 64 bits.
class ProgramWalker {
 public:
  explicit ProgramWalker(const Program& program);
  ProgramWalker(const ProgramWalker&) = delete;
  ProgramWalker& operator=(const ProgramWalker&) = delete;
  /// Advances to the next instruction; false at the end.
  bool next();
  [[nodiscard]] const Program::Step& step() const { return *step_; }
  /// One address an access, memory reads first. Valid until the next call of `next`.
  [[nodiscard]] std::span<const std::int64_t> addresses() const { return current_; }
  /// Values of the loop variables around the current instruction, from the outermost.
  [[nodiscard]] std::span<const std::int64_t> loopVariables() const { return variables_; }

 private:
  /// Where in the nest the walk stands: one frame a loop from the root.
  struct Frame {
    std::int64_t trips;
    std::uint32_t loop;
    std::uint32_t item;  ///< next of the body
    std::uint32_t endItem;
  };
  /// Where a step's addresses stand in `addresses_`.
  struct Place {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  bool holdsInstructions(std::uint32_t loop);
  void enter(std::uint32_t loop);

  const Program* program_;
  const Program::Step* step_ = nullptr;
  std::vector<Frame> frames_;
  std::vector<std::int64_t> variables_;
  std::vector<bool> skipped_;  ///< by loop: no trips or nothing but such loops inside
  std::vector<Place> places_;  ///< by step, of those inside loops
  /// Of every step inside loops its addresses in the current iteration of the loops around it: set when
  /// the innermost of them is entered, then moved by the innermost stride.
  std::vector<std::int64_t> addresses_;
  std::span<const std::int64_t> current_;
};

/// Builds a program top-down. Loops are opened and closed like brackets; an address is its base and one
/// stride for each open loop.
///
///     ProgramBuilder b("layer");
///     b.openLoop(3, "i");
///     b.add(std::move(load), {{10, 4}});
///     b.closeLoop();
///     Program p = std::move(b).finish();
class ProgramBuilder {
 public:
  explicit ProgramBuilder(std::string name, std::string file = {}, TemplateTable templates = {});
  /// A loop of 0 trips is dropped with its body; a loop of 1 trip stays (its variable is 0).
  void openLoop(std::int64_t trips, std::string variable = {});
  void closeLoop();
  [[nodiscard]] std::uint32_t depth() const;
  /// `affine` holds, for each access, 1 + depth() numbers.
  void add(InstructionTemplate instruction, std::span<const std::int64_t> affine,
           std::uint32_t sourceLine = 0);
  /// For many instructions of few kinds: `intern` once, where the instruction is first added so that ids stay
  /// in the order of first use, then `add` without building the template again.
  [[nodiscard]] TemplateId intern(InstructionTemplate instruction);
  void add(TemplateId instruction, std::span<const std::int64_t> affine, std::uint32_t sourceLine = 0);
  [[nodiscard]] Program finish() &&;

 private:
  struct Open {
    Program::Loop loop;
    std::uint32_t index;  ///< in `loops`, of a loop that is kept (trips > 0, also of those around it)
    std::vector<Program::Item> items;
  };
  Program program_;
  std::vector<Open> open_;
};

}  // namespace taktwerk
