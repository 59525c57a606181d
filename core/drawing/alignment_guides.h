// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/drawing/geometry.h"

namespace taktwerk {

/// A line on which sides or middles of the moved rectangle and of another lie.
struct AlignmentGuide {
  Point from, to;
  friend bool operator==(const AlignmentGuide&, const AlignmentGuide&) = default;
};

/// What a rectangle that is being moved comes in line with.
struct Aligned {
  Point by;  ///< that it is to be moved further, to be in line; a multiple of `grid`
  std::vector<AlignmentGuide> guides;  ///< of its place then: at most one upright and one level line
};

/// Brings a rectangle in line with others: left sides, middles and right sides on one upright line, tops,
/// middles and bottoms on one level line, of those within `reach` that the grid allows the nearest; of
/// equally near lines the one to the nearest rectangle. The line reaches from one rectangle to the other.
[[nodiscard]] Aligned alignWith(const Rect& moved, const std::vector<Rect>& others, double reach,
                                double grid);

}  // namespace taktwerk
