// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped Gemmini against cycles that others measured on its RTL (tests/data/gemmini).
#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>

#include "tests/archs/gemmini_measurements.h"
#include "tests/support/least_squares.h"
#include "tests/tables/regression.h"
#include "tests/tables/tables.h"

namespace taktwerk::tables {
namespace {

constexpr double macsPerCycle = 256;

/// A layer that was measured, and what each kind of estimate says.
struct Compared {
  std::string kind;
  double truth = 0, automatic = 0, published = 0, roofline = 0, ideal = 0;
  std::optional<double> timeloop;
  Features features;
};

/// Nothing where a tile does not fit: half of each memory is a buffer.
std::optional<Compared> compared(const test::MeasuredOnGemmini& layer, bool recorded) {
  const auto cyclesOf = [&](Method method) -> std::optional<double> {
    const NetworkEstimate estimated = test::estimateOf(layer, recorded, method);
    if (hasErrors(estimated.diagnostics)) throw std::runtime_error(estimated.diagnostics.front().message);
    if (!estimated.complete) return std::nullopt;
    return static_cast<double>(estimated.cycles);
  };
  const auto automatic = cyclesOf(Method::Auto);
  if (!automatic) return std::nullopt;
  const Layer& only = layer.network.layers.front();
  return Compared{layer.kind,
                  layer.cycles,
                  *automatic,
                  *cyclesOf(Method::Published),
                  *cyclesOf(Method::Roofline),
                  static_cast<double>(only.macs) / macsPerCycle,
                  layer.timeloop,
                  featuresOf(layer.network, only)};
}

using Rows = std::vector<Compared>;

std::string percent(double value) {
  return fixed(100 * value, 1);
}

/// Mean of the sizes of the relative errors.
double meanError(const Rows& rows, const std::function<double(const Compared&)>& estimate) {
  double sum = 0;
  for (const Compared& row : rows) sum += std::abs(estimate(row) / row.truth - 1);
  return sum / static_cast<double>(rows.size());
}

double bias(const Rows& rows) {
  double sum = 0;
  for (const Compared& row : rows) sum += row.automatic / row.truth - 1;
  return sum / static_cast<double>(rows.size());
}

std::string regressionError(const Rows& rows) {
  constexpr std::size_t enough = 20;  // five coefficients from half of them
  if (rows.size() < enough) return "";
  std::vector<Regressed> samples;
  samples.reserve(rows.size());
  for (const Compared& row : rows) samples.push_back({row.features, row.truth});
  const RegressionResult result = regress(samples);
  return fixed(test::meanAbsolutePercentageError(result.estimates, result.truths), 1);
}

std::vector<std::string> row(const std::string& what, const Rows& rows) {
  const auto error = [&](double Compared::*estimate) {
    return percent(meanError(rows, [=](const Compared& each) { return each.*estimate; }));
  };
  const bool timeloop =
      std::all_of(rows.begin(), rows.end(), [](const Compared& each) { return each.timeloop.has_value(); });
  return {what,
          std::to_string(rows.size()),
          error(&Compared::automatic),
          (bias(rows) > 0 ? "+" : "") + percent(bias(rows)),
          error(&Compared::published),
          error(&Compared::roofline),
          regressionError(rows),
          error(&Compared::ideal),
          timeloop ? percent(meanError(rows, [](const Compared& each) { return *each.timeloop; })) : ""};
}

/// Those that can be estimated.
Rows comparedRows(const std::vector<test::MeasuredOnGemmini>& layers, bool recorded) {
  Rows rows;
  for (const test::MeasuredOnGemmini& layer : layers)
    if (const auto each = compared(layer, recorded)) rows.push_back(*each);
  return rows;
}

Rows every(const Rows& rows, std::size_t first, std::size_t step) {
  Rows chosen;
  for (std::size_t i = first; i < rows.size(); i += step) chosen.push_back(rows[i]);
  return chosen;
}

}  // namespace

namespace {

MeasuredDistance distanceOf(const std::vector<std::pair<double, double>>& truthsAndEstimates) {
  MeasuredDistance distance;
  for (const auto& [truth, estimate] : truthsAndEstimates) {
    const double error = 100 * (estimate / truth - 1);
    ++distance.layers;
    distance.mean += std::abs(error);
    distance.bias += error;
    distance.largest = std::max(distance.largest, std::abs(error));
  }
  distance.mean /= static_cast<double>(distance.layers);
  distance.bias /= static_cast<double>(distance.layers);
  return distance;
}

}  // namespace

MeasuredDistance distanceOfOwnTiles() {
  std::vector<std::pair<double, double>> pairs;
  for (const test::MeasuredOnGemmini& layer : test::measuredWithOwnTiles())
    pairs.emplace_back(layer.cycles, static_cast<double>(test::estimateOf(layer, false).cycles));
  return distanceOf(pairs);
}

MeasuredDistance distanceOfBlocks() {
  const test::Shipped on = test::shipped("gemmini-blocks");
  std::vector<std::pair<double, double>> pairs;
  for (const test::MeasuredOnGemmini& layer : test::measuredWithOwnTiles())
    pairs.emplace_back(layer.cycles, static_cast<double>(test::estimate(on, layer.network).cycles));
  return distanceOf(pairs);
}

std::vector<std::vector<std::string>> distancesFromGemmini() {
  const Rows own = comparedRows(test::measuredWithOwnTiles(), false);
  const Rows other = comparedRows(test::measuredWithOtherTiles(), true);
  std::vector<std::vector<std::string>> rows;
  for (const std::string kind : {"products", "1 x 1", "2 x 2, 3 x 3", "strided"}) {
    Rows chosen;
    std::copy_if(own.begin(), own.end(), std::back_inserter(chosen),
                 [&](const Compared& each) { return each.kind == kind; });
    rows.push_back(row("own tiles: " + kind, chosen));
  }
  rows.push_back(row("own tiles", own));
  rows.push_back(row("— rows 1, 3, 5, …: `command_latency` was chosen on them", every(own, 0, 2)));
  rows.push_back(row("— rows 2, 4, 6, …", every(own, 1, 2)));
  rows.push_back(row("other tiles and orders", other));
  for (const test::MeasuredOnGemmini& layer : test::measuredSingleLayers()) {
    const auto each = compared(layer, false);
    if (!each) throw std::runtime_error(layer.name + " is not mapped");
    rows.push_back(row(layer.name + ": " + grouped(std::llround(layer.cycles)), {*each}));
  }
  return rows;
}

std::string measuredTable() {
  std::cerr << "distances from Gemmini's RTL\n";
  const std::vector<std::string> figures{"layers",   "error, %",   "bias, %", "published",
                                         "roofline", "regression", "ideal",   "Timeloop"};
  std::vector<std::vector<std::string>> rows{{"measured on Gemmini's RTL"}};
  rows.front().insert(rows.front().end(), figures.begin(), figures.end());
  for (std::vector<std::string>& each : distancesFromGemmini()) rows.push_back(std::move(each));
  return markdown(rows, figures);
}

}  // namespace taktwerk::tables
