// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/program/program.h"

namespace taktwerk {

class ItemStack;

/// Finds the loops of a flat instruction sequence while it is handed over, one instruction at a time, and
/// keeps the sequence only as loops: memory goes with the instructions and loops that are left, not with its
/// length.
///
///     LoopFinder finder;
///     while (…) finder.add(instruction, addresses, line);
///     const Program program = std::move(finder).finish("gemm", "gemm.trace.jsonl", templates);
///
/// What was found unrolls to exactly what was handed over. A loop's iterations have equal templates
/// (operation, registers, immediates, lengths of ranges, unit) and addresses affine in the iteration; bodies
/// may hold loops.
///
/// How it works (after Ketterlin and Clauss, "Prediction and trace compression of data access addresses
/// through nested loop recognition", CGO 2008, with hashes in place of a window). A stack holds instructions
/// and closed loops. When the last three blocks of some length are of equal shape and their addresses advance
/// by equal steps, they become a loop of three iterations. The loop on top of the stack is open: each
/// instruction is compared with what its next iteration would have there, which takes constant time. When one
/// differs, the part of the iteration that was right goes onto the stack as it is, with the loops it had.
/// Blocks are found by the last place of the same shape and compared by prefix hashes, then in full. At the
/// end what comes only twice becomes a loop too. Time is close to linear: an instruction is looked at again
/// only when a loop that predicted it ends within an iteration.
class LoopFinder {
 public:
  LoopFinder();
  ~LoopFinder();
  LoopFinder(const LoopFinder&) = delete;
  LoopFinder& operator=(const LoopFinder&) = delete;

  /// `addresses`: one an access, memory reads first.
  void add(TemplateId instruction, std::span<const std::int64_t> addresses, std::uint32_t sourceLine);
  [[nodiscard]] Program finish(std::string name, std::string file, const TemplateTable& templates) &&;

  /// An instruction or a loop. An instruction's `affine` has for each access its base, then a stride for each
  /// loop around it, from the outermost.
  struct Item;
  struct Loop {
    std::int64_t trips = 0;
    std::vector<Item> body;
  };
  struct Item {
    std::unique_ptr<Loop> loop;
    std::uint32_t instruction = 0;
    std::uint32_t line = 0;
    std::uint32_t accesses = 0;
    std::vector<std::int64_t> affine;
  };

 private:
  class Cursor;
  void feed(std::uint32_t instruction, std::span<const std::int64_t> addresses, std::uint32_t line);
  void feedItem(Item item);
  void feedUnrolled(const Item& item, std::vector<std::int64_t>& variables);
  void closeTop();

  std::unique_ptr<ItemStack> stack_;
  std::unique_ptr<Cursor> cursor_;  ///< in the next iteration of the loop on top, if that is open
};

}  // namespace taktwerk
