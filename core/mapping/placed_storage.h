// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/mapping/mapping.h"

namespace taktwerk {

/// Where a mapping puts a tensor or a buffer: words [base, base + words) of a memory.
struct PlacedStorage {
  std::string name;
  bool buffer = false;
  MemoryId memory;
  std::int64_t base = 0;
  std::int64_t words = 0;
};

/// All that a mapping places for these layers, in the order of the file; operands a layer lacks are left out.
/// What is too large for its memory is an error with both figures, as for `mapLayers`.
[[nodiscard]] Result<std::vector<PlacedStorage>> placedStorages(
    const Mapping& mapping, const Machine& machine, const Network& network, std::span<const LayerId> layers,
    const std::map<std::string, std::int64_t>& tunables = {});

}  // namespace taktwerk
