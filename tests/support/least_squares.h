// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace taktwerk::test {

/// A linear model fitted to measurements.
class LinearModel {
 public:
  /// The coefficients with the least sum of squared relative errors: each row of features and its target are
  /// divided by the target (which must not be 0) first, so that small and large ones count alike. Features
  /// are scaled to their largest; a feature that others already explain gets the coefficient 0. Normal
  /// equations, elimination with the largest pivot of the diagonal.
  LinearModel(const std::vector<std::vector<double>>& features, std::span<const double> targets);
  [[nodiscard]] double at(const std::vector<double>& features) const;

 private:
  std::vector<double> coefficients_;
};

/// Mean of |estimate / truth - 1|, in percent.
[[nodiscard]] double meanAbsolutePercentageError(std::span<const double> estimates,
                                                 std::span<const double> truths);

}  // namespace taktwerk::test
