// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

/// A layer and the cycles that a cause takes in it.
struct ConcernedLayer {
  std::string layer;
  Cycles cycles = 0;
};

/// What decides how long a network, or one layer, takes: the object that the critical path spent most cycles
/// in or waiting for, or the fetching of instructions.
struct Decider {
  std::string object;        ///< empty: fetching
  MachineObjectId objectId;  ///< none: fetching
  Cycles cycles = 0;         ///< that concern it …
  Cycles busy = 0;           ///< … of which it worked itself
  Cycles all = 0;            ///< of the critical path
  double share = 0;          ///< `cycles` of `all`, 0 to 1
  CauseShare largest;        ///< the longest of its causes
  /// What of the object was waited for longest in that cause; none where it is at work.
  WaitDetail detail = WaitDetail::None;
  std::vector<ConcernedLayer> layers;  ///< in which that cause, with that detail, takes cycles, longest first
};

/// Of all layers, or of the one named; nothing without cycles, or without a layer of that name. Of equals the
/// object that stands first in the file, fetching last.
[[nodiscard]] std::optional<Decider> deciderOf(const NetworkEstimate& estimate,
                                               const std::string& layer = {});

}  // namespace taktwerk
