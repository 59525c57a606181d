// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace taktwerk {

/// What may be spent on one program before it is approximated. Counted, never timed, so that results are the
/// same on every computer and with any number of threads.
struct TimingBudget {
  std::int64_t evaluated = 20'000'000;  ///< instructions timed singly in search of a steady state
  std::int64_t full = 200'000'000;     ///< programs up to this size are then timed instruction by instruction
  std::int64_t stateWords = 64 << 20;  ///< numbers (8 bytes each) in the machine states that are kept
  std::int64_t small = 0;              ///< programs up to this size at once, if they repeat little
};

}  // namespace taktwerk
