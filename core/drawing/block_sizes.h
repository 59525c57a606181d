// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// The diagram's blocks with kind, texts, nesting and size (rect.width and height), not yet placed: children
/// stand relative to their stage's corner.
[[nodiscard]] std::vector<Block> sizeBlocks(const Architecture& architecture);

/// The block that moves when `block` moves: itself, or the stage that contains it.
[[nodiscard]] std::uint32_t outermost(const std::vector<Block>& blocks, std::uint32_t block);

}  // namespace taktwerk
