// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/remedy_study.h"

#include <algorithm>

#include "core/analysis/remedy.h"
#include "core/study/study_estimate.h"

namespace taktwerk {

RemedyStudy studyRemedies(const EstimateInput& input, const std::string& layer, Progress& progress) {
  RemedyStudy found;
  const Result<Study> study = studyOf(input);
  if (hasErrors(study.diagnostics)) return found;
  StudyOptions options{{}, layer};
  const auto present = estimate(*study, options, *input.memory, progress);
  if (!present->estimate || present->cancelled || !present->estimate->complete) return found;
  const auto decider = deciderOf(*present->estimate);
  if (!decider) return found;
  Remedies& remedies = found.remedies;
  remedies.present = present->estimate->cycles;
  remedies.own = remediesFor(decider->object, *study, options, *present, *input.memory, progress);
  constexpr double enough = 0.01;
  const bool helps = std::any_of(remedies.own.begin(), remedies.own.end(), [&](const StepOutcome& one) {
    return static_cast<double>(savedBy(one, remedies.present).value_or(0)) >=
           enough * static_cast<double>(remedies.present);
  });
  if (!helps) remedies.all = sensitivityOf(*study, options, *input.memory, progress).outcomes;
  found.known = !progress.cancelled();
  return found;
}

}  // namespace taktwerk
