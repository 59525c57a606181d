// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/roofline_points.h"

#include <algorithm>
#include <map>

#include "core/estimate/time_program.h"

namespace taktwerk {

namespace {

double wordsOf(const Traffic& traffic) {
  return static_cast<double>(traffic.wordsRead) + static_cast<double>(traffic.wordsWritten);
}

double slotsOf(const Memory& memory) {
  const std::int64_t banks = memory.kind == MemoryKind::Sram ? memory.banks : 1;
  return static_cast<double>(memory.maxConcurrentRequests) * static_cast<double>(banks);
}

/// Words a cycle that a memory can move with such requests, and through its ports.
std::optional<double> roofOf(const Memory& memory, const std::vector<const LayerEstimate*>& layers,
                             MemoryId id) {
  std::optional<double> roof;
  for (const LayerEstimate* layer : layers) {
    const auto moved = layer->traffic.find(id);
    if (moved == layer->traffic.end() || moved->second.busy <= 0) continue;
    const double words = wordsOf(moved->second) * slotsOf(memory) / static_cast<double>(moved->second.busy);
    roof = std::max(roof.value_or(0), words);
  }
  if (!memory.readWritePorts || memory.kind == MemoryKind::Cache) return roof;
  const double banks = memory.kind == MemoryKind::Sram ? static_cast<double>(memory.banks) : 1;
  const double ports = static_cast<double>(*memory.readWritePorts) * banks *
                       static_cast<double>(memory.portWidth) /
                       static_cast<double>(std::max<Cycles>(1, memory.beatInterval));
  return roof ? std::min(*roof, ports) : ports;
}

/// Multiply-accumulates a cycle that fetch, stages and units allow a layer.
double computeRoofOf(const LayerEstimate& layer) {
  return layer.roofline.compute > 0
             ? static_cast<double>(layer.macs) / static_cast<double>(layer.roofline.compute)
             : 0;
}

double least(double a, double b) {
  return a <= 0 ? b : b <= 0 ? a : std::min(a, b);
}

/// The share of its roof that a memory moved over all layers.
double loadOf(const RooflineLevel& level, const std::vector<const LayerEstimate*>& layers) {
  if (!level.wordsPerCycle) return 0;
  double words = 0, cycles = 0;
  for (const LayerEstimate* layer : layers) {
    cycles += static_cast<double>(layer->cycles);
    const auto moved = layer->traffic.find(level.memory);
    if (moved != layer->traffic.end()) words += wordsOf(moved->second);
  }
  return cycles > 0 ? words / cycles / *level.wordsPerCycle : 0;
}

}  // namespace

RooflinePlot rooflinePlotOf(const NetworkEstimate& estimate) {
  RooflinePlot plot;
  if (!estimate.machine) return plot;
  const Machine& machine = *estimate.machine;
  plot.peak = peakMacsPerCycle(machine);
  std::vector<const LayerEstimate*> layers;
  for (const LayerEstimate& layer : estimate.layers) {
    if (layer.macs > 0 && layer.cycles > 0) {
      layers.push_back(&layer);
      // Where an instruction called `mac` is more than one, the units have no peak that could be told.
      if (static_cast<double>(layer.macs) > static_cast<double>(layer.cycles) * plot.peak) plot.peak = 0;
    } else {
      plot.without.push_back(layer.name);
    }
  }
  if (plot.peak <= 0) {
    plot.peakOfLayers = true;
    for (const LayerEstimate* layer : layers) plot.peak = std::max(plot.peak, computeRoofOf(*layer));
  }
  for (std::uint32_t m = 0; m < machine.memories.size(); ++m) {
    RooflineLevel level{{m}, machine.memories[m].name, roofOf(machine.memories[m], layers, {m}), {}};
    for (const LayerEstimate* layer : layers) {
      const auto moved = layer->traffic.find({m});
      if (moved == layer->traffic.end() || wordsOf(moved->second) <= 0) continue;
      const auto macs = static_cast<double>(layer->macs);
      RooflinePoint point{layer->name, macs / wordsOf(moved->second),
                          macs / static_cast<double>(layer->cycles), 0};
      const double byMemory = level.wordsPerCycle ? point.intensity * *level.wordsPerCycle : 0;
      const double byUnits = least(computeRoofOf(*layer), plot.peakOfLayers ? 0 : plot.peak);
      point.bound = least(byMemory, byUnits);
      level.points.push_back(point);
    }
    if (!level.points.empty()) plot.levels.push_back(std::move(level));
  }
  std::stable_sort(
      plot.levels.begin(), plot.levels.end(),
      [&](const RooflineLevel& a, const RooflineLevel& b) { return loadOf(a, layers) > loadOf(b, layers); });
  return plot;
}

}  // namespace taktwerk
