// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/sensitivity.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "core/estimate/threads.h"
#include "core/study/study_memory.h"
#include "core/study/total_in_words.h"

namespace taktwerk {

std::optional<Cycles> savedBy(const StepOutcome& outcome, Cycles present) {
  if (!outcome.cycles) return std::nullopt;
  return present - *outcome.cycles;
}

StepOutcome estimateStep(const Study& study, const Step& step, const StudyOptions& options,
                         const StudyResult& present, StudyMemory& memory, Progress& progress) {
  StepOutcome outcome;
  outcome.step = step;
  outcome.result = estimate(withStep(study, step), options, memory, progress);
  outcome.cancelled = outcome.result->cancelled;
  if (outcome.cancelled) return outcome;
  outcome.reason = whyNoTotal(*outcome.result);
  if (!outcome.reason.empty()) return outcome;
  const NetworkEstimate& estimate = *outcome.result->estimate;
  outcome.cycles = estimate.cycles;
  outcome.exact = estimate.exact;
  outcome.complete = estimate.complete;
  outcome.missing = missingInWords(estimate);
  outcome.comparable = step.of != Step::Of::Network && present.estimate != nullptr &&
                       missingLayers(estimate) == missingLayers(*present.estimate);
  return outcome;
}

bool ranksBefore(const StepOutcome& a, const StepOutcome& b) {
  const auto key = [](const StepOutcome& outcome) {
    const int tier = !outcome.cycles ? 2 : outcome.comparable ? 0 : 1;
    return std::tuple(tier, outcome.cycles.value_or(0), settingName(outcome.step), outcome.step.layer,
                      outcome.step.to);
  };
  return key(a) < key(b);
}

std::vector<std::size_t> byEffect(const std::vector<StepOutcome>& outcomes, Cycles present) {
  std::vector<std::size_t> places(outcomes.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  const auto effect = [&](std::size_t place) {
    const StepOutcome& outcome = outcomes[place];
    if (!outcome.cycles || !outcome.comparable) return Cycles{-1};
    return std::max(present - *outcome.cycles, *outcome.cycles - present);
  };
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const Cycles x = effect(a), y = effect(b);
    return x != y ? x > y : ranksBefore(outcomes[a], outcomes[b]);
  });
  return places;
}

Sensitivity presentFigure(const Study& study, const StudyOptions& options, StudyMemory& memory,
                          Progress& progress) {
  Sensitivity result;
  result.present = estimate(study, options, memory, progress);
  result.cancelled = result.present->cancelled;
  if (result.cancelled) return result;
  result.reason = whyNoTotal(*result.present);
  if (!result.reason.empty()) return result;
  const NetworkEstimate& present = *result.present->estimate;
  result.cycles = present.cycles;
  result.exact = present.exact;
  result.complete = present.complete;
  result.missing = missingInWords(present);
  result.steps = stepsOf(study, options, *result.present, memory).size();
  return result;
}

Sensitivity sensitivityOf(const Study& study, const StudyOptions& options, StudyMemory& memory,
                          Progress& progress, const StepListener& listener) {
  Sensitivity result = presentFigure(study, options, memory, progress);
  if (!result.cycles) return result;
  const std::vector<Step> steps = stepsOf(study, options, *result.present, memory);
  std::mutex mutex;
  const auto run = [&](std::size_t k) {
    if (progress.cancelled()) return;
    StepOutcome outcome = estimateStep(study, steps[k], options, *result.present, memory, progress);
    if (outcome.cancelled) return;
    const std::scoped_lock lock(mutex);
    result.outcomes.push_back(std::move(outcome));
    if (listener) listener(result.outcomes.back(), result.outcomes.size(), steps.size());
  };
  inParallel(steps.size(), options.how.jobs, run);
  std::sort(result.outcomes.begin(), result.outcomes.end(), ranksBefore);
  result.cancelled = result.outcomes.size() < steps.size();
  return result;
}

}  // namespace taktwerk
