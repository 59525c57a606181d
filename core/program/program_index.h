// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/program/program.h"

namespace taktwerk {

/// Any instruction of an unrolled program by its number, at a cost that goes with the depth of its loops and
/// not with the number. The program must outlive the index.
class ProgramIndex {
 public:
  explicit ProgramIndex(const Program& program);

  /// Instructions of the unrolled program; saturates at the largest 64-bit number.
  [[nodiscard]] std::int64_t instructions() const { return size_; }

  struct Place {
    const Program::Step* step = nullptr;  ///< null: there is no such instruction
    std::vector<std::int64_t> addresses;  ///< one an access, memory reads first; they wrap at 64 bits
  };
  [[nodiscard]] Place at(std::int64_t instruction) const;

  /// A loop on the way to an instruction: which iteration of it, and which item of its body leads on.
  struct LoopStep {
    std::uint32_t loop = 0, item = 0;  ///< into Program::loops and Program::items
    std::int64_t iteration = 0;
    friend bool operator==(const LoopStep&, const LoopStep&) = default;
  };
  /// From the root to the loop that the instruction stands in, whose item is its step; empty: there is no
  /// such instruction.
  [[nodiscard]] std::vector<LoopStep> wayTo(std::int64_t instruction) const;

 private:
  std::int64_t count(std::uint32_t loop);

  const Program* program_;
  std::int64_t size_ = 0;
  std::vector<std::int64_t> body_;    // by loop: instructions of one iteration
  std::vector<std::int64_t> begins_;  // by item: its first instruction, from the beginning of its body
};

}  // namespace taktwerk
