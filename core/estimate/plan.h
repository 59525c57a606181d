// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/estimate/layer_task.h"
#include "core/estimate/refusals.h"

namespace taktwerk {

/// Which layers go together, every way to run them, and what nobody takes.
struct Plan {
  std::shared_ptr<const std::vector<Mapping>> mappings;  ///< that the tasks point at
  std::vector<LayerTask> tasks;
  std::vector<UnmappedLayer> unmapped;
};

/// Of the mappings that fit at a layer those with the longest chain, or the one chosen for it. One that
/// leaves something out of every layer (omissionsOf) never fits.
[[nodiscard]] Plan planOf(const Machine& machine, const Network& network,
                          const std::vector<Mapping>& mappings, const EstimateOptions& options,
                          const Refusals& refused);

}  // namespace taktwerk
