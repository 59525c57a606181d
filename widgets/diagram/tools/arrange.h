// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/drawing/geometry.h"

namespace taktwerk {

enum class Alignment { Left, Right, Top, Bottom, CentreX, CentreY };

/// Where rectangles go so that their sides or middles lie on one line: that of the outermost, or the middle
/// of all. Corners, in the order given; sizes stay. Multiples of the grid where the sizes are.
[[nodiscard]] std::vector<Point> aligned(const std::vector<Rect>& rects, Alignment alignment);
/// With equal gaps between the first and the last, as far as the grid allows; in the order of their places.
[[nodiscard]] std::vector<Point> distributed(const std::vector<Rect>& rects, bool horizontally);

/// Where rectangles go that should stand at `wanted` but on none of `taken`, nor on each other: down their
/// column to the first place that is free with a gap of four steps of the grid. In the order given.
[[nodiscard]] std::vector<Point> madeRoom(const std::vector<Rect>& wanted, const std::vector<Rect>& taken);

}  // namespace taktwerk
