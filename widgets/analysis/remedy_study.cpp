// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/remedy_study.h"

#include "core/analysis/remedy.h"
#include "core/study/study_estimate.h"

namespace taktwerk {

RemedyStudy studyRemedies(const EstimateInput& input, const std::string& layer, Progress& progress) {
  RemedyStudy found;
  const Result<Study> study = studyOf(input);
  if (hasErrors(study.diagnostics)) return found;
  StudyOptions options{{}, layer};
  options.how.jobs = input.threads;
  const auto present = estimate(*study, options, *input.memory, progress);
  if (!present->estimate || present->cancelled || !present->estimate->complete) return found;
  const auto decider = deciderOf(*present->estimate);
  if (!decider) return found;
  Remedies& remedies = found.remedies;
  remedies.present = present->estimate->cycles;
  remedies.own = remediesFor(decider->object, *study, options, *present, *input.memory, progress);
  // Each point is remembered, so that whoever asks for all of them next finds them there.
  remedies.all = sensitivityOf(*study, options, *input.memory, progress).outcomes;
  found.known = !progress.cancelled();
  return found;
}

}  // namespace taktwerk
