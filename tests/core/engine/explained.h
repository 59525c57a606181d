// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "core/engine/full/full.h"

namespace taktwerk::test {

/// "busy:alu", "wait:data:alu", …
inline std::string textOf(const Cause& cause, const Machine& machine) {
  constexpr const char* kinds[] = {"busy:", "wait:data:", "wait:structural:", "wait:fetch"};
  return kinds[static_cast<std::size_t>(cause.wait)] +
         (cause.object.valid() ? machine.objectNames[cause.object.index()] : std::string()) + " detail " +
         std::to_string(static_cast<int>(cause.detail));
}

/// The engine as a TimingFunction; on the way it checks what must hold of every breakdown: it adds up to the
/// cycles and has no negative part.
inline Timing timeAndCheckBreakdown(const Machine& machine, const Program& program, const TimesSink& sink,
                                    Progress& progress) {
  ExplainedTiming explained = timeInFull(machine, program, sink, progress);
  if (explained.timing.ok()) {
    Cycles sum = 0;
    for (const auto& [cause, cycles] : explained.breakdown) {
      EXPECT_GT(cycles, 0) << textOf(cause, machine);
      sum += cycles;
    }
    EXPECT_EQ(sum, explained.timing.cycles);
  }
  return explained.timing;
}

/// The timing found; where its breakdown or traffic differs from the expected one, with an impossible time,
/// so that the case is shrunk and printed like any other, and both breakdowns on standard output.
inline Timing sameExplanation(const Machine& machine, const ExplainedTiming& expected,
                              const ExplainedTiming& found) {
  Timing timing = found.timing;
  if (timing.cycles != expected.timing.cycles) return timing;
  if (found.breakdown == expected.breakdown && found.traffic == expected.traffic) return timing;
  for (const auto& [cause, cycles] : expected.breakdown)
    std::cout << "expected " << textOf(cause, machine) << ' ' << cycles << '\n';
  for (const auto& [cause, cycles] : found.breakdown)
    std::cout << "found    " << textOf(cause, machine) << ' ' << cycles << '\n';
  timing.cycles = -1;
  return timing;
}

}  // namespace taktwerk::test
