// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// A loop around instructions; its variable counts 0 to `trips` − 1.
struct LoopAround {
  std::string variable;  ///< "i2" of the third loop around, where it has no name
  std::int64_t trips = 1;
};

/// A memory range that an instruction accesses: `words` words from an address that is affine in the variables
/// of the loops around.
struct ListedAccess {
  std::string memory;
  Words words = 1;
  Words base = 0;              ///< the address where all variables are 0
  std::vector<Words> strides;  ///< by loop, from the outermost
};

/// An instruction with the names of what it works on.
struct ListedOperation {
  std::string operation;
  std::vector<std::string> registersWritten, registersRead;  ///< "file.register"
  std::vector<ListedAccess> writes, reads;
  std::vector<std::pair<std::string, std::int64_t>> immediates;  ///< by name
  std::string unit;                                              ///< that is asked for; may be empty
  std::uint32_t sourceLine = 0;                                  ///< 0 if unknown
};

/// One iteration of a loop: the instructions of its body that are in no loop further in.
struct Iteration {
  std::vector<LoopAround> loops;  ///< from the outermost to the loop itself; none: of the whole program
  std::vector<ListedOperation> instructions;
  std::size_t leftOut = 0;  ///< instructions beyond the limit
};

/// An instruction by names. `coefficients` holds of each access, memory reads first, its address and a stride
/// for each of `depth` loops around.
[[nodiscard]] ListedOperation listedOperation(const Machine& machine, const InstructionTemplate& instruction,
                                              std::span<const std::int64_t> coefficients, std::size_t depth);

/// The loops, by their place in `Program::loops`, from the outermost to an innermost one, each the one that
/// runs most instructions; of equal ones the first.
[[nodiscard]] std::vector<std::uint32_t> heaviestNest(const Program& program);

/// One iteration of the innermost loop of a nest, at most `limit` instructions.
[[nodiscard]] Iteration iterationOf(const Program& program, const Machine& machine,
                                    const std::vector<std::uint32_t>& nest, std::size_t limit = 400);

}  // namespace taktwerk
