// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Where a line leaves or reaches a block.
struct LineEnd {
  Point at;
  Side side = Side::Left;
  Rect block;
};
struct LineEnds {
  LineEnd from, to;
};

/// A rectangular line that goes through bends made by hand. The pieces at its ends follow the ports: the
/// first bend slides along with its port, and bends that a block has moved past are left out. Empty when none
/// is left, or the line would cross one of its own blocks: it is to be found as any other then.
[[nodiscard]] std::vector<Point> lineThrough(const LineEnds& ends, std::vector<Point> bends);

/// The bends of a line whose piece from `points[piece]` to the next point is dragged sideways, so that it
/// lies at `to` (y of a level piece, x of an upright one; brought to the grid). The first and the last piece
/// stay at their ports with a short piece. Empty: the line is straight.
[[nodiscard]] std::vector<Point> bendsAfterDrag(const std::vector<Point>& points, std::size_t piece,
                                                double to);

/// Whether a piece of a line that is rectangular runs level, not upright.
[[nodiscard]] inline bool isLevel(const std::vector<Point>& points, std::size_t piece) {
  return points[piece].y == points[piece + 1].y;
}

}  // namespace taktwerk
