// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/missing_layers.h"

#include <utility>

#include "core/report/estimate_text.h"

namespace taktwerk::cli {

Diagnostics warningsAbout(const NetworkEstimate& estimate, const Network& network) {
  Diagnostics warnings;
  for (const UnmappedLayer& unmapped : estimate.unmapped) {
    Diagnostic warning{Severity::Warning, network.file, {1, 1}, "E0005", {}, unmapped.name};
    for (const Layer& layer : network.layers) {
      if (layer.name == unmapped.name) warning.position = layer.position;
    }
    warning.message = "no mapping takes layer \"" + unmapped.name + "\" (" + unmapped.operatorName +
                      "): " + unmapped.reason;
    warnings.push_back(std::move(warning));
  }
  if (!estimate.complete) {
    warnings.push_back({Severity::Warning, network.file, {1, 1}, "E0006", totalInWords(estimate), {}});
  }
  return warnings;
}

}  // namespace taktwerk::cli
