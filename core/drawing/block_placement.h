// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Gives blocks from `sizeBlocks` their places on the canvas and open groups their sizes. Returns the
/// outermost blocks that have no place in the file or in the hints.
std::vector<std::uint32_t> placeBlocks(const FoldedView& shown, const DrawingHints& hints,
                                       std::vector<Block>& blocks);

/// Where the file has to place outermost blocks of a diagram, all of them, so that they are drawn where their
/// `rect` is: open groups push what stands right of them and below.
[[nodiscard]] std::vector<Point> placesInFile(std::vector<Block> blocks);

/// To the nearest multiple of `gridStep`; what is far out comes back.
[[nodiscard]] double toGrid(double value);

}  // namespace taktwerk
