// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/effects.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace taktwerk {

namespace {

constexpr std::size_t mostLevels = 12;

/// The level of each row in one column.
struct Levels {
  std::vector<std::uint8_t> of;  ///< by row
  std::vector<EffectLevel> levels;
};

/// As many rows a level as can be without dividing equal values; those without a value by themselves, last.
std::vector<EffectLevel> divided(std::vector<double> values) {
  const auto numbers = std::partition(values.begin(), values.end(), [](double v) { return !std::isnan(v); });
  const bool none = numbers != values.end();
  values.erase(numbers, values.end());
  std::sort(values.begin(), values.end());
  const std::size_t wanted = mostLevels - (none ? 1 : 0);
  std::vector<EffectLevel> levels;
  std::size_t begin = 0;
  for (std::size_t level = 0; level < wanted && begin < values.size(); ++level) {
    std::size_t end = begin + std::max<std::size_t>(1, (values.size() - begin) / (wanted - level));
    while (end < values.size() && values[end] == values[end - 1]) ++end;
    levels.push_back({values[begin], values[end - 1], 0, 0, 0, 0});
    begin = end;
  }
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  if (none) levels.push_back({nothing, nothing, 0, 0, 0, 0});
  return levels;
}

/// The values of a column, each once, none last; at most one more than `mostLevels`.
std::vector<double> fewDistinct(const std::vector<double>& values) {
  std::vector<double> found;
  bool none = false;
  for (const double value : values) {
    if (std::isnan(value)) {
      none = true;
      continue;
    }
    const auto place = std::lower_bound(found.begin(), found.end(), value);
    if (place != found.end() && *place == value) continue;
    found.insert(place, value);
    if (found.size() > mostLevels) return found;
  }
  if (none) found.push_back(std::numeric_limits<double>::quiet_NaN());
  return found;
}

Levels levelsOf(const RowTable& table, const std::vector<std::uint32_t>& rows, std::size_t column) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const std::uint32_t row : rows) values.push_back(table.number(column, row));
  const std::vector<double> all = fewDistinct(values);
  Levels found;
  if (all.size() <= mostLevels) {
    for (const double value : all) found.levels.push_back({value, value, 0, 0, 0, 0});
  } else {
    found.levels = divided(values);
  }
  found.of.reserve(values.size());
  for (const double value : values) {
    std::size_t level = 0;
    while (level + 1 < found.levels.size() &&
           (std::isnan(value) ? !std::isnan(found.levels[level].last) : !(value <= found.levels[level].last)))
      ++level;
    found.of.push_back(static_cast<std::uint8_t>(level));
  }
  return found;
}

/// The sum of squares between groups; `of` gives the group of each row.
template <class Group>
double between(const std::vector<double>& values, double mean, std::size_t groups, const Group& of) {
  std::vector<double> sums(groups);
  std::vector<std::int64_t> counts(groups);
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums[of(i)] += values[i] - mean;
    ++counts[of(i)];
  }
  double squares = 0;
  for (std::size_t g = 0; g < groups; ++g) {
    if (counts[g] > 0) squares += sums[g] * sums[g] / static_cast<double>(counts[g]);
  }
  return squares;
}

void fill(Levels& levels, const std::vector<double>& figures, bool logarithmic) {
  for (std::size_t i = 0; i < figures.size(); ++i) {
    EffectLevel& level = levels.levels[levels.of[i]];
    const double figure = figures[i];
    level.least = level.rows == 0 ? figure : std::min(level.least, figure);
    level.most = level.rows == 0 ? figure : std::max(level.most, figure);
    level.mean += logarithmic ? std::log(figure) : figure;
    ++level.rows;
  }
  for (EffectLevel& level : levels.levels) {
    if (level.rows == 0) continue;
    level.mean /= static_cast<double>(level.rows);
    if (logarithmic) level.mean = std::exp(level.mean);
  }
}

}  // namespace

Effects effectsOn(const RowTable& table, std::span<const std::uint32_t> rows, std::size_t figure,
                  const Progress& progress) {
  Effects effects;
  std::vector<std::uint32_t> with;
  std::vector<double> figures;
  bool positive = true;
  for (const std::uint32_t row : rows) {
    const double value = table.number(figure, row);
    if (!std::isfinite(value)) continue;
    with.push_back(row);
    figures.push_back(value);
    positive = positive && value > 0;
  }
  effects.rows = static_cast<std::int64_t>(with.size());
  effects.logarithmic = positive;
  if (with.empty()) return effects;
  std::vector<double> values = figures;
  if (positive)
    std::transform(values.begin(), values.end(), values.begin(), [](double v) { return std::log(v); });
  double mean = 0, total = 0;
  for (const double value : values) mean += value;
  mean /= static_cast<double>(values.size());
  for (const double value : values) total += (value - mean) * (value - mean);

  std::vector<Levels> levels;
  std::vector<double> shares;
  for (std::size_t column = 0; column < table.columns().size() && !progress.cancelled(); ++column) {
    if (!table.wasVaried(column)) continue;
    Levels of = levelsOf(table, with, column);
    if (of.levels.size() < 2) continue;
    fill(of, figures, positive);
    const double squares = between(values, mean, of.levels.size(), [&](std::size_t i) { return of.of[i]; });
    shares.push_back(total > 0 ? squares / total : 0);
    effects.main.push_back({column, shares.back(), of.levels});
    levels.push_back(std::move(of));
  }
  for (std::size_t a = 0; a < levels.size(); ++a) {
    for (std::size_t b = a + 1; b < levels.size() && !progress.cancelled(); ++b) {
      const std::size_t many = levels[b].levels.size();
      const double squares = between(values, mean, levels[a].levels.size() * many,
                                     [&](std::size_t i) { return levels[a].of[i] * many + levels[b].of[i]; });
      const double share = total > 0 ? squares / total - shares[a] - shares[b] : 0;
      effects.pairs.push_back({effects.main[a].column, effects.main[b].column, std::max(0.0, share)});
    }
  }
  const auto larger = [](const auto& a, const auto& b) { return a.share > b.share; };
  std::stable_sort(effects.main.begin(), effects.main.end(), larger);
  std::stable_sort(effects.pairs.begin(), effects.pairs.end(), larger);
  return effects;
}

}  // namespace taktwerk
