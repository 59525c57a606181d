// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// The diagram's blocks with kind, texts, nesting and size (rect.width and height), not yet placed: units
/// stand relative to their stage's corner. Open groups have no size yet: that of what is in them is not known
/// before it is placed.
[[nodiscard]] std::vector<Block> sizeBlocks(const FoldedView& shown);
/// Of a group when it is closed.
[[nodiscard]] Size closedSize(const Block& group);

/// The block that moves when `block` moves: itself, or the outermost stage or group that it is drawn in.
[[nodiscard]] std::uint32_t outermost(const std::vector<Block>& blocks, std::uint32_t block);

}  // namespace taktwerk
