// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/standing.h"

#include <algorithm>

namespace taktwerk {

std::string_view labelOf(Standing standing) {
  switch (standing) {
    case Standing::Exact:
      return "exact";
    case Standing::Repeats:
      return "proven to repeat";
    case Standing::Estimated:
      return "estimated";
    case Standing::Bound:
      return "bound";
    case Standing::Incomplete:
      return "incomplete";
    case Standing::OutOfDate:
      return "out of date";
    case Standing::None:
      break;
  }
  return "no result";
}

Standing standingOf(const LayerEstimate& layer) {
  if (layer.guessed) return Standing::Incomplete;
  if (layer.exact) return layer.method == "steady state" ? Standing::Repeats : Standing::Exact;
  return layer.method == "roofline" ? Standing::Bound : Standing::Estimated;
}

Standing standingOf(const NetworkEstimate& estimate) {
  if (hasErrors(estimate.diagnostics) || estimate.layers.empty()) return Standing::None;
  if (!estimate.complete) return Standing::Incomplete;
  Standing worst = Standing::Exact;
  for (const LayerEstimate& layer : estimate.layers) worst = std::max(worst, standingOf(layer));
  return worst;
}

}  // namespace taktwerk
