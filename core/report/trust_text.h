// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/analysis/standing.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

/// The standing of a figure in a word or two, and in sentences for whoever asks.
struct Trust {
  Standing standing = Standing::None;
  std::string label;        ///< labelOf(standing)
  std::string explanation;  ///< sentences, a paragraph a line: method, what was evaluated, bounds
};

///     Method: steady state. 42 of 573,408 loop bodies and … instructions were timed one by one. The rest …
///
/// With `outOfDate` it says so first, and then what the figure was.
[[nodiscard]] Trust trustIn(const LayerEstimate& layer, bool outOfDate = false);
/// Of a total, with what the architecture's file declares of its validation.
[[nodiscard]] Trust trustIn(const NetworkEstimate& estimate, bool outOfDate = false);

/// What the architecture's file says of how well it fits a machine, one sentence for each comparison:
/// "43 % mean error over 71 points against FireSim RTL (https://…)". Where parameters have other values than
/// in the file, the last sentence says which. Never empty: none declared is said, too.
[[nodiscard]] std::vector<std::string> validationInWords(const Machine& machine);

}  // namespace taktwerk
