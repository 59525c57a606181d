// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/base/progress.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// As readTrace, but the program has the loops that are in the trace (LoopFinder). The file is read in a
/// stream; memory goes with the instructions and loops that are left. Source lines are those of the first
/// iteration. `progress` counts instructions and is looked at for cancellation; a cancelled reading ends
/// early.
[[nodiscard]] Result<Program> readTraceAsLoops(const std::filesystem::path& path, const Machine& machine,
                                               Progress& progress);

/// The same for a trace without an architecture: names are taken as they come and mean nothing.
[[nodiscard]] Result<Program> readTraceAsLoops(const std::filesystem::path& path, Progress& progress);

/// One loop kernel of a program: `start` is the number of the first instruction of its first iteration in the
/// unrolled program, `length` the instructions of one iteration.
struct Kernel {
  std::int64_t start = 0;
  std::int64_t length = 0;
  std::int64_t repetitions = 0;
  std::uint32_t depth = 0;  ///< loops around it
  std::uint32_t sourceLine = 0;
};

/// Every loop of a program in program order, outer before inner; inner ones as they are in the first
/// iteration of those around.
[[nodiscard]] std::vector<Kernel> kernelsOf(const Program& program);

}  // namespace taktwerk
