// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/drawing/geometry.h"

namespace taktwerk {

/// What a layout needs to know of a picture: boxes and who points at whom, by index into `boxes`.
struct LayoutGraph {
  struct Edge {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };
  std::vector<Size> boxes;
  std::vector<Edge> edges;
};

/// Places boxes in columns, so that most edges point to the right: longest-path ranks after turning round the
/// edges that close cycles, order within a column by barycentres, and heights as near to the neighbours'
/// middle as boxes in order allow (a least-squares fit by pooling adjacent violators). Columns much taller
/// than the picture is wide are split. Near-linear in the size of the graph; deterministic. Returns the top
/// left corner of each box.
[[nodiscard]] std::vector<Point> layeredLayout(const LayoutGraph& graph);

}  // namespace taktwerk
