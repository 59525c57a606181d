// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "app/layout/graph_input.h"

namespace taktwerk_layout {

struct Place {
  double x = 0;
  double y = 0;
};

struct Layout {
  double width = 0;
  double height = 0;
  std::vector<Place> corners;              ///< top left, one a box
  std::vector<std::vector<Place>> curves;  ///< one an arrow; empty where dot drew none
};

/// Places the graph with Graphviz's dot, from left to right. False when Graphviz fails.
[[nodiscard]] bool layOut(const Graph& graph, Layout& layout);

}  // namespace taktwerk_layout
