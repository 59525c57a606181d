// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/method_comparison.h"

#include <cmath>
#include <map>
#include <utility>

#include "core/analysis/method_regression.h"
#include "core/study/study_estimate.h"

namespace taktwerk {

namespace {

/// Errors of a column and their mean.
void judge(const MethodComparison& comparison, MethodColumn& column) {
  column.meanError.reset();
  column.compared = column.noReference = column.zeroReference = 0;
  if (column.method == comparison.reference) return;
  double sum = 0;
  for (std::size_t i = 0; i < column.figures.size(); ++i) {
    MethodFigure& figure = column.figures[i];
    figure.error.reset();
    if (!figure.cycles) continue;
    const auto reference = referenceOf(comparison, i);
    if (!reference) {
      ++column.noReference;
    } else if (*reference == 0) {
      ++column.zeroReference;
    } else {
      figure.error = (*figure.cycles - *reference) / *reference;
      sum += std::abs(*figure.error);
      ++column.compared;
    }
  }
  if (column.compared > 0) column.meanError = sum / static_cast<double>(column.compared);
}

void add(MethodComparison& comparison, MethodColumn column) {
  comparison.columns.push_back(std::move(column));
  for (MethodColumn& each : comparison.columns) judge(comparison, each);
}

/// The column of what was measured; what matches no layer is put aside.
MethodColumn measuredColumn(MethodComparison& comparison, const MeasuredCycles& measured) {
  MethodColumn column;
  column.method = ComparedMethod::Measured;
  column.figures.resize(comparison.layers.size());
  column.note = measured.file;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    column.figures[i].why = "not measured";
    places.emplace(comparison.layers[i].name, i);
  }
  for (const MeasuredLayer& layer : measured.layers) {
    if (const auto found = places.find(layer.layer); found != places.end()) {
      column.figures[found->second] = {layer.cycles, {}, {}};
    } else {
      comparison.unmatched.push_back(layer);
    }
  }
  return column;
}

std::shared_ptr<const StudyResult> timed(const Study& study, Method method, const std::string& layer,
                                         const MethodOptions& options, StudyMemory& memory,
                                         Progress& progress) {
  StudyOptions how{options.how, layer};
  how.how.method = method;
  how.how.perInstruction = false;
  return estimate(study, how, memory, progress);
}

/// Cycles by the name of the layer, or of the first of a chain.
std::map<std::string, const LayerEstimate*> byName(const NetworkEstimate& estimate) {
  std::map<std::string, const LayerEstimate*> layers;
  for (const LayerEstimate& layer : estimate.layers) layers.emplace(layer.name, &layer);
  return layers;
}

std::string whyNone(const StudyResult& result) {
  for (const Diagnostic& problem : result.diagnostics) {
    if (problem.severity == Severity::Error) return problem.message;
  }
  return "not timed";
}

/// The whole network by a method of the estimate.
MethodColumn wholeColumn(const MethodComparison& comparison, ComparedMethod method,
                         const std::shared_ptr<const StudyResult>& result) {
  MethodColumn column;
  column.method = method;
  column.figures.resize(comparison.layers.size());
  const bool there = result->estimate && !hasErrors(result->diagnostics);
  const auto layers = there ? byName(*result->estimate) : std::map<std::string, const LayerEstimate*>();
  if (!there) column.note = whyNone(*result);
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    const auto found = layers.find(comparison.layers[i].name);
    if (found != layers.end()) {
      column.figures[i].cycles = static_cast<double>(found->second->cycles);
    } else {
      column.figures[i].why = there ? "not timed" : column.note;
    }
  }
  return column;
}

