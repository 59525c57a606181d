// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/column_scale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace taktwerk {

namespace {

constexpr double fewDecades = 20;  ///< less apart, and a logarithm says nothing

double lowEnd(const ColumnScale& scale) {
  return scale.words ? scale.least - 0.5 : scale.least;
}
double highEnd(const ColumnScale& scale) {
  return scale.words ? scale.most + 0.5 : scale.most;
}

/// The largest step of 1, 2, 5 times a power of ten of which `most` span the range.
double roundStep(double range, std::size_t most) {
  const double rough = range / static_cast<double>(std::max<std::size_t>(most, 1));
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= rough * (1 - 1e-9)) return digit * power;
  }
  return 10 * power;
}

std::vector<double> linearTicks(const ColumnScale& scale, std::size_t most, bool whole) {
  if (scale.most <= scale.least) return {scale.least};
  double step = roundStep(scale.most - scale.least, most);
  if (whole) step = std::max(step, 1.0);
  std::vector<double> values;
  for (double k = std::ceil(scale.least / step - 1e-9); k * step <= scale.most + step * 1e-9; ++k)
    values.push_back(k * step);
  return values;
}

std::vector<double> decadeTicks(const ColumnScale& scale, std::size_t most) {
  const int first = static_cast<int>(std::floor(std::log10(scale.least) + 1e-9));
  const int last = static_cast<int>(std::ceil(std::log10(scale.most) - 1e-9));
  const auto decades = static_cast<std::size_t>(std::max(1, last - first));
  static constexpr std::array<double, 3> parts{1, 2, 5};
  const std::size_t each = decades * parts.size() <= most ? parts.size() : 1;
  const int step = static_cast<int>((decades + most - 1) / std::max<std::size_t>(most, 1));
  std::vector<double> values;
  for (int decade = first; decade <= last; decade += std::max(1, step)) {
    for (std::size_t part = 0; part < each; ++part) {
      const double value = parts[part] * std::pow(10.0, decade);
      if (value >= scale.least * (1 - 1e-9) && value <= scale.most * (1 + 1e-9)) values.push_back(value);
    }
  }
  // Between two powers of ten that are out of sight: the ends say more than nothing.
  if (values.size() < 2) return {scale.least, scale.most};
  return values;
}

}  // namespace

ScalePlaces::ScalePlaces(const ColumnScale& scale) : scale_(scale), low_(lowEnd(scale)) {
  const double high = highEnd(scale);
  if (high > low_) range_ = scale.logarithmic ? std::log(high / low_) : high - low_;
}

double ScalePlaces::operator()(double value) const {
  if (std::isnan(value)) return scale_.hasNone ? ColumnScale::nonePlace : value;
  if (!scale_.ranks.empty()) value = scale_.ranks[static_cast<std::size_t>(value)];
  double place = 0.5;
  if (scale_.logarithmic) {
    if (value <= 0) return std::numeric_limits<double>::quiet_NaN();
    if (range_ > 0) place = std::log(value / low_) / range_;
  } else if (range_ > 0) {
    place = (value - low_) / range_;
  }
  return scale_.inverted ? 1 - place : place;
}

double ColumnScale::placeOf(double value) const {
  return ScalePlaces(*this)(value);
}

bool ColumnScale::hasPlace(double value) const {
  if (std::isnan(value)) return hasNone;
  if (!ranks.empty()) value = ranks[static_cast<std::size_t>(value)];
  return !logarithmic || value > 0;
}

double ColumnScale::valueAt(double place) const {
  if (inverted) place = 1 - place;
  const double low = lowEnd(*this), high = highEnd(*this);
  if (logarithmic) return low * std::pow(high / low, place);
  return low + place * (high - low);
}

std::vector<double> ranksOf(const RowColumn& column, const std::vector<std::string>& order) {
  std::vector<double> ranks;
  if (order.empty() || !column.isWord()) return ranks;
  double next = 0;
  ranks.assign(column.words.size(), -1);
  for (const std::string& word : order) {
    const auto place = std::find(column.words.begin(), column.words.end(), word);
    if (place == column.words.end()) continue;
    double& rank = ranks[static_cast<std::size_t>(place - column.words.begin())];
    if (rank < 0) rank = next++;
  }
  for (double& rank : ranks) {
    if (rank < 0) rank = next++;
  }
  return ranks;
}

