// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/least_squares.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace taktwerk::test {

LinearModel::LinearModel(const std::vector<std::vector<double>>& features, std::span<const double> targets) {
  const std::size_t count = features.empty() ? 0 : features.front().size();
  coefficients_.assign(count, 0.0);
  std::vector<double> scale(count, 0.0);
  for (std::size_t row = 0; row < features.size(); ++row)
    for (std::size_t i = 0; i < count; ++i)
      scale[i] = std::max(scale[i], std::abs(features[row][i] / targets[row]));

  std::vector<std::vector<double>> equations(count, std::vector<double>(count + 1, 0.0));
  for (std::size_t row = 0; row < features.size(); ++row) {
    const auto relative = [&](std::size_t i) {
      return scale[i] > 0 ? features[row][i] / targets[row] / scale[i] : 0.0;
    };
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) equations[i][j] += relative(i) * relative(j);
      equations[i][count] += relative(i);
    }
  }

  std::vector<bool> solved(count, false);
  for (std::size_t step = 0; step < count; ++step) {
    std::size_t pivot = count;
    for (std::size_t i = 0; i < count; ++i)
      if (!solved[i] && (pivot == count || equations[i][i] > equations[pivot][pivot])) pivot = i;
    if (equations[pivot][pivot] < 1e-9) break;  // the rest is explained by those before
    solved[pivot] = true;
    const double diagonal = equations[pivot][pivot];
    for (double& entry : equations[pivot]) entry /= diagonal;
    for (std::size_t i = 0; i < count; ++i) {
      if (i == pivot) continue;
      const double factor = equations[i][pivot];
      for (std::size_t j = 0; j <= count; ++j) equations[i][j] -= factor * equations[pivot][j];
    }
  }
  for (std::size_t i = 0; i < count; ++i)
    if (solved[i]) coefficients_[i] = equations[i][count] / scale[i];
}

double LinearModel::at(const std::vector<double>& features) const {
  double sum = 0;
  for (std::size_t i = 0; i < coefficients_.size(); ++i) sum += coefficients_[i] * features[i];
  return sum;
}

double meanAbsolutePercentageError(std::span<const double> estimates, std::span<const double> truths) {
  double sum = 0;
  for (std::size_t i = 0; i < truths.size(); ++i) sum += std::abs(estimates[i] / truths[i] - 1);
  return truths.empty() ? 0 : 100 * sum / static_cast<double>(truths.size());
}

}  // namespace taktwerk::test
