// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/report/bottleneck_sentence.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

/// What would help against what decides: steps of the parameters that concern it, and of every parameter. Of
/// all layers, or of one. For job threads; empty when it is cancelled.
struct RemedyStudy {
  Remedies remedies;
  bool known = false;
};
[[nodiscard]] RemedyStudy studyRemedies(const EstimateInput& input, const std::string& layer,
                                        Progress& progress);

}  // namespace taktwerk