ColumnScale scaleOf(const RowTable& table, std::size_t column, std::vector<double> ranks) {
  ColumnScale scale;
  scale.ranks = std::move(ranks);
  scale.column = column;
  scale.words = table.columns()[column].isWord();
  double least = std::numeric_limits<double>::infinity(), most = -least;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double value = table.number(column, row);
    if (std::isnan(value)) {
      scale.hasNone = !table.columns()[column].isReal();
    } else if (std::isfinite(value)) {
      const double place = scale.ranks.empty() ? value : scale.ranks[static_cast<std::size_t>(value)];
      least = std::min(least, place);
      most = std::max(most, place);
    }
  }
  if (least > most) return scale;
  scale.least = least;
  scale.most = most;
  if (scale.words) return scale;
  scale.isPositive = least > 0;
  scale.logarithmic = scale.isPositive && most >= fewDecades * least;
  return scale;
}

namespace {

/// "29.93 µs", "1.5 s", "0 s".
std::string secondsText(double value) {
  static constexpr std::array<std::pair<double, const char*>, 5> prefixes{
      {{1, " s"}, {1e-3, " ms"}, {1e-6, " µs"}, {1e-9, " ns"}, {1e-12, " ps"}}};
  // What would be written as 1000 of a prefix is 1 of the next.
  constexpr double rounded = 0.99995;
  std::array<char, 40> text{};
  for (const auto& [unit, prefix] : prefixes) {
    if (value != 0 && std::abs(value) < unit * rounded && unit > prefixes.back().first) continue;
    std::snprintf(text.data(), text.size(), "%.4g%s", value / unit, prefix);
    break;
  }
  return text.data();
}

}  // namespace

bool isSeconds(const RowColumn& column) {
  return column.of == RowColumn::Of::Figure && column.unit == "s";
}

std::string axisLabel(const RowTable& table, std::size_t column, double value) {
  if (std::isnan(value)) return "none";
  const RowColumn& of = table.columns()[column];
  if (of.isWord()) {
    const auto place = static_cast<std::size_t>(std::max(0.0, std::round(value)));
    return place < of.words.size() ? of.words[place] : std::string();
  }
  if (isSeconds(of)) return secondsText(value);
  static constexpr std::array<std::pair<double, const char*>, 4> prefixes{
      {{1e12, " T"}, {1e9, " G"}, {1e6, " M"}, {1e4, " k"}}};
  std::array<char, 40> text{};
  for (const auto& [from, prefix] : prefixes) {
    if (std::abs(value) < from * (1 - 1e-9)) continue;
    const double unit = from == 1e4 ? 1e3 : from;
    std::snprintf(text.data(), text.size(), "%.4g%s", value / unit, prefix);
    return text.data();
  }
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

namespace {

/// The word that has this place.
double wordAt(const ColumnScale& scale, double place) {
  const auto found = std::find(scale.ranks.begin(), scale.ranks.end(), place);
  return found == scale.ranks.end() ? place : static_cast<double>(found - scale.ranks.begin());
}

}  // namespace

std::vector<AxisTick> ticksOf(const RowTable& table, const ColumnScale& scale, std::size_t most) {
  std::vector<double> values;
  if (scale.words) {
    const auto count = static_cast<std::size_t>(scale.most - scale.least) + 1;
    const std::size_t step = (count + most - 1) / std::max<std::size_t>(most, 1);
    for (std::size_t word = 0; word < count; word += std::max<std::size_t>(step, 1))
      values.push_back(wordAt(scale, scale.least + static_cast<double>(word)));
  } else if (scale.logarithmic) {
    values = decadeTicks(scale, most);
  } else {
    values = linearTicks(scale, most, !table.columns()[scale.column].isReal());
  }
  std::vector<AxisTick> ticks;
  ticks.reserve(values.size());
  for (const double value : values)
    ticks.push_back({scale.placeOf(value), axisLabel(table, scale.column, value)});
  return ticks;
}

}  // namespace taktwerk
