// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>

#include "core/estimate/estimate.h"
#include "core/study/study_estimate.h"

namespace taktwerk {

/// Layers that a total does not count, or counts with a guess.
[[nodiscard]] std::set<std::string> missingLayers(const NetworkEstimate& estimate);

/// "2 layers missing: fc (no mapping …) …, 1 layer of guessed size"; empty of a complete estimate.
[[nodiscard]] std::string missingInWords(const NetworkEstimate& estimate);

/// Why there is no total; empty when there is one.
[[nodiscard]] std::string whyNoTotal(const StudyResult& result);

}  // namespace taktwerk
