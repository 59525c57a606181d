// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/tunable_search.h"

#include <algorithm>
#include <set>

namespace taktwerk {

namespace {

class Search {
 public:
  Search(const std::vector<Tunable>& tunables, std::int64_t budget, const TimeChoices& time)
      : tunables_(tunables), budget_(std::max<std::int64_t>(1, budget)), time_(time) {}

  std::vector<TunablePoint> run() {
    TunableValues values;
    for (const Tunable& tunable : tunables_) values[tunable.name] = tunable.defaultValue;
    if (combinations() <= budget_) {
      note(values);
      all(0, values);
      ask();
    } else {
      note(values);
      ask();
      descend();
    }
    std::stable_sort(points_.begin(), points_.end(), better);
    return std::move(points_);
  }

 private:
  static bool better(const TunablePoint& a, const TunablePoint& b) {
    return a.feasible != b.feasible ? a.feasible : a.feasible && a.cycles < b.cycles;
  }

  [[nodiscard]] std::int64_t combinations() const {
    std::int64_t product = 1;
    for (const Tunable& tunable : tunables_) {
      if (__builtin_mul_overflow(product, static_cast<std::int64_t>(tunable.values.size()), &product)) {
        return INT64_MAX;
      }
    }
    return product;
  }

  /// Takes down a choice to be asked about, unless it was before or the budget is spent.
  void note(const TunableValues& values) {
    if (std::ssize(points_) >= budget_ || !noted_.insert(values).second) return;
    points_.push_back({values, false, 0, {}});
  }
  /// Asks about all that was taken down since.
  std::span<const TunablePoint> ask() {
    const std::size_t before = asked_;
    asked_ = points_.size();
    const std::span<TunablePoint> choices = std::span(points_).subspan(before);
    if (!choices.empty()) time_(before, choices);
    return choices;
  }

  void all(std::size_t from, TunableValues& values) {
    if (from == tunables_.size()) {
      note(values);
      return;
    }
    for (const std::int64_t value : tunables_[from].values) {
      values[tunables_[from].name] = value;
      all(from + 1, values);
    }
  }

  /// Moves one tunable after the other to its best value until nothing improves.
  void descend() {
    TunablePoint best = points_.front();
    for (bool improved = true; improved && std::ssize(points_) < budget_;) {
      improved = false;
      for (const Tunable& tunable : tunables_) {
        TunableValues values = best.values;
        for (const std::int64_t value : worthTrying(tunable)) {
          values[tunable.name] = value;
          note(values);
        }
        for (const TunablePoint& point : ask()) {
          if (!better(point, best)) continue;
          best = point;
          improved = true;
        }
      }
    }
  }

  /// Evenly chosen of the legal values, first and last among them: about a round of the budget's half.
  [[nodiscard]] std::vector<std::int64_t> worthTrying(const Tunable& tunable) const {
    const std::int64_t each = std::max<std::int64_t>(2, budget_ / (2 * std::ssize(tunables_)));
    const std::int64_t count = std::ssize(tunable.values);
    if (count <= each) return tunable.values;
    std::vector<std::int64_t> chosen;
    for (std::int64_t k = 0; k < each; ++k) {
      chosen.push_back(tunable.values[static_cast<std::size_t>(k * (count - 1) / (each - 1))]);
    }
    return chosen;
  }

  const std::vector<Tunable>& tunables_;
  const std::int64_t budget_;
  const TimeChoices& time_;
  std::vector<TunablePoint> points_;  // in the order in which they are asked about
  std::size_t asked_ = 0;             // of these
  std::set<TunableValues> noted_;
};

}  // namespace

std::vector<TunablePoint> searchTunables(const std::vector<Tunable>& tunables, std::int64_t budget,
                                         const TimeChoices& time) {
  return Search(tunables, budget, time).run();
}

}  // namespace taktwerk
