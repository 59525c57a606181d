// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/method_regression.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/least_squares.h"

namespace taktwerk {

namespace {

/// What is known of a layer's program without timing it.
std::vector<double> featuresOf(const LayerEstimate& layer) {
  double words = 0;
  for (const auto& [memory, traffic] : layer.traffic) {
    words += static_cast<double>(traffic.wordsRead) + static_cast<double>(traffic.wordsWritten);
  }
  return {1.0, static_cast<double>(layer.macs), static_cast<double>(layer.instructions), words};
}

}  // namespace

std::optional<double> referenceOf(const MethodComparison& comparison, std::size_t layer) {
  for (const MethodColumn& column : comparison.columns) {
    if (column.method != comparison.reference) continue;
    const bool counts = column.method == ComparedMethod::Measured || comparison.layers[layer].exact;
    return counts ? column.figures[layer].cycles : std::nullopt;
  }
  return std::nullopt;
}

MethodColumn regressionColumn(const MethodComparison& comparison) {
  MethodColumn column;
  column.method = ComparedMethod::Regression;
  column.figures.resize(comparison.layers.size());
  std::vector<std::size_t> usable;
  for (std::size_t i = 0; i < comparison.layers.size(); ++i) {
    const auto reference = referenceOf(comparison, i);
    if (reference && *reference > 0) {
      usable.push_back(i);
    } else {
      column.figures[i].why = reference ? "the reference is 0 cycles" : "no reference";
    }
  }
  if (usable.size() < fewestRegressionLayers) {
    column.note = "too few layers with a reference for a regression: " + std::to_string(usable.size()) +
                  "; it needs " + std::to_string(fewestRegressionLayers);
    for (const std::size_t i : usable) column.figures[i].why = "too few layers";
    return column;
  }
  std::vector<std::vector<double>> rows;
  std::vector<double> targets;
  for (std::size_t place = 0; place < usable.size(); place += 2) {
    const double reference = *referenceOf(comparison, usable[place]);
    rows.push_back(featuresOf(comparison.automatic->layers[usable[place]]));
    for (double& feature : rows.back()) feature /= reference;
    targets.push_back(1.0);
    column.figures[usable[place]].why = "fitted on";
  }
  const LinearModel model(rows, targets);
  std::size_t judged = 0;
  for (std::size_t place = 1; place < usable.size(); place += 2) {
    const double cycles = model.at(featuresOf(comparison.automatic->layers[usable[place]]));
    MethodFigure& figure = column.figures[usable[place]];
    if (std::isfinite(cycles)) {
      figure.cycles = cycles;
      ++judged;
    } else {
      figure.why = "no finite figure";
    }
  }
  column.note =
      "least squares of relative errors on a constant, MACs, instructions and words moved; fitted on " +
      std::to_string(rows.size()) + " layers, judged on the " + std::to_string(judged) + " between them";
  return column;
}

}  // namespace taktwerk
