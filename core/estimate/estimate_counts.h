// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace taktwerk {

/// How often estimates that share a memory had to do what costs, and how often it was there already.
struct EstimateCounts {
  std::int64_t plans = 0;     ///< mappings matched with all layers of a network
  std::int64_t programs = 0;  ///< made of a mapping and layers
  std::int64_t timed = 0;     ///< programs timed
  std::int64_t programsKnown = 0, timingsKnown = 0;
  std::int64_t energies = 0;  ///< programs whose energy was counted
  friend bool operator==(const EstimateCounts&, const EstimateCounts&) = default;
};

}  // namespace taktwerk
