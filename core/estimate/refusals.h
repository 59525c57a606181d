// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/estimate/estimate.h"
#include "core/network/network.h"

namespace taktwerk {

/// Mappings that do not take a layer (the first of a chain) after all, and why: at least one problem each.
using Refusals = std::map<std::pair<MappingId, LayerId>, Diagnostics>;

/// Mistakes in mappings that leave layers unmapped, as warnings at their places, each once, with the layers
/// that it is about. That no choice of tunables fits, or that something is left out, is no mistake but a
/// reason, which the unmapped layers tell.
[[nodiscard]] Diagnostics mistakesIn(const Refusals& refused, const Network& network,
                                     const std::vector<UnmappedLayer>& unmapped);

}  // namespace taktwerk
