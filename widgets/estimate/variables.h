// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/space/suggest.h"

namespace taktwerk {

class EstimateController;

/// Something of what is studied that can be varied.
struct Variable {
  std::string name;  ///< "arch.rows", "network.batch", "mapping.tile_k"
  std::string description;
  KnownRange range;
};

/// The parameters of the open architecture and of the chosen network, and the tunables of the mappings that
/// the latest estimate used.
[[nodiscard]] std::vector<Variable> variablesOf(const EstimateController& estimates);

}  // namespace taktwerk
