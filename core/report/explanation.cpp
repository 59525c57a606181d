// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/explanation.h"

namespace taktwerk {

Explanation explain(const std::shared_ptr<const NetworkEstimate>& estimate, const Remedies* remedies,
                    const std::string& layer) {
  Explanation explanation;
  explanation.estimate = estimate;
  explanation.layer = layer;
  explanation.breakdown = breakdownOf(*estimate);
  explanation.utilisation = utilisationOf(*estimate);
  explanation.traffic = trafficOf(*estimate);
  explanation.roofline = rooflinePlotOf(*estimate);
  explanation.filling = partlyFilled(*estimate);
  if (const auto decider = deciderOf(*estimate)) {
    const bool single = estimate->layers.size() == 1 && estimate->unmapped.empty();
    const std::string& name = single ? estimate->layers.front().name : estimate->network;
    explanation.sentence = bottleneckSentence(*decider, name, remedies);
  }
  return explanation;
}

}  // namespace taktwerk
