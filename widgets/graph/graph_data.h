// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/analysis/graph_neighbours.h"
#include "core/analysis/graph_path.h"
#include "core/analysis/graph_window.h"
#include "core/analysis/layer_window.h"
#include "core/drawing/graph_in_time.h"
#include "core/report/graph_words.h"
#include "core/study/study_estimate.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/session/session.h"

namespace taktwerk {

/// The dependency graph of a window of a layer, with all that is shown of it, or why there is none.
struct LayerGraph {
  QString layer;
  ProgramWindow asked;
  std::int64_t limit = 0;  ///< instructions
  LayerProgram program;
  ChosenWindow chosen;
  GraphWindow window;  ///< void unless `made`
  bool made = false;
  ListedInstructions listed;           ///< of all that have nodes
  std::vector<PathStep> path;          ///< the critical one
  std::vector<bool> onPath;            ///< by node
  std::array<GraphInTime, 2> layouts;  ///< by GraphRows
  std::optional<GraphNeighbours> neighbours;
  Diagnostics diagnostics;
  bool cancelled = false;

  [[nodiscard]] const GraphInTime& layout(GraphRows rows) const {
    return layouts[static_cast<std::size_t>(rows)];
  }
};

/// Instructions of a window that are shown unasked, and at most.
inline constexpr std::int64_t shownUnasked = 500, shownAtMost = 20'000;

/// Maps the layer as the estimate does and makes the graph of the window, of at most `limit` instructions.
/// For job threads.
[[nodiscard]] std::shared_ptr<const LayerGraph> graphOfLayer(const EstimateInput& input, const QString& layer,
                                                             const ProgramWindow& window, std::int64_t limit,
                                                             Progress& progress);

}  // namespace taktwerk
