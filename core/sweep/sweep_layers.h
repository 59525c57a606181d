// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// What became of a layer of a point, as a sweep keeps it of thousands of points.
struct SweepLayer {
  std::string name;                ///< of the first layer of a chain
  std::vector<std::string> fused;  ///< names of the further layers of the chain
  std::string operatorName;
  std::string mapping;  ///< its name; empty of a layer that no mapping takes
  std::map<std::string, std::int64_t> tunables;
  std::vector<std::string> adapted;  ///< tunables that are not the defaults because these do not fit
  std::string reason;                ///< why it has no cycles; empty of one that has
  Cycles cycles = 0;
  bool exact = true;
  bool guessed = false;  ///< the size of a tensor of it is a guess

  friend bool operator==(const SweepLayer&, const SweepLayer&) = default;
};

/// The layers of an estimate: those with cycles in their order, then those without.
[[nodiscard]] std::vector<SweepLayer> sweepLayersOf(const NetworkEstimate& estimate);

}  // namespace taktwerk
