// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/network/network.h"

namespace taktwerk {

/// What the user decided for one layer (the first of a chain), instead of leaving it to the estimate.
struct LayerChoice {
  std::string mapping;                           ///< name of the mapping to use; empty: the best
  std::map<std::string, std::int64_t> tunables;  ///< values for the mapping's tunables; the rest keep theirs
  friend bool operator==(const LayerChoice&, const LayerChoice&) = default;
};

/// Choices by the name of the layer, as files hold them, by layer; those for layers that are not there are
/// left out.
[[nodiscard]] std::map<LayerId, LayerChoice> choicesIn(const Network& network,
                                                       const std::map<std::string, LayerChoice>& byName);

}  // namespace taktwerk
