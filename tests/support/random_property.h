// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/support/architecture_sketch.h"
#include "tests/support/program_sketch.h"
#include "tests/support/shrink.h"
#include "tests/support/timing_function.h"

namespace taktwerk::test {

struct RandomOptions {
  MachineOptions machine;
  ProgramOptions program;
  bool perInstruction = true;  ///< also compare the times of every instruction and access
};

/// Times a program with the reference simulation and with `candidate`. The first difference in words
/// (cycles, number of instructions, deadlock cycle, errors or none, times of instructions), or nothing.
[[nodiscard]] std::optional<std::string> compareTimings(const Machine& machine, const Program& program,
                                                        const TimingFunction& candidate,
                                                        bool perInstruction = true);

/// The case of a seed; the same on every machine.
[[nodiscard]] RandomCase randomCase(std::uint64_t seed, const RandomOptions& options);

/// Holds `candidate` against the reference simulation in the cases of `count` seeds from `firstSeed` on. The
/// first difference is a failure of the running test, with the seed and the smallest case found that shows
/// it, as an architecture file and a trace (and the loops the trace came from).
///
/// The environment variable TAKTWERK_PROPERTY_COUNT replaces `count`, for long runs, and
/// TAKTWERK_PROPERTY_SEED replaces `firstSeed`, to come back to one case.
void checkAgainstReference(std::uint64_t firstSeed, int count, const TimingFunction& candidate,
                           const RandomOptions& options = {});

/// TAKTWERK_PROPERTY_COUNT, or `count`.
[[nodiscard]] int propertyCount(int count);

}  // namespace taktwerk::test
