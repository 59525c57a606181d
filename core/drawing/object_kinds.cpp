// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/object_kinds.h"

namespace taktwerk {

std::vector<BlockKind> objectKindsOf(const Machine& machine) {
  std::vector<BlockKind> kinds(machine.objectNames.size(), BlockKind::Unknown);
  for (const Stage& stage : machine.stages) {
    kinds[stage.object] = stage.kind == StageKind::Fetch ? BlockKind::Control : BlockKind::Stage;
  }
  for (const Unit& unit : machine.units) {
    kinds[unit.object] = unit.accessesMemory ? BlockKind::MemoryAccess : BlockKind::Compute;
  }
  for (const RegisterFile& file : machine.registerFiles) kinds[file.object] = BlockKind::RegisterFile;
  for (const Memory& memory : machine.memories) {
    kinds[memory.object] =
        memory.kind == MemoryKind::Dram ? BlockKind::OffChipMemory : BlockKind::OnChipMemory;
  }
  const auto set = [&](MachineObjectId object, BlockKind kind) {
    if (object.valid() && kinds[object.index()] == BlockKind::Unknown) kinds[object.index()] = kind;
  };
  set(machine.fetch.accessUnit, BlockKind::MemoryAccess);
  set(machine.fetch.memory, BlockKind::OnChipMemory);
  return kinds;
}

}  // namespace taktwerk
