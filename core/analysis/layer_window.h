// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/graph/window.h"
#include "core/program/program.h"

namespace taktwerk {

/// A stretch of a program as people choose it: `count` iterations of its heaviest loop, in the first
/// execution of that, or instructions, from `first` on.
struct WantedWindow {
  bool iterations = true;
  std::int64_t first = 0, count = 2;
};

/// The instructions that were chosen.
struct ChosenWindow {
  InstructionWindow window;     ///< at most `limit` of them
  std::int64_t wanted = 0;      ///< how many there are without that limit
  std::int64_t loopStart = 0;   ///< instruction with which the heaviest loop begins …
  std::int64_t loopLength = 0;  ///< … and instructions of one iteration; 0 without loops
  std::string problem;          ///< why there is no window, and which would do; else empty
};

/// A program without loops is one iteration. A count that goes beyond the end is cut there.
[[nodiscard]] ChosenWindow chooseWindow(const Program& program, const WantedWindow& wanted,
                                        std::int64_t limit);

}  // namespace taktwerk
