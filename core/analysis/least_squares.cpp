// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/least_squares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace taktwerk {

namespace {

using Column = std::vector<double>;

double product(const Column& a, const Column& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

void subtract(Column& from, double times, const Column& what) {
  for (std::size_t i = 0; i < from.size(); ++i) from[i] -= times * what[i];
}

}  // namespace

LinearModel::LinearModel(const std::vector<std::vector<double>>& features, std::span<const double> targets) {
  const std::size_t count = features.empty() ? 0 : features.front().size();
  coefficients_.assign(count, 0.0);
  // Columns of length 1, so that what is left of one tells how independent it is, whatever its unit.
  std::vector<Column> columns(count, Column(features.size()));
  std::vector<double> length(count, 0.0);
  for (std::size_t j = 0; j < count; ++j) {
    for (std::size_t i = 0; i < features.size(); ++i) columns[j][i] = features[i][j];
    const double largest = std::abs(*std::max_element(
        columns[j].begin(), columns[j].end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
    if (largest == 0) continue;
    for (double& value : columns[j]) value /= largest;  // so that no square overflows
    const double norm = std::sqrt(product(columns[j], columns[j]));
    for (double& value : columns[j]) value /= norm;
    length[j] = largest * norm;
  }
  constexpr double rounding = 1e-9;
  Column rest(targets.begin(), targets.end());
  std::vector<std::size_t> order;                   // columns in the order in which they were taken
  std::vector<Column> upper(count, Column(count));  // [k][j]: how much of the k-th taken is in column j
  std::vector<double> share;                        // of the targets in each taken
  std::vector<bool> taken(count, false);
  while (order.size() < count) {
    std::size_t best = count;
    double bestNorm = rounding;
    for (std::size_t j = 0; j < count; ++j) {
      const double norm = taken[j] ? 0 : std::sqrt(product(columns[j], columns[j]));
      if (norm > bestNorm) best = j, bestNorm = norm;
    }
    if (best == count) break;
    taken[best] = true;
    const std::size_t step = order.size();
    order.push_back(best);
    Column& direction = columns[best];
    for (double& value : direction) value /= bestNorm;
    upper[step][best] = bestNorm;
    for (std::size_t j = 0; j < count; ++j) {
      if (taken[j]) continue;
      upper[step][j] = product(direction, columns[j]);
      subtract(columns[j], upper[step][j], direction);
    }
    share.push_back(product(direction, rest));
    subtract(rest, share.back(), direction);
  }
  rank_ = order.size();
  for (std::size_t step = rank_; step-- > 0;) {
    double value = share[step];
    for (std::size_t later = step + 1; later < rank_; ++later) {
      value -= upper[step][order[later]] * coefficients_[order[later]];
    }
    coefficients_[order[step]] = value / upper[step][order[step]];
  }
  for (std::size_t j = 0; j < count; ++j) {
    if (length[j] > 0) coefficients_[j] /= length[j];
  }
}

double LinearModel::at(std::span<const double> features) const {
  return std::inner_product(coefficients_.begin(), coefficients_.end(), features.begin(), 0.0);
}

}  // namespace taktwerk
