// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/digest.h"
#include "core/network/network.h"

namespace taktwerk {

/// All that a mapping can know of a chain of layers: operators, dimensions, how its tensors are joined, their
/// shapes, bits and roles. Two chains with equal signatures become the same program under the same mapping
/// and tunables, but for names. Names are no part of it.
[[nodiscard]] Digest signatureOf(const Network& network, std::span<const LayerId> layers);

}  // namespace taktwerk
