// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include "core/engine/full.h"

namespace taktwerk::test {

/// The engine as a TimingFunction; on the way it checks what must hold of every breakdown: it adds up to the
/// cycles and has no negative part.
inline Timing timeAndCheckBreakdown(const Machine& machine, const Program& program, const TimesSink& sink,
                                    Progress& progress) {
  ExplainedTiming explained = timeInFull(machine, program, sink, progress);
  if (explained.timing.ok()) {
    Cycles sum = 0;
    for (const auto& [cause, cycles] : explained.breakdown) {
      EXPECT_GT(cycles, 0) << cause;
      sum += cycles;
    }
    EXPECT_EQ(sum, explained.timing.cycles);
  }
  return explained.timing;
}

}  // namespace taktwerk::test
