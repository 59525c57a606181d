// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/tunable_search.h"

#include <algorithm>
#include <set>

namespace taktwerk {

namespace {

class Search {
 public:
  Search(const std::vector<Tunable>& tunables, std::int64_t budget,
         const std::function<TunablePoint(const TunableValues&)>& time)
      : tunables_(tunables), budget_(std::max<std::int64_t>(1, budget)), time_(time) {}

  std::vector<TunablePoint> run() {
    TunableValues values;
    for (const Tunable& tunable : tunables_) values[tunable.name] = tunable.defaultValue;
    ask(values);
    if (combinations() <= budget_) {
      all(0, values);
    } else {
      descend(std::move(values));
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

  bool ask(const TunableValues& values) {
    if (std::ssize(points_) >= budget_ || !asked_.insert(values).second) return false;
    points_.push_back(time_(values));
    points_.back().values = values;
    return true;
  }

  void all(std::size_t from, TunableValues& values) {
    if (from == tunables_.size()) {
      ask(values);
      return;
    }
    for (const std::int64_t value : tunables_[from].values) {
      values[tunables_[from].name] = value;
      all(from + 1, values);
    }
  }

  /// Moves one tunable after the other to its best value until nothing improves.
  void descend(TunableValues best) {
    TunablePoint known = points_.front();
    for (bool improved = true; improved && std::ssize(points_) < budget_;) {
      improved = false;
      for (const Tunable& tunable : tunables_) {
        for (const std::int64_t value : worthTrying(tunable)) {
          TunableValues values = best;
          values[tunable.name] = value;
          if (ask(values) && better(points_.back(), known)) {
            known = points_.back();
            improved = true;
          }
        }
        best = known.values;
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
  const std::function<TunablePoint(const TunableValues&)>& time_;
  std::vector<TunablePoint> points_;
  std::set<TunableValues> asked_;
};

}  // namespace

std::vector<TunablePoint> searchTunables(const std::vector<Tunable>& tunables, std::int64_t budget,
                                         const std::function<TunablePoint(const TunableValues&)>& time) {
  return Search(tunables, budget, time).run();
}

}  // namespace taktwerk
