// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// What a closed array shows of its elements: sheets behind the block, a few cells in it, and arrows between
/// neighbours that are connected.
struct ArraySketch {
  struct Arrow {
    Point from;
    Point to;
    ConnectionKind kind = ConnectionKind::Forward;
  };
  std::vector<Rect> sheets;  ///< rearmost first
  std::vector<Rect> cells;
  std::vector<Arrow> arrows;
  std::vector<Point> more;  ///< middles of small dots: there are more elements than cells
};

/// Of a block that is a closed array. One dimension is sketched as a row.
[[nodiscard]] ArraySketch sketchOf(const Block& array);

}  // namespace taktwerk
