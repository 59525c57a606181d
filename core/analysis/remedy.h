// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/study/sensitivity.h"

namespace taktwerk {

/// The steps of parameters that concern an object of the machine: those that the object itself uses, and of a
/// unit those that its stage uses. `object` by the machine's name; empty: what fetches instructions. An
/// element of an array that the document's defaults do not have is looked up by another element.
[[nodiscard]] std::vector<Step> stepsConcerning(const std::string& object, const Study& study,
                                                const StudyOptions& options, const StudyResult& present,
                                                StudyMemory& memory);

/// What those steps come to, each re-estimated; the most useful first (`ranksBefore`). With `options.layer`
/// the figures are that layer's. Cancelled: those that were done.
[[nodiscard]] std::vector<StepOutcome> remediesFor(const std::string& object, const Study& study,
                                                   const StudyOptions& options, const StudyResult& present,
                                                   StudyMemory& memory, Progress& progress);

}  // namespace taktwerk
