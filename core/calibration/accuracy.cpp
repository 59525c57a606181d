// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "core/calibration/calibration.h"

namespace taktwerk {
namespace {

/// The accuracy of errors, in their order.
class Errors {
 public:
  void add(const std::optional<double>& error) {
    if (!error) {
      ++accuracy_.missing;
      return;
    }
    ++accuracy_.rows;
    sizes_ += std::abs(*error);
    sum_ += *error;
    accuracy_.largest = std::max(accuracy_.largest, std::abs(*error));
  }
  [[nodiscard]] Accuracy accuracy() const {
    Accuracy accuracy = accuracy_;
    if (accuracy.rows == 0) return accuracy;
    accuracy.meanAbsolute = sizes_ / static_cast<double>(accuracy.rows);
    accuracy.bias = sum_ / static_cast<double>(accuracy.rows);
    return accuracy;
  }

 private:
  Accuracy accuracy_;
  double sizes_ = 0, sum_ = 0;
};

std::optional<std::int64_t> valueIn(const Measurement& row, const std::string& name) {
  const auto found = row.dimensions.find(name);
  if (found != row.dimensions.end()) return found->second;
  for (const Setting& setting : row.settings) {
    if (setting.name == name) return setting.value;
  }
  return std::nullopt;
}

constexpr std::size_t fewValues = 6, ranges = 4;

/// Values of a dimension in groups: each a first and a last one.
std::vector<std::pair<std::int64_t, std::int64_t>> groupsOfValues(std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  std::vector<std::int64_t> distinct = values;
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::vector<std::pair<std::int64_t, std::int64_t>> groups;
  if (distinct.size() <= fewValues) {
    for (const std::int64_t value : distinct) groups.emplace_back(value, value);
    return groups;
  }
  for (std::size_t g = 0; g < ranges; ++g) {
    const std::int64_t last = values[(g + 1) * values.size() / ranges - 1];
    const auto first = groups.empty()
                           ? distinct.begin()
                           : std::upper_bound(distinct.begin(), distinct.end(), groups.back().second);
    if (first != distinct.end() && *first <= last) groups.emplace_back(*first, last);
  }
  return groups;
}

}  // namespace

std::optional<double> errorOf(const Measurement& measured, const EstimatedRow& estimated) {
  if (!estimated.cycles) return std::nullopt;
  return static_cast<double>(*estimated.cycles) / measured.cycles - 1;
}

Accuracy accuracyOf(const Measurements& measurements, const std::vector<EstimatedRow>& estimated,
                    const std::vector<bool>& fitted, Rows which) {
  Errors errors;
  for (std::size_t i = 0; i < estimated.size(); ++i) {
    const bool inFitted = i < fitted.size() && fitted[i];
    if (which != Rows::All && inFitted != (which == Rows::Fitted)) continue;
    errors.add(errorOf(measurements.rows[i], estimated[i]));
  }
  return errors.accuracy();
}

std::optional<double> spreadOf(const Measurements& measurements) {
  double sum = 0;
  int rows = 0;
  for (const Measurement& row : measurements.rows) {
    if (!row.least || !row.most) continue;
    sum += (*row.most - *row.least) / 2 / row.cycles;
    ++rows;
  }
  return rows == 0 ? std::nullopt : std::optional(sum / rows);
}

std::vector<RowGroup> groupsOf(const Measurements& measurements, const std::vector<EstimatedRow>& estimated) {
  std::vector<RowGroup> groups;
  for (const std::string& name : measurements.varied) {
    std::vector<std::int64_t> values;
    for (const Measurement& row : measurements.rows) {
      if (const auto value = valueIn(row, name)) values.push_back(*value);
    }
    for (const auto& [first, last] : groupsOfValues(values)) {
      Errors errors;
      for (std::size_t i = 0; i < estimated.size(); ++i) {
        const auto value = valueIn(measurements.rows[i], name);
        if (value && *value >= first && *value <= last)
          errors.add(errorOf(measurements.rows[i], estimated[i]));
      }
      groups.push_back({name, first, last, std::nullopt, errors.accuracy()});
    }
  }
  std::map<NamedCause, Errors> byCause;
  for (std::size_t i = 0; i < estimated.size(); ++i) {
    if (estimated[i].cause) byCause[*estimated[i].cause].add(errorOf(measurements.rows[i], estimated[i]));
  }
  const std::size_t first = groups.size();
  for (const auto& [cause, errors] : byCause) groups.push_back({{}, 0, 0, cause, errors.accuracy()});
  std::stable_sort(groups.begin() + static_cast<std::ptrdiff_t>(first), groups.end(),
                   [](const RowGroup& a, const RowGroup& b) { return a.accuracy.rows > b.accuracy.rows; });
  return groups;
}

}  // namespace taktwerk
