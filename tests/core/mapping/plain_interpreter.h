// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/mapping/mapping.h"

namespace taktwerk {

/// What a mapping's program does, found the slow and obvious way: every loop is run iteration by iteration
/// with numbers for its variables, and each instruction becomes a line as `unrolled` writes it. Shares the
/// document and the placement of tensors with the product, but nothing of how loops are taken apart.
[[nodiscard]] std::vector<std::string> interpretPlainly(
    const Mapping& mapping, const Machine& machine, const Network& network,
    const std::vector<LayerId>& layers, const std::map<std::string, std::int64_t>& tunables = {});

}  // namespace taktwerk
