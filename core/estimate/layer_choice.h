// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace taktwerk {

/// What the user decided for one layer (the first of a chain), instead of leaving it to the estimate.
struct LayerChoice {
  std::string mapping;                           ///< name of the mapping to use; empty: the best
  std::map<std::string, std::int64_t> tunables;  ///< values for the mapping's tunables; the rest keep theirs
  friend bool operator==(const LayerChoice&, const LayerChoice&) = default;
};

}  // namespace taktwerk
