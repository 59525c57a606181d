// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <span>
#include <string>

#include "core/base/diagnostic.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk {

/// Sizes beyond which a trace is refused (documented in the guide).
inline constexpr std::size_t maximumTraceLineBytes = 1u << 20;
inline constexpr std::int64_t maximumTraceInstructions = 100'000'000;

/// Reads `*.trace.jsonl`, one instruction a line, line by line (the file is never in memory as a whole), and
/// resolves its names on `machine`: a loop-free program. Unknown operations, registers, memories, units,
/// keys and malformed lines are diagnostics with line and column and a "did you mean"; after 100 of them
/// reading stops. Blank lines are passed over; `words` of a memory range is 1 where it is left out. The
/// program is named after the file, without `.trace.jsonl`.
[[nodiscard]] Result<Program> readTrace(const std::filesystem::path& path, const Machine& machine);
[[nodiscard]] Result<Program> readTrace(std::istream& input, const std::string& file, const Machine& machine);

/// Takes a trace's instructions one by one, in their order.
class TraceSink {
 public:
  TraceSink() = default;
  TraceSink(const TraceSink&) = delete;
  TraceSink& operator=(const TraceSink&) = delete;
  virtual ~TraceSink() = default;
  /// `addresses`: one an access, memory reads first. False ends the reading.
  virtual bool add(InstructionTemplate&& instruction, std::span<const std::int64_t> addresses,
                   std::uint32_t sourceLine) = 0;
};

/// As above, handing each instruction over instead of keeping it. What was handed over before a problem was
/// found is void.
[[nodiscard]] Diagnostics readTrace(const std::filesystem::path& path, const Machine& machine,
                                    TraceSink& sink);
/// The same without an architecture: every name is taken as it comes, and numbered in that order.
[[nodiscard]] Diagnostics readTraceWithoutMachine(const std::filesystem::path& path, TraceSink& sink);

/// "gemm" of "some/folder/gemm.trace.jsonl".
[[nodiscard]] std::string traceName(const std::string& file);

/// Writes a program unrolled, one instruction a line, deterministically; empty lists are left out. Stops
/// early when the stream fails.
void writeTrace(std::ostream& output, const Program& program, const Machine& machine);

}  // namespace taktwerk
