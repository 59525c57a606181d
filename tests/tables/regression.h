// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/network/network.h"

namespace taktwerk::tables {

/// What a regression knows of a layer: a constant, multiply-accumulates, elements of activations read, of
/// weights and of the result.
using Features = std::vector<double>;
[[nodiscard]] Features featuresOf(const Network& network, const Layer& layer);

/// What was measured (or simulated), and what is known of it.
struct Regressed {
  Features features;
  double truth = 0;
};

/// Estimates of every second sample by a regression that is fitted to the others, beside their truths.
struct RegressionResult {
  std::vector<double> estimates, truths;
};
[[nodiscard]] RegressionResult regress(const std::vector<Regressed>& samples);

}  // namespace taktwerk::tables
