// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/sweep_row.h"

#include <array>
#include <exception>
#include <utility>

#include "core/study/total_in_words.h"

namespace taktwerk {
namespace {

constexpr std::array states = {PointState::Done, PointState::Infeasible, PointState::Failed,
                               PointState::Cancelled};

/// Failures of estimating have codes of their own; every other error is one of the design.
PointState stateOf(const StudyResult& result) {
  for (const Diagnostic& problem : result.diagnostics) {
    if (problem.severity != Severity::Error) continue;
    return problem.code.starts_with('E') || problem.code.starts_with('P') ? PointState::Failed
                                                                          : PointState::Infeasible;
  }
  return PointState::Infeasible;
}

void estimateInto(SweepRow& row, const Sweep& sweep, const Study& study, const StudyOptions& options,
                  StudyMemory& memory, Progress& progress) {
  const auto result = estimate(study, options, memory, progress);
  if (result->cancelled) {
    row.state = PointState::Cancelled;
    row.reason = "stopped";
    return;
  }
  row.reason = whyNoTotal(*result);
  if (!row.reason.empty()) {
    constexpr std::string_view infeasible = "infeasible: ";  // which the state says already
    if (row.reason.starts_with(infeasible)) row.reason.erase(0, infeasible.size());
    row.state = stateOf(*result);
    return;
  }
  const NetworkEstimate& estimate = *result->estimate;
  row.cycles = estimate.cycles;
  row.instructions = estimate.instructions;
  for (const LayerEstimate& layer : estimate.layers) row.macs += layer.macs;
  row.exact = estimate.exact;
  row.complete = estimate.complete;
  row.figures = figuresOf(estimate, sweep.figures, sweep.batch);
  row.missingLayers = std::ssize(missingLayers(estimate));
  row.reason = missingInWords(estimate);
  if (sweep.layers) row.layers = sweepLayersOf(estimate);
}

}  // namespace

std::string_view toString(PointState state) {
  switch (state) {
    case PointState::Done:
      return "done";
    case PointState::Infeasible:
      return "infeasible";
    case PointState::Failed:
      return "failed";
    case PointState::Cancelled:
      return "cancelled";
  }
  return "";
}

std::optional<PointState> pointStateFrom(std::string_view text) {
  for (const PointState state : states) {
    if (toString(state) == text) return state;
  }
  return std::nullopt;
}

SweepRow estimatePoint(const Sweep& sweep, SweepPoint point, const StudyOptions& options, StudyMemory& memory,
                       Progress& progress) {
  SweepRow row;
  row.point = std::move(point);
  if (!row.point.problem.empty()) {
    row.state = PointState::Infeasible;
    row.reason = row.point.problem;
    return row;
  }
  try {
    estimateInto(row, sweep, studyOf(sweep, row.point), options, memory, progress);
  } catch (const std::exception& failure) {  // one design that is too large must not end all others
    row.state = PointState::Failed;
    row.reason = std::string("the computer failed: ") + failure.what();
  }
  return row;
}

}  // namespace taktwerk
