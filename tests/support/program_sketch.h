// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/program/program.h"
#include "tests/support/random.h"

namespace taktwerk::test {

/// A program by names, as loose parts that can be taken away one by one.
struct ProgramSketch {
  struct Range {
    std::string memory;
    std::int64_t base = 0;
    std::vector<std::int64_t> strides;  ///< one for each loop around, from the outermost
    std::int64_t words = 1;
  };
  struct Instruction {
    std::string operation;
    std::vector<std::string> reads, writes;
    std::vector<Range> memoryReads, memoryWrites;
    std::vector<std::pair<std::string, std::int64_t>> immediates;
    std::string unit;
  };
  struct Node {
    bool isLoop = false;
    Instruction instruction;
    std::int64_t trips = 1;
    std::vector<Node> body;
  };
  std::vector<Node> body;

  /// The program on a machine; nothing when the machine lacks a name.
  [[nodiscard]] std::optional<Program> program(const Machine& machine) const;
  /// Loops with their trips, instructions with affine addresses: what a trace would not show.
  [[nodiscard]] std::string text() const;
};

struct ProgramOptions {
  bool loops = false;                      ///< nests of loops; otherwise a flat trace, often with repetitions
  std::int64_t maximumInstructions = 200;  ///< of the unrolled program
};

/// Instructions that some unit of the machine supports, with few registers and small addresses, so that
/// they depend on each other.
[[nodiscard]] ProgramSketch randomProgram(Random& random, const Machine& machine,
                                          const ProgramOptions& options);

}  // namespace taktwerk::test
