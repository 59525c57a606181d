// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <functional>
#include <iostream>
#include <map>
#include <tuple>

#include "tests/archs/shipped.h"
#include "tests/support/least_squares.h"
#include "tests/support/recorded_circuit.h"
#include "tests/tables/regression.h"
#include "tests/tables/tables.h"

namespace taktwerk::tables {
namespace {

/// What the methods make of one layer.
struct Sample {
  double truth = 0, automatic = 0, published = 0, roofline = 0;
  Features features;
};

/// Convolutions and dense layers of sizes that no two share; small, so that instructions can be simulated
/// singly.
std::vector<Network> furtherLayers() {
  std::vector<Network> networks;
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  for (const auto& [c, k, w, f, stride] : std::vector<std::array<std::int64_t, 5>>{{3, 8, 40, 3, 1},
                                                                                   {8, 8, 32, 5, 1},
                                                                                   {8, 16, 33, 3, 2},
                                                                                   {16, 8, 24, 9, 1},
                                                                                   {16, 16, 50, 1, 1},
                                                                                   {12, 20, 27, 3, 1},
                                                                                   {20, 12, 17, 5, 2},
                                                                                   {24, 24, 13, 3, 1},
                                                                                   {5, 30, 21, 7, 1},
                                                                                   {32, 8, 40, 1, 1},
                                                                                   {10, 10, 64, 3, 2},
                                                                                   {32, 32, 8, 3, 1}}) {
    const std::int64_t q = (w - f) / stride + 1;
    networks.push_back(test::oneLayer(
        "  x: {shape: [1, " + text(c) + ", " + text(w) + "], role: input}\n  w: {shape: [" + text(k) + ", " +
            text(c) + ", " + text(f) + "], bits: 6, role: weight}\n  o: {shape: [1, " + text(k) + ", " +
            text(q) + "], role: output}\n",
        "operator: conv1d, dimensions: {C: " + text(c) + ", K: " + text(k) + ", W: " + text(w) +
            ", F: " + text(f) + ", stride: " + text(stride) + "}, inputs: [x, w], output: o"));
  }
  for (const auto& [n, c, k] : std::vector<std::array<std::int64_t, 3>>{{1, 16, 10},
                                                                        {1, 100, 40},
                                                                        {1, 48, 12},
                                                                        {1, 250, 30},
                                                                        {4, 64, 20},
                                                                        {9, 30, 30},
                                                                        {1, 33, 200},
                                                                        {16, 16, 16}})
    networks.push_back(test::oneLayer("  x: {shape: [" + text(n) + ", " + text(c) +
                                          "], role: input}\n  w: {shape: [" + text(k) + ", " + text(c) +
                                          "], bits: 6, role: weight}\n  o: {shape: [" + text(n) + ", " +
                                          text(k) + "], role: output}\n",
                                      "operator: dense, dimensions: {N: " + text(n) + ", C: " + text(c) +
                                          ", K: " + text(k) + "}, inputs: [x, w], output: o"));
  return networks;
}

double error(const std::vector<Sample>& samples, double Sample::*estimate) {
  std::vector<double> estimates, truths;
  for (const Sample& sample : samples) {
    estimates.push_back(sample.*estimate);
    truths.push_back(sample.truth);
  }
  return test::meanAbsolutePercentageError(estimates, truths);
}

/// Of every second sample, by a regression fitted to the others.
void regressOn(const std::vector<Sample>& samples, std::vector<double>& estimates,
               std::vector<double>& truths) {
  std::vector<Regressed> known;
  known.reserve(samples.size());
  for (const Sample& sample : samples) known.push_back({sample.features, sample.truth});
  const RegressionResult result = regress(known);
  estimates.insert(estimates.end(), result.estimates.begin(), result.estimates.end());
  truths.insert(truths.end(), result.truths.begin(), result.truths.end());
}

std::vector<std::string> row(const std::string& name, const std::string& against,
                             const std::vector<Sample>& samples, double regression) {
  return {name,
          against,
          std::to_string(samples.size()),
          fixed(error(samples, &Sample::automatic), 2),
          fixed(error(samples, &Sample::published), 2),
          fixed(error(samples, &Sample::roofline), 2),
          fixed(regression, 2)};
}

}  // namespace

std::vector<std::string> errorsAgainstSimulation(const std::string& architecture) {
  const test::Shipped on = test::shipped(architecture);
  std::vector<Network> networks = furtherLayers();
  networks.push_back(test::shippedNetwork("tc-resnet8"));
  std::vector<Sample> samples;
  for (const Network& network : networks) {
    const NetworkEstimate simulated = test::estimate(on, network, Method::Simulate);
    const NetworkEstimate automatic = test::estimate(on, network);
    const NetworkEstimate published = test::estimate(on, network, Method::Published);
    const NetworkEstimate roofline = test::estimate(on, network, Method::Roofline);
    for (std::size_t i = 0; i < simulated.layers.size(); ++i) {
      const LayerEstimate& layer = simulated.layers[i];
      if (layer.macs == 0) continue;  // nothing a regression on multiply-accumulates could be fair to
      const std::string& name = layer.name;
      if (automatic.layers[i].name != name || published.layers[i].name != name ||
          roofline.layers[i].name != name)
        throw std::runtime_error("methods differ in which layers are fused");
      Sample sample;
      sample.truth = static_cast<double>(layer.cycles);
      sample.automatic = static_cast<double>(automatic.layers[i].cycles);
      sample.published = static_cast<double>(published.layers[i].cycles);
      sample.roofline = static_cast<double>(roofline.layers[i].cycles);
      for (const Layer& candidate : network.layers)
        if (candidate.name == name) sample.features = featuresOf(network, candidate);
      samples.push_back(std::move(sample));
    }
  }
  std::vector<double> estimates, truths;
  regressOn(samples, estimates, truths);
  return row(architecture, "simulation", samples, test::meanAbsolutePercentageError(estimates, truths));
}

std::vector<std::string> errorsAgainstCircuit() {
  using Size = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
  std::map<Size, std::vector<Sample>> circuits;
  for (const test::RecordedProduct& product : test::recordedProducts()) {
    const test::Shipped on = test::shipped(
        "output-stationary-array",
        {{"rows", product.rows}, {"columns", product.columns}, {"line_words", product.lineWords}});
    const Network network = test::matrixProduct(product.m, product.n, product.k);
    const auto cycles = [&](Method method) {
      return static_cast<double>(test::estimate(on, network, method).cycles);
    };
    circuits[{product.rows, product.columns, product.lineWords}].push_back(
        {static_cast<double>(product.cycles), cycles(Method::Auto), cycles(Method::Published),
         cycles(Method::Roofline), featuresOf(network, network.layers.front())});
  }
  std::vector<Sample> samples;
  std::vector<double> estimates, truths;
  for (const auto& [size, products] : circuits) {
    regressOn(products, estimates, truths);
    samples.insert(samples.end(), products.begin(), products.end());
  }
  return row("output-stationary-array", "circuit", samples,
             test::meanAbsolutePercentageError(estimates, truths));
}

std::string errorTable() {
  std::vector<std::vector<std::string>> rows{
      {"architecture", "against", "layers", "auto", "published", "roofline", "regression"}};
  for (const char* architecture : {"systolic-array", "gemmini", "gemmini-blocks", "ultratrail",
                                   "ultratrail-steps", "plasticine-derived", "tpu-like", "nvdla-like"}) {
    std::cerr << "errors of " << architecture << '\n';
    rows.push_back(errorsAgainstSimulation(architecture));
  }
  std::cerr << "errors against the circuit\n";
  rows.push_back(errorsAgainstCircuit());
  return markdown(rows, {"layers", "auto", "published", "roofline", "regression"});
}

}  // namespace taktwerk::tables
