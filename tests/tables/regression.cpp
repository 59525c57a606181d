// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/tables/regression.h"

#include "tests/support/least_squares.h"

namespace taktwerk::tables {

Features featuresOf(const Network& network, const Layer& layer) {
  double activations = 0, weights = 0;
  for (const TensorId input : layer.inputs) {
    const Tensor& tensor = network.tensor(input);
    (tensor.role == TensorRole::Weight ? weights : activations) += static_cast<double>(tensor.elements());
  }
  return {1, static_cast<double>(layer.macs), activations, weights,
          static_cast<double>(network.tensor(layer.output).elements())};
}

RegressionResult regress(const std::vector<Regressed>& samples) {
  std::vector<Features> features;
  std::vector<double> targets;
  for (std::size_t i = 0; i < samples.size(); i += 2) {
    features.push_back(samples[i].features);
    targets.push_back(samples[i].truth);
  }
  const test::LinearModel model(features, targets);
  RegressionResult result;
  for (std::size_t i = 1; i < samples.size(); i += 2) {
    result.estimates.push_back(model.at(samples[i].features));
    result.truths.push_back(samples[i].truth);
  }
  return result;
}

}  // namespace taktwerk::tables
