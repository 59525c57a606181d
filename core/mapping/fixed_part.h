// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/mapping/mapping_document.h"

namespace taktwerk {

/// The names from outside that a part of a program depends on, if it holds neither loops nor memory accesses:
/// such a part is the same instructions wherever these names have the same values. Nothing otherwise.
[[nodiscard]] std::optional<std::vector<SlotIndex>> namesOfFixedPart(const SpatialNode& node);

}  // namespace taktwerk
