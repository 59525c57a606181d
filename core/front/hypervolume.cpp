// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/front/hypervolume.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>
#include <utility>

namespace taktwerk {
namespace {

/// By objective how far it is better than the reference, above 0: the volume lies between these and the
/// origin.
using Gains = std::vector<double>;

/// Of all points that are not dominated, the best in the first objective first.
std::vector<Gains> undominated(const std::vector<Gains>& all) {
  if (all.empty()) return {};
  std::vector<std::vector<double>> values(all.front().size());
  std::vector<FrontColumn> columns;
  columns.reserve(values.size());
  for (std::size_t o = 0; o < values.size(); ++o) {
    values[o].reserve(all.size());
    for (const Gains& gains : all) values[o].push_back(gains[o]);
    columns.push_back({values[o], true});
  }
  std::vector<Gains> kept;
  kept.reserve(all.size());
  for (const std::size_t point : nonDominated(columns)) kept.push_back(all[point]);
  std::sort(kept.begin(), kept.end(), std::greater<>());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

double areaOfTwo(const std::vector<Gains>& front) {
  double area = 0, height = 0;
  for (const Gains& gains : front) {  // the first becomes less, the second more
    area += gains[0] * (gains[1] - height);
    height = gains[1];
  }
  return area;
}

/// The area under points of two objectives that come one by one.
class Staircase {
 public:
  [[nodiscard]] double area() const { return area_; }
  void add(double width, double height) {
    auto right = steps_.lower_bound(width);  // the first that is as wide or wider
    if (right != steps_.end() && right->second >= height) return;
    double covered = right == steps_.end() ? 0 : right->second;  // height there is already
    if (right != steps_.end() && right->first == width) right = steps_.erase(right);
    double to = width;
    while (right != steps_.begin()) {
      const auto left = std::prev(right);
      area_ += (to - left->first) * (height - covered);
      to = left->first;
      covered = left->second;
      if (covered > height) {
        to = 0;
        break;
      }
      right = steps_.erase(left);
    }
    area_ += to * (height - std::min(covered, height));
    steps_[width] = height;
  }

 private:
  std::map<double, double> steps_;  ///< heights by width; the wider, the lower
  double area_ = 0;
};

double volumeOfThree(const std::vector<Gains>& front) {
  double volume = 0;
  Staircase stairs;
  for (std::size_t i = 0; i < front.size(); ++i) {  // slices of the first objective
    stairs.add(front[i][1], front[i][2]);
    const double next = i + 1 < front.size() ? front[i + 1][0] : 0;
    volume += stairs.area() * (front[i][0] - next);
  }
  return volume;
}

double volumeOf(const std::vector<Gains>& front) {
  if (front.empty()) return 0;
  const std::size_t width = front.front().size();
  if (width == 1) return front.front()[0];
  if (width == 2) return areaOfTwo(front);
  if (width == 3) return volumeOfThree(front);
  double volume = 0;
  for (std::size_t i = 0; i < front.size(); ++i) {
    double whole = 1;
    for (const double gain : front[i]) whole *= gain;
    // What it shares with those behind it is counted with them.
    std::vector<Gains> shared(front.begin() + static_cast<std::ptrdiff_t>(i) + 1, front.end());
    for (Gains& gains : shared) {
      for (std::size_t o = 0; o < width; ++o) gains[o] = std::min(gains[o], front[i][o]);
    }
    volume += whole - volumeOf(undominated(shared));
  }
  return volume;
}

}  // namespace

double hypervolume(const std::vector<FrontColumn>& columns, const std::vector<double>& reference,
                   FrontScale scale) {
  const auto wrong = [&](const FrontColumn& c) { return c.values.size() != columns.front().values.size(); };
  if (reference.size() != columns.size() || std::any_of(columns.begin(), columns.end(), wrong))
    throw std::invalid_argument("columns, or a reference, of different lengths");
  if (columns.empty()) return 0;
  const bool logarithmic = scale == FrontScale::Logarithmic;
  std::vector<Gains> all;
  for (std::size_t p = 0; p < columns.front().values.size(); ++p) {
    Gains gains(columns.size());
    for (std::size_t o = 0; o < columns.size(); ++o) {
      double value = columns[o].values[p], limit = reference[o];
      if (logarithmic && (value <= 0 || limit <= 0)) return std::numeric_limits<double>::quiet_NaN();
      if (logarithmic) value = std::log(value), limit = std::log(limit);
      gains[o] = columns[o].larger ? value - limit : limit - value;
    }
    if (std::all_of(gains.begin(), gains.end(), [](double gain) { return gain > 0; }))
      all.push_back(std::move(gains));
  }
  return volumeOf(undominated(all));
}

std::vector<double> referenceBeyond(const std::vector<FrontColumn>& columns, double factor) {
  std::vector<double> reference;
  reference.reserve(columns.size());
  for (const FrontColumn& column : columns) {
    double worst = std::numeric_limits<double>::quiet_NaN();
    for (const double value : column.values) {
      if (std::isnan(value)) continue;
      if (std::isnan(worst) || (column.larger ? value < worst : value > worst)) worst = value;
    }
    reference.push_back(column.larger ? worst / factor : worst * factor);
  }
  return reference;
}

}  // namespace taktwerk
