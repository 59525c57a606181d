// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/estimate/layer_task.h"

namespace taktwerk {

/// Mappings that do not take a layer (the first of a chain) after all, and why.
using Refusals = std::map<std::pair<MappingId, LayerId>, std::string>;

/// Which layers go together, every way to run them, and what nobody takes.
struct Plan {
  std::vector<LayerTask> tasks;
  std::vector<UnmappedLayer> unmapped;
};

/// Of the mappings that fit at a layer those with the longest chain, or the one chosen for it. One that
/// leaves something out of every layer (omissionsOf) never fits.
[[nodiscard]] Plan planOf(const Machine& machine, const Network& network,
                          const std::vector<Mapping>& mappings, const EstimateOptions& options,
                          const Refusals& refused);

}  // namespace taktwerk
