// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/folded_graph.h"
#include "core/drawing/geometry.h"
#include "core/drawing/layered_layout.h"

namespace taktwerk {

/// A box that has room for its title and what is in it.
[[nodiscard]] Size foldedBoxSize(const std::string& title, const std::string& content);

/// Where the boxes and arrows of a folded graph stand. An arrow is a start and Bézier pieces of three points
/// each.
struct FoldedDrawing {
  std::vector<Rect> boxes;                 ///< by box
  std::vector<std::vector<Point>> arrows;  ///< by edge
};

/// A folded graph on its way to a drawing: what a layout is asked, and what is made of its answer. All arrows
/// from a box to another are one edge there, and what leads back to an earlier box is turned round, so that
/// it does not decide where boxes stand.
///
///     const FoldedLayout layout(folded, sizes);
///     FoldedDrawing drawing = layout.drawn(corners, curves);  // of layout.request(), by any program
///     drawing = layout.plainly();                             // or by layeredLayout
class FoldedLayout {
 public:
  /// `sizes` by box. The graph must outlive it.
  FoldedLayout(const FoldedGraph& folded, std::vector<Size> sizes);

  [[nodiscard]] const LayoutGraph& request() const { return request_; }
  /// `corners` by box of the request, `curves` by edge of it, as arrows are in `FoldedDrawing`; where one is
  /// empty the arrow leads straight from box to box. Arrows of several kinds stand beside each other.
  [[nodiscard]] FoldedDrawing drawn(const std::vector<Point>& corners,
                                    const std::vector<std::vector<Point>>& curves) const;
  /// In columns, with arrows that do not go round boxes.
  [[nodiscard]] FoldedDrawing plainly() const;

 private:
  using Ends = std::pair<std::uint32_t, std::uint32_t>;
  std::map<Ends, std::vector<std::uint32_t>> arrows_;  ///< edges by the boxes that they join
  std::size_t edges_;
  LayoutGraph request_;
};

}  // namespace taktwerk
