// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/estimate/estimate.h"

namespace taktwerk::test {

inline std::shared_ptr<const Machine> machineOf(std::string name, std::vector<std::string> objects) {
  auto machine = std::make_shared<Machine>();
  machine->name = std::move(name);
  machine->objectNames = std::move(objects);
  return machine;
}

inline LayerEstimate layerOf(const std::string& name, std::uint32_t id, const Breakdown& breakdown) {
  LayerEstimate layer;
  layer.layers = {LayerId{id}};
  layer.name = name;
  layer.operatorName = "dense";
  layer.mapping = "direct";
  layer.method = "steady state";
  layer.breakdown = breakdown;
  for (const auto& [cause, cycles] : breakdown) layer.cycles += cycles;
  return layer;
}

inline NetworkEstimate resultOf(std::shared_ptr<const Machine> machine, std::vector<LayerEstimate> layers) {
  NetworkEstimate estimate;
  estimate.architecture = machine->name;
  estimate.machine = std::move(machine);
  estimate.network = "Net";
  estimate.layers = std::move(layers);
  for (const LayerEstimate& layer : estimate.layers) estimate.cycles += layer.cycles;
  return estimate;
}

/// Four layers on a machine whose objects are alu and dmem: one fused with the first, one unmapped.
inline NetworkEstimate resultBefore() {
  LayerEstimate conv = layerOf("conv", 0, {{{WaitCause::Busy, {0}}, 1500}, {{WaitCause::Data, {1}}, 500}});
  conv.layers = {LayerId{0}, LayerId{1}};
  conv.fused = {"relu"};
  conv.exact = false;
  conv.method = "approximation";
  NetworkEstimate estimate =
      resultOf(machineOf("Tiny", {"alu", "dmem"}), {conv, layerOf("fc", 3, {{{WaitCause::Busy, {0}}, 40}}),
                                                    layerOf("old", 4, {{{WaitCause::Fetch, {}}, 60}})});
  estimate.parameters = {{"arch.rows", 4}, {"arch.same", 1}, {"arch.gone", 2}};
  estimate.exact = estimate.complete = false;
  estimate.unmapped = {{LayerId{2}, "softmax", "softmax", "no mapping"}};
  return estimate;
}

/// The same network changed, on a machine that has the objects in another order and one more.
inline NetworkEstimate resultNow() {
  LayerEstimate conv =
      layerOf("conv", 0, {{{WaitCause::Busy, {2}}, 1200}, {{WaitCause::Structural, {0}}, 600}});
  conv.mapping = "tiled";
  conv.tunables = {{"tile_k", 8}};
  NetworkEstimate estimate = resultOf(
      machineOf("Tiny 2", {"bus", "dmem", "alu"}),
      {conv, layerOf("relu", 1, {{{WaitCause::Busy, {2}}, 30}}),
       layerOf("softmax", 2, {{{WaitCause::Busy, {2}}, 20}}),
       layerOf("fc", 3, {{{WaitCause::Busy, {2}}, 40}}), layerOf("new", 5, {{{WaitCause::Busy, {1}}, 10}})});
  estimate.parameters = {{"arch.rows", 8}, {"arch.same", 1}, {"network.batch", 1}};
  return estimate;
}

}  // namespace taktwerk::test
