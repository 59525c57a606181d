// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// What one object did of the time, in place-cycles (BlockUsage): `busy`, `waiting` and `idle` add up to the
/// cycles times its places.
struct BlockUse {
  MachineObjectId object;
  std::string name;
  std::int64_t places = 1;
  std::int64_t uses = 0;
  Cycles busy = 0, waiting = 0, idle = 0;
  Cycles beforeStart = 0;  ///< of `waiting`: before instructions of a unit could start

  /// Of all its place-cycles, 0 to 1; 0 where there are none.
  [[nodiscard]] double busyShare() const;
  [[nodiscard]] double waitingShare() const;
};

/// Every stage, unit and memory of a machine, and what the fetch stage fetches with: the busiest first, of
/// equals the one that stands first in the file.
struct UtilisationTable {
  Cycles cycles = 0;                 ///< of the layers that are counted
  std::vector<BlockUse> blocks;      ///< all, those that did nothing as well
  std::vector<std::string> leftOut;  ///< layers whose usage is not known, or was not asked for
};

[[nodiscard]] UtilisationTable utilisationOf(const LayerEstimate& layer, const Machine& machine);
/// All layers added up: what was idle in a layer counts as idle.
[[nodiscard]] UtilisationTable utilisationOf(const NetworkEstimate& estimate);

/// What a memory moved.
struct MovedWords {
  MemoryId memory;
  std::string name;
  Traffic traffic;          ///< requests, words, slot-cycles
  std::int64_t places = 1;  ///< requests that it serves at a time, all banks
  std::uint32_t bitsPerWord = 32;
};
/// Memories that were accessed, those first that moved most words; equal ones in the order of the machine.
[[nodiscard]] std::vector<MovedWords> trafficOf(const LayerEstimate& layer, const Machine& machine);
[[nodiscard]] std::vector<MovedWords> trafficOf(const NetworkEstimate& estimate);

}  // namespace taktwerk
