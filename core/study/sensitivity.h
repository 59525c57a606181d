// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/study/steps.h"

namespace taktwerk {

/// What a study comes to with one step taken: the same figure as with that setting made by hand.
struct StepOutcome {
  Step step;
  std::shared_ptr<const StudyResult> result;
  std::optional<Cycles> cycles;  ///< none: the step cannot be taken
  std::string reason;            ///< why not: the first problem
  bool exact = true;
  /// Every layer is in it; else `cycles` is at least what is needed, and `missing` says what is not there.
  bool complete = true;
  std::string missing;  ///< "2 layers missing: …, of guessed size: …"
  /// It is of the same work and counts the same layers as the present figure; else the two are of different
  /// things, and neither is better.
  bool comparable = true;
  bool cancelled = false;
};

/// What the present figure would become with each step.
struct Sensitivity {
  std::shared_ptr<const StudyResult> present;
  std::optional<Cycles> cycles;  ///< the present total; none: there is none to compare with, see `reason`
  std::string reason;
  bool exact = true, complete = true;
  std::string missing;  ///< as of a step
  /// Ranked (`ranksBefore`); of a run that was cancelled those that were done.
  std::vector<StepOutcome> outcomes;
  std::size_t steps = 0;  ///< in all
  bool cancelled = false;
};

/// Cycles that a step saves; below 0 what it costs. None where it cannot be taken.
[[nodiscard]] std::optional<Cycles> savedBy(const StepOutcome& outcome, Cycles present);

/// Estimates one step. `options` are those of the present figure, with whose layers it is compared.
/// Cancelled: an outcome without a figure that says so.
[[nodiscard]] StepOutcome estimateStep(const Study& study, const Step& step, const StudyOptions& options,
                                       const StudyResult& present, StudyMemory& memory, Progress& progress);

/// Comparable figures first, by cycles from few to many; then those of other things; then what cannot be.
/// Equal ones by name, layer and value.
[[nodiscard]] bool ranksBefore(const StepOutcome& a, const StepOutcome& b);

/// Places of the outcomes by how much they change the present figure, most first: comparable ones, equal ones
/// and the others as they are ranked. For charts.
[[nodiscard]] std::vector<std::size_t> byEffect(const std::vector<StepOutcome>& outcomes, Cycles present);

/// Told of each outcome as it is there, one at a time, on any thread: what it is, how many are, of how many.
using StepListener = std::function<void(const StepOutcome& outcome, std::size_t done, std::size_t all)>;

/// The present figure and the number of steps, without outcomes: what there is to say before the first one.
[[nodiscard]] Sensitivity presentFigure(const Study& study, const StudyOptions& options, StudyMemory& memory,
                                        Progress& progress);

/// Estimates every step (`stepsOf`) in parallel on oneTBB, `options.how.jobs` at a time. With `options.layer`
/// the total is that layer's alone. Outcomes come in any order; the list that is returned does not depend on
/// the number of threads. `progress` counts instructions timed.
[[nodiscard]] Sensitivity sensitivityOf(const Study& study, const StudyOptions& options, StudyMemory& memory,
                                        Progress& progress, const StepListener& listener = {});

}  // namespace taktwerk
