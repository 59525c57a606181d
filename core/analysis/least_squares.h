// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace taktwerk {

/// A linear model of measurements: the coefficients with the least sum of squared differences.
class LinearModel {
 public:
  /// A row of features for each target, all of one length and finite. A feature that the others explain
  /// gets the coefficient 0, so that there always is an answer: orthogonalised columns, the one that
  /// explains most of what is left first, until what is left of them is rounding.
  LinearModel(const std::vector<std::vector<double>>& features, std::span<const double> targets);

  [[nodiscard]] double at(std::span<const double> features) const;
  [[nodiscard]] const std::vector<double>& coefficients() const { return coefficients_; }
  /// Features that are independent of each other.
  [[nodiscard]] std::size_t rank() const { return rank_; }

 private:
  std::vector<double> coefficients_;
  std::size_t rank_ = 0;
};

}  // namespace taktwerk
