// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/mapping/mapping_document.h"
#include "core/network/network.h"

namespace taktwerk {

/// Layers assigned to the steps of a mapping's chain; an optional step may have none.
struct Chain {
  std::vector<LayerId> byStep;
  [[nodiscard]] std::vector<LayerId> layers() const;
  /// The layer of a step (`OperandName::lastStep` allowed), or an invalid id.
  [[nodiscard]] LayerId layerOf(std::uint32_t step) const;
};

/// Every way the chain can begin at `first`, the longest first; `reason` says why there is none.
/// A link holds if the next layer is the only one to read what the one before writes, that is no output of
/// the network, and everything else the next layer reads exists before `first` runs.
[[nodiscard]] std::vector<Chain> findChains(const MappingDocument& document, const Network& network,
                                            LayerId first, std::string& reason);

/// The chain that is exactly `layers`; M0302 if there is none.
[[nodiscard]] Result<Chain> chainOf(const MappingDocument& document, const Network& network,
                                    std::span<const LayerId> layers);

/// The tensor of an operand, or an invalid id when the step or the operand is missing.
[[nodiscard]] TensorId tensorOf(const Chain& chain, const Network& network, const OperandName& operand);

}  // namespace taktwerk
