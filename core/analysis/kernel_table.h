// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/program/program.h"

namespace taktwerk {

/// One loop of a program, with its place in the unrolled program in the first iteration of the loops around.
struct KernelRow {
  std::uint32_t depth = 0;       ///< loops around it
  std::string variable;          ///< empty of a loop that was found in a trace
  std::int64_t start = 0;        ///< number of the first instruction of its first iteration
  std::int64_t length = 0;       ///< instructions of one execution of its body
  std::int64_t trips = 0;        ///< executions of its body each time it is reached
  std::int64_t executions = 0;   ///< of its body in the whole program
  std::uint32_t sourceLine = 0;  ///< of the first instruction in it, 0 if unknown
  std::uint32_t loop = 0;        ///< by its place in Program::loops
};

/// The loop tree of a program; numbers that would exceed 64 bits stay at the largest.
struct KernelTable {
  std::string program;  ///< name of the layer or trace
  std::int64_t instructions = 0;
  std::int64_t loopIterations = 0;      ///< executions of innermost bodies (ProgramSize)
  std::int64_t foldedInstructions = 0;  ///< that are written down: the program never unrolled
  std::vector<KernelRow> kernels;       ///< in program order, outer before inner
};
[[nodiscard]] KernelTable kernelTableOf(const Program& program);

}  // namespace taktwerk
