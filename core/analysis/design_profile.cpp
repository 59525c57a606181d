// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/design_profile.h"

#include <algorithm>
#include <string>
#include <utility>

namespace taktwerk {

namespace {

ObjectClass classOf(const Stage& stage) {
  switch (stage.kind) {
    case StageKind::Fetch:
      return ObjectClass::InstructionFetchStage;
    case StageKind::Pipeline:
      return ObjectClass::PipelineStage;
    case StageKind::Execute:
      return ObjectClass::ExecuteStage;
  }
  return ObjectClass::Unknown;
}
ObjectClass classOf(const Unit& unit) {
  return unit.accessesMemory ? ObjectClass::MemoryAccessUnit : ObjectClass::FunctionalUnit;
}
ObjectClass classOf(const RegisterFile& /*file*/) {
  return ObjectClass::RegisterFile;
}
ObjectClass classOf(const Memory& memory) {
  switch (memory.kind) {
    case MemoryKind::Sram:
      return ObjectClass::Sram;
    case MemoryKind::Dram:
      return ObjectClass::Dram;
    case MemoryKind::Cache:
      return ObjectClass::SetAssociativeCache;
  }
  return ObjectClass::Unknown;
}

}  // namespace

std::vector<ObjectClass> classesOf(const Machine& machine) {
  std::vector<ObjectClass> classes(machine.objectNames.size(), ObjectClass::Unknown);
  const auto put = [&](std::uint32_t object, ObjectClass is) {
    if (object < classes.size()) classes[object] = is;
  };
  const auto putAll = [&](const auto& parts) {
    for (const auto& part : parts) put(part.object, classOf(part));
  };
  // The access unit of instructions is none of the others.
  put(machine.fetch.memory.value, ObjectClass::Sram);
  put(machine.fetch.accessUnit.value, ObjectClass::InstructionMemoryAccessUnit);
  putAll(machine.registerFiles);
  putAll(machine.memories);
  putAll(machine.stages);
  putAll(machine.units);
  return classes;
}

namespace {

std::map<std::string, std::int64_t> passesOf(const LayerEstimate& layer, const Machine& machine) {
  std::map<std::string, std::int64_t> passes;
  const auto atLeast = [&](const std::string& name, std::int64_t count) {
    std::int64_t& most = passes[name];
    most = std::max(most, count);
  };
  for (const ImmediateUse& use : layer.immediates) {
    std::int64_t count = 0;
    for (const auto& [value, times] : use.executions) count += times;
    atLeast(use.operation, count);
  }
  for (const auto& [object, use] : layer.usage) {
    if (object.index() >= machine.objectNames.size() || use.uses <= 0) continue;
    const std::string& name = machine.objectNames[object.index()];
    const std::string array = withoutIndexes(name);
    if (array != name) atLeast(array, use.uses);
  }
  return passes;
}

LayerProfile profileOf(const LayerEstimate& layer, const Machine& machine,
                       const std::vector<ObjectClass>& classes) {
  LayerProfile profile;
  profile.name = layer.name;
  profile.cycles = layer.cycles;
  profile.mapping = layer.mapping;
  profile.tunables = layer.tunables;
  profile.adapted = layer.adapted;
  profile.passes = passesOf(layer, machine);
  for (const CauseShare& share : causeTable(layer.breakdown, machine).causes) {
    const WaitDetail detail = share.details.empty() ? WaitDetail::None : share.details.front().detail;
    const ObjectClass objectClass =
        share.object.index() < classes.size() ? classes[share.object.index()] : ObjectClass::Unknown;
    profile.causes.push_back({share.cause, detail, objectClass, share.cycles});
  }
  return profile;
}

}  // namespace

const LayerProfile* DesignProfile::find(const std::string& layer) const {
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const LayerProfile& each) { return each.name == layer; });
  return found == layers.end() ? nullptr : &*found;
}

DesignProfile profileOf(const NetworkEstimate& estimate) {
  DesignProfile profile;
  profile.cycles = estimate.cycles;
  profile.exact = estimate.exact;
  profile.complete = estimate.complete;
  if (!estimate.machine) return profile;
  const std::vector<ObjectClass> classes = classesOf(*estimate.machine);
  profile.layers.reserve(estimate.layers.size());
  for (const LayerEstimate& layer : estimate.layers)
    profile.layers.push_back(profileOf(layer, *estimate.machine, classes));
  for (const UnmappedLayer& layer : estimate.unmapped) profile.unmapped.push_back(layer.name);
  for (PartlyFilled& filled : partlyFilled(estimate)) {
    for (LayerProfile& layer : profile.layers) {
      if (layer.name != filled.layer) continue;
      layer.filling.push_back(std::move(filled));
      break;
    }
  }
  return profile;
}

}  // namespace taktwerk
