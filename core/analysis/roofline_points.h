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
  /// What the roofs allow it, multiply-accumulates a cycle: the memory at this intensity, and what fetch,
  /// stages and units need at least for the layer's own instructions.
  double bound = 0;
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
  /// Multiply-accumulates a cycle of all units. Where the machine does not tell (no operation is called
  /// `mac`), the most that fetch, stages and units allow in any layer; 0 without one.
  double peak = 0;
  bool peakOfLayers = false;          ///< it is the latter
  std::vector<RooflineLevel> levels;  ///< the one first that is busiest of its roof, over all layers
  std::vector<std::string> without;   ///< layers that have no multiply-accumulates, and no point
};
[[nodiscard]] RooflinePlot rooflinePlotOf(const NetworkEstimate& estimate);

}  // namespace taktwerk
