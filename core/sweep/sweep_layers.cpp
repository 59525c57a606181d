// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/sweep_layers.h"

#include <utility>

namespace taktwerk {

std::vector<SweepLayer> sweepLayersOf(const NetworkEstimate& estimate) {
  std::vector<SweepLayer> layers;
  layers.reserve(estimate.layers.size() + estimate.unmapped.size());
  for (const LayerEstimate& timed : estimate.layers) {
    SweepLayer layer;
    layer.name = timed.name;
    layer.fused = timed.fused;
    layer.operatorName = timed.operatorName;
    layer.mapping = timed.mapping;
    layer.tunables = timed.tunables;
    layer.adapted.reserve(timed.adapted.size());
    for (const auto& [name, value] : timed.adapted) layer.adapted.push_back(name);
    layer.cycles = timed.cycles;
    layer.exact = timed.exact;
    layer.guessed = timed.guessed;
    layers.push_back(std::move(layer));
  }
  for (const UnmappedLayer& unmapped : estimate.unmapped) {
    SweepLayer layer;
    layer.name = unmapped.name;
    layer.operatorName = unmapped.operatorName;
    layer.reason = unmapped.reason;
    layers.push_back(std::move(layer));
  }
  return layers;
}

}  // namespace taktwerk
