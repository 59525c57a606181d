// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// A layer in a roofline plot (Williams, Waterman and Patterson, CACM 2009), at one memory: how many
/// multiply-accumulates it has for each word that the memory moves, and how many it does a cycle.
struct RooflinePoint {
  std::string layer;
  double intensity = 0;     ///< multiply-accumulates a word
  double macsPerCycle = 0;  ///< that were had
  double bound = 0;         ///< what the roofs allow at this intensity, multiply-accumulates a cycle
};

/// The roof that a memory is: so many words a cycle at most.
struct RooflineLevel {
  MemoryId memory;
  std::string name;
  /// The words that all its slots move a cycle, with requests as large as those of the layer that made the
  /// most of them, or that its ports move; none where requests took no time and there is no limit of ports.
  std::optional<double> wordsPerCycle;
  std::vector<RooflinePoint> points;  ///< in the order of the network
};

struct RooflinePlot {
  double peak =
      0;  ///< multiply-accumulates a cycle of all units; 0: not known (no operation is called `mac`)
  std::vector<RooflineLevel> levels;  ///< the one first that is busiest of its roof, over all layers
  std::vector<std::string> without;   ///< layers that have no multiply-accumulates, and no point
};
[[nodiscard]] RooflinePlot rooflinePlotOf(const NetworkEstimate& estimate);

}  // namespace taktwerk
