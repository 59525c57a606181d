// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/placed_storage.h"

#include "core/mapping/binding.h"
#include "core/mapping/chain.h"
#include "core/mapping/mapping_document.h"

namespace taktwerk {

Result<std::vector<PlacedStorage>> placedStorages(const Mapping& mapping, const Machine& machine,
                                                  const Network& network, std::span<const LayerId> layers,
                                                  const std::map<std::string, std::int64_t>& tunables) {
  const MappingDocument& document = *mapping.document;
  const auto chain = chainOf(document, network, layers);
  if (!chain) return chain.diagnostics;
  Binding binding(document, machine, network, *chain);
  if (!binding.bindNames(tunables) || !binding.placeStorages()) return std::move(binding.diagnostics());
  std::vector<PlacedStorage> placed;
  for (std::size_t i = 0; i < binding.storages().size() && i < document.storages.size(); ++i) {
    const BoundStorage& storage = binding.storages()[i];
    if (!storage.present || !storage.memory.valid()) continue;
    const StorageDeclaration& declaration = document.storages[i];
    placed.push_back(
        {declaration.name, !declaration.operand.has_value(), storage.memory, storage.base, storage.words});
  }
  return placed;
}

}  // namespace taktwerk
