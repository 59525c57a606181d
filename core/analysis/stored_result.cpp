// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/stored_result.h"

#include <algorithm>
#include <utility>

namespace taktwerk {

namespace {

/// A layer, and where it stands in the network; nowhere of a trace.
using Placed = std::pair<LayerId, StoredLayer>;

std::map<NamedCause, Cycles> causesOf(const Breakdown& breakdown, const Machine& machine) {
  std::map<NamedCause, Cycles> causes;
  for (const auto& [cause, cycles] : breakdown) causes[namedCause(cause, machine)] += cycles;
  return causes;
}

void addTimed(std::vector<Placed>& layers, const LayerEstimate& layer, const NetworkEstimate& estimate) {
  StoredLayer stored;
  stored.name = layer.name;
  stored.side.operatorName = layer.operatorName;
  stored.side.mapping = layer.mapping;
  stored.side.tunables = layer.tunables;
  stored.side.method = layer.method;
  stored.side.exact = layer.exact;
  stored.side.guessed = layer.guessed;
  stored.cycles = layer.cycles;
  if (estimate.machine) {
    stored.causes = causesOf(layer.breakdown, *estimate.machine);
    for (const auto& [memory, traffic] : layer.traffic) {
      stored.traffic[estimate.machine->memories[memory.index()].name] = traffic;
    }
  }
  const LayerSide side = stored.side;
  const auto idOf = [&](std::size_t i) { return i < layer.layers.size() ? layer.layers[i] : LayerId{}; };
  layers.emplace_back(idOf(0), std::move(stored));
  for (std::size_t i = 0; i < layer.fused.size(); ++i) {
    StoredLayer fused;
    fused.name = layer.fused[i];
    fused.side = side;
    fused.side.standing = LayerStanding::Fused;
    fused.side.operatorName.clear();
    fused.side.fusedWith = layer.name;
    layers.emplace_back(idOf(i + 1), std::move(fused));
  }
}

}  // namespace

StoredResult storedResult(const NetworkEstimate& estimate, std::vector<StoredSource> sources) {
  StoredResult result;
  result.architecture = estimate.architecture;
  result.network = estimate.network;
  result.parameters = estimate.parameters;
  if (!estimate.cancelled && !hasErrors(estimate.diagnostics)) result.cycles = estimate.cycles;
  result.exact = estimate.exact;
  result.complete = estimate.complete;
  result.sources = std::move(sources);
  std::vector<Placed> layers;
  for (const LayerEstimate& layer : estimate.layers) addTimed(layers, layer, estimate);
  for (const UnmappedLayer& layer : estimate.unmapped) {
    StoredLayer stored;
    stored.name = layer.name;
    stored.side.standing = LayerStanding::Unmapped;
    stored.side.operatorName = layer.operatorName;
    stored.side.reason = layer.reason;
    layers.emplace_back(layer.layer, std::move(stored));
  }
  std::stable_sort(layers.begin(), layers.end(),
                   [](const Placed& a, const Placed& b) { return a.first < b.first; });
  result.layers.reserve(layers.size());
  for (auto& [id, layer] : layers) result.layers.push_back(std::move(layer));
  return result;
}

}  // namespace taktwerk
