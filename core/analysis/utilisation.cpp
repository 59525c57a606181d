// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/utilisation.h"

#include <algorithm>
#include <limits>
#include <map>

namespace taktwerk {

namespace {

double shareOf(Cycles part, const BlockUse& block) {
  const double all =
      static_cast<double>(block.busy) + static_cast<double>(block.waiting) + static_cast<double>(block.idle);
  return all > 0 ? static_cast<double>(part) / all : 0;
}

/// A product that stays at the largest number rather than exceed it.
Cycles product(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  return __builtin_mul_overflow(a, b, &result) ? std::numeric_limits<std::int64_t>::max() : result;
}

std::int64_t slotsOf(const Memory& memory) {
  return memory.maxConcurrentRequests * (memory.kind == MemoryKind::Sram ? memory.banks : 1);
}

/// All objects that do something, in the order of the file.
std::map<MachineObjectId, BlockUsage> objectsOf(const Machine& machine) {
  Usage objects;
  for (const MachineObjectId object : {machine.fetch.accessUnit, machine.fetch.memory}) {
    if (object.valid()) objects[object] = {};
  }
  for (const Stage& stage : machine.stages) {
    const bool pipeline = stage.kind == StageKind::Pipeline;
    objects[{stage.object}].places = pipeline ? stage.capacity : 1;
  }
  for (const Unit& unit : machine.units) objects[{unit.object}] = {};
  for (const Memory& memory : machine.memories) objects[{memory.object}].places = slotsOf(memory);
  return objects;
}

UtilisationTable tableOf(Usage usage, Cycles cycles, const Machine& machine) {
  UtilisationTable table;
  table.cycles = cycles;
  usage.merge(objectsOf(machine));
  for (const auto& [object, used] : usage) {
    BlockUse block{object,      machine.objectNames[object.index()],
                   used.places, used.uses,
                   used.busy,   used.waiting,
                   0,           used.beforeStart};
    // What is under way when the last instruction is over does not count, so nothing exceeds the whole.
    const Cycles whole = product(cycles, used.places);
    block.idle = std::max<Cycles>(0, whole - block.busy - block.waiting);
    table.blocks.push_back(std::move(block));
  }
  std::stable_sort(table.blocks.begin(), table.blocks.end(), [](const BlockUse& a, const BlockUse& b) {
    return a.busyShare() != b.busyShare() ? a.busyShare() > b.busyShare()
                                          : a.waitingShare() > b.waitingShare();
  });
  return table;
}

std::vector<MovedWords> sorted(const std::map<MemoryId, Traffic>& traffic, const Machine& machine) {
  std::vector<MovedWords> uses;
  for (const auto& [id, moved] : traffic) {
    const Memory& memory = machine.memories[id.index()];
    uses.push_back({id, memory.name, moved, slotsOf(memory), memory.dataWidth});
  }
  std::stable_sort(uses.begin(), uses.end(), [](const MovedWords& a, const MovedWords& b) {
    return a.traffic.wordsRead + a.traffic.wordsWritten > b.traffic.wordsRead + b.traffic.wordsWritten;
  });
  return uses;
}

}  // namespace

double BlockUse::busyShare() const {
  return shareOf(busy, *this);
}

double BlockUse::waitingShare() const {
  return shareOf(waiting, *this);
}

UtilisationTable utilisationOf(const LayerEstimate& layer, const Machine& machine) {
  if (layer.usage.empty() && layer.cycles > 0) return {0, {}, {layer.name}};
  return tableOf(layer.usage, layer.cycles, machine);
}

UtilisationTable utilisationOf(const NetworkEstimate& estimate) {
  Usage sum;
  Cycles cycles = 0;
  std::vector<std::string> leftOut;
  for (const LayerEstimate& layer : estimate.layers) {
    if (layer.usage.empty() && layer.cycles > 0) {
      leftOut.push_back(layer.name);
      continue;
    }
    cycles += layer.cycles;
    for (const auto& [object, usage] : layer.usage) {
      BlockUsage& all = sum[object];
      all.places = usage.places;
      all.uses += usage.uses;
      all.busy += usage.busy;
      all.waiting += usage.waiting;
      all.beforeStart += usage.beforeStart;
    }
  }
  UtilisationTable table;
  if (cycles > 0 && estimate.machine) table = tableOf(std::move(sum), cycles, *estimate.machine);
  table.leftOut = std::move(leftOut);
  return table;
}

std::vector<MovedWords> trafficOf(const LayerEstimate& layer, const Machine& machine) {
  return sorted(layer.traffic, machine);
}

std::vector<MovedWords> trafficOf(const NetworkEstimate& estimate) {
  std::map<MemoryId, Traffic> sum;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const auto& [memory, moved] : layer.traffic) {
      Traffic& all = sum[memory];
      all.reads += moved.reads;
      all.writes += moved.writes;
      all.wordsRead += moved.wordsRead;
      all.wordsWritten += moved.wordsWritten;
      all.busy += moved.busy;
    }
  }
  return sum.empty() ? std::vector<MovedWords>{} : sorted(sum, *estimate.machine);
}

}  // namespace taktwerk
