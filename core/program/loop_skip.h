// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/machine/machine.h"

namespace taktwerk {

/// Iterations of a loop that need not be run to know what follows: where they end, the machine is in the
/// state in which it was where they begin, relative to then. Instructions are numbers in the unrolled
/// program.
struct LoopSkip {
  std::int64_t at = 0;      ///< the first instruction left out
  std::int64_t period = 0;  ///< instructions that repeat, those of loops further in among them
  std::int64_t times = 0;   ///< how often they are left out
  std::int64_t run = 1;     ///< how often they were run just before
  Cycles periodCycles = 0;

  [[nodiscard]] std::int64_t end() const { return at + period * times; }
};

}  // namespace taktwerk
