// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/estimate/estimate.h"

namespace taktwerk {

inline Machine sampleMachine() {
  Machine machine;
  machine.name = "Tiny";
  machine.units.resize(1);
  machine.units[0].name = "lsu";
  machine.memories.resize(1);
  machine.memories[0].name = "dmem";
  machine.objectNames = {"alu", "dmem"};
  return machine;
}

/// One fused layer with the times of one instruction, and one layer without a mapping.
inline NetworkEstimate sampleEstimate() {
  LayerEstimate layer;
  layer.name = "conv1";
  layer.fused = {"relu1", "pool1"};
  layer.operatorName = "conv2d";
  layer.mapping = "direct";
  layer.tunables = {{"tile_k", 16}};
  layer.macs = 1000;
  layer.instructions = 1234567;
  layer.cycles = 2000;
  layer.exact = false;
  layer.method = "approximation";
  layer.lower = 1990;
  layer.upper = 2010;
  layer.loopIterations = 400;
  layer.evaluatedIterations = 12;
  layer.evaluatedInstructions = 60;
  layer.utilisation = 0.5;
  layer.breakdown = {
      {{WaitCause::Busy, {0}}, 500}, {{WaitCause::Data, {0}}, 1200}, {{WaitCause::Fetch, {}}, 300}};
  layer.roofline = {1000, 1500};
  layer.traffic[MemoryId{0}] = {7, 8, 9, 10, 11};
  layer.times = {{0, 1, 2, 3, 4, 5, 6, UnitId{0}, {{MemoryId{0}, 64, 4, false, 4, 9}}}};

  NetworkEstimate estimate;
  estimate.machine = std::make_shared<const Machine>(sampleMachine());
  estimate.architecture = "Tiny";
  estimate.network = "Small";
  estimate.parameters = {{"arch.rows", 8}, {"network.batch", 1}};
  estimate.cycles = 2000;
  estimate.instructions = 1234567;
  estimate.exact = false;
  estimate.complete = false;
  estimate.seconds = 0.25;
  estimate.layers = {layer};
  estimate.unmapped = {{LayerId{}, "softmax", "softmax", "no mapping takes softmax"}};
  return estimate;
}

}  // namespace taktwerk