/// Layer by layer, those with few instructions. A layer that overlaps with the next one has other cycles
/// alone, which `Auto` tells.
MethodColumn simulatedColumn(const MethodComparison& comparison, const MethodOptions& options,
                             StudyMemory& memory, Progress& progress) {
  MethodColumn column;
  column.method = ComparedMethod::Simulate;
  column.figures.resize(comparison.layers.size());
  std::size_t large = 0;
  for (std::size_t i = 0; i < comparison.layers.size() && !progress.cancelled(); ++i) {
    const ComparedLayer& layer = comparison.layers[i];
    MethodFigure& figure = column.figures[i];
    if (layer.instructions > options.simulateLimit) {
      figure.why = "more than " + std::to_string(options.simulateLimit) + " instructions";
      ++large;
      continue;
    }
    const auto alone = timed(comparison.study, Method::Auto, layer.name, options, memory, progress);
    if (!alone->estimate || alone->estimate->layers.empty() ||
        alone->estimate->layers.front().cycles != comparison.automatic->layers[i].cycles) {
      figure.why = "it overlaps with its neighbours";
      continue;
    }
    const auto result = timed(comparison.study, Method::Simulate, layer.name, options, memory, progress);
    if (result->estimate && !result->estimate->layers.empty() && !hasErrors(result->diagnostics)) {
      figure.cycles = static_cast<double>(result->estimate->layers.front().cycles);
    } else {
      figure.why = whyNone(*result);
    }
  }
  if (large > 0) {
    column.note = std::to_string(large) + (large == 1 ? " layer has" : " layers have") + " more than " +
                  std::to_string(options.simulateLimit) + " instructions and " + (large == 1 ? "is" : "are") +
                  " not simulated";
  }
  return column;
}

}  // namespace

std::string_view toString(ComparedMethod method) {
  switch (method) {
    case ComparedMethod::Auto:
      return "auto";
    case ComparedMethod::Published:
      return "published";
    case ComparedMethod::Roofline:
      return "roofline";
    case ComparedMethod::Regression:
      return "regression";
    case ComparedMethod::Simulate:
      return "simulate";
    case ComparedMethod::Measured:
      break;
  }
  return "measured";
}

MethodComparison beginMethods(const Study& study, const MethodOptions& options, StudyMemory& memory,
                              Progress& progress) {
  MethodComparison comparison;
  comparison.study = study;
  const auto result = timed(study, Method::Auto, {}, options, memory, progress);
  comparison.diagnostics = result->diagnostics;
  comparison.cancelled = result->cancelled;
  comparison.automatic = result->estimate;
  if (!result->estimate || hasErrors(result->diagnostics)) return comparison;
  comparison.architecture = result->estimate->architecture;
  comparison.network = result->estimate->network;
  comparison.unmapped = result->estimate->unmapped;
  for (const LayerEstimate& layer : result->estimate->layers) {
    comparison.layers.push_back({layer.name, layer.fused, layer.instructions, layer.exact});
    comparison.study.choices[layer.name] = {layer.mapping, layer.tunables};
  }
  if (options.measured) {
    comparison.reference = ComparedMethod::Measured;
    comparison.columns.push_back(measuredColumn(comparison, *options.measured));
  }
  add(comparison, wholeColumn(comparison, ComparedMethod::Auto, result));
  return comparison;
}

MethodComparison withMethod(MethodComparison comparison, ComparedMethod method, const MethodOptions& options,
                            StudyMemory& memory, Progress& progress) {
  if (!comparison.automatic || comparison.cancelled) return comparison;
  MethodColumn column;
  switch (method) {
    case ComparedMethod::Published:
    case ComparedMethod::Roofline: {
      const Method how = method == ComparedMethod::Published ? Method::Published : Method::Roofline;
      column = wholeColumn(comparison, method, timed(comparison.study, how, {}, options, memory, progress));
      break;
    }
    case ComparedMethod::Regression:
      column = regressionColumn(comparison);
      break;
    case ComparedMethod::Simulate:
      column = simulatedColumn(comparison, options, memory, progress);
      break;
    case ComparedMethod::Auto:
    case ComparedMethod::Measured:
      return comparison;  // there from the beginning
  }
  comparison.cancelled = progress.cancelled();
  if (!comparison.cancelled) add(comparison, std::move(column));
  return comparison;
}

MethodComparison compareMethods(const Study& study, const MethodOptions& options, StudyMemory& memory,
                                Progress& progress) {
  MethodComparison comparison = beginMethods(study, options, memory, progress);
  for (const ComparedMethod method : furtherMethods) {
    comparison = withMethod(std::move(comparison), method, options, memory, progress);
  }
  return comparison;
}

}  // namespace taktwerk
