// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/object_table.h"

#include <string_view>
#include <unordered_map>

namespace taktwerk {

ObjectTable::ObjectTable(const Machine& machine, const Architecture& architecture)
    : inDocument_(machine.objectNames.size()), inMachine_(architecture.objects.size()) {
  std::unordered_map<std::string_view, ObjectId> byName;
  byName.reserve(architecture.objects.size());
  for (const ObjectDeclaration& object : architecture.objects) byName.try_emplace(object.name, object.id);
  for (std::uint32_t m = 0; m < machine.objectNames.size(); ++m) {
    const auto found = byName.find(machine.objectNames[m]);
    if (found == byName.end()) continue;
    inDocument_[m] = found->second;
    inMachine_[found->second.index()] = MachineObjectId{m};
  }
}

}  // namespace taktwerk
