// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/search.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/front/front.h"
#include "core/search/nsga2.h"
#include "core/search/unseen_points.h"
#include "core/space/count.h"
#include "core/space/sample.h"

namespace taktwerk {
namespace {

/// Parents of a generation: enough to lie along a front, few enough for some dozens of generations.
std::size_t populationFor(std::int64_t evaluations) {
  constexpr std::int64_t generations = 30, most = 100;
  const std::int64_t wanted =
      std::clamp(evaluations / generations, static_cast<std::int64_t>(Nsga2::fewest), most);
  return static_cast<std::size_t>(wanted / 4 * 4);
}

class Search {
 public:
  Search(std::shared_ptr<const SpaceJudge> judge, const SearchOptions& options, const BatchJudge& judgeBatch)
      : judge_(std::move(judge)),
        options_(options),
        judgeBatch_(judgeBatch),
        unseen_(judge_),
        numbers_(options.seed),
        population_(populationFor(options.evaluations)) {}

  SearchOutcome run() {
    const PointCount count = countPoints(*judge_);
    if (count.exact() && count.atMost <= options_.evaluations) {
      judgeAll();
    } else {
      evolve();
    }
    return std::move(outcome_);
  }

 private:
  void judgeAll() {
    constexpr std::size_t batchSize = 256;
    GridWalk walk(judge_);
    std::vector<std::int64_t> batch;
    while (!outcome_.stopped && !walk.atEnd()) {
      if (const auto point = walk.next()) batch.push_back(point->number);
      if (batch.size() < batchSize && !walk.atEnd()) continue;
      judgeThese(std::exchange(batch, {}));
    }
    outcome_.all = !outcome_.stopped;
  }

  void evolve() {
    std::vector<std::int64_t> sizes;
    sizes.reserve(judge_->space().dimensions.size());
    for (const Dimension& dimension : judge_->space().dimensions) sizes.push_back(dimension.size());
    Nsga2 nsga2(std::move(sizes), numbers_.next());
    judgeThese(firstGeneration());
    std::vector<std::size_t> parents = survivors({}, 0);
    while (!outcome_.stopped && left() > 0 && !parents.empty()) {
      const std::size_t before = outcome_.points.size();
      judgeThese(newPointsFor(nsga2.childrenOf(individuals(padded(parents)))));
      if (outcome_.points.size() == before) break;
      parents = survivors(parents, before);
    }
  }

  [[nodiscard]] std::int64_t left() const { return options_.evaluations - std::ssize(outcome_.points); }

  std::vector<std::int64_t> firstGeneration() {
    const std::int64_t wanted = std::min(static_cast<std::int64_t>(population_), left());
    std::vector<std::int64_t> batch = drawLatinHypercube(*judge_, wanted, numbers_.next()).places;
    for (const std::int64_t number : batch) unseen_.take(number);
    while (std::ssize(batch) < wanted) {
      const auto number = unseen_.takeAny(numbers_);
      if (!number) break;
      batch.push_back(*number);
    }
    return batch;
  }

  /// A new point for each child: itself, if it is one; but one in four is left to the neighbourhood of the
  /// front, where discrete spaces have what is missing.
  std::vector<std::int64_t> newPointsFor(const std::vector<std::vector<std::int64_t>>& children) {
    constexpr std::int64_t localOneIn = 4;
    const std::vector<std::size_t>& best = outcome_.front;
    std::vector<std::int64_t> batch;
    batch.reserve(children.size());
    for (const auto& child : children) {
      if (std::ssize(batch) == left()) break;
      std::optional<std::int64_t> number;
      if (numbers_.below(localOneIn) != 0 || best.empty()) number = unseen_.takeAt(child);
      if (!number) number = unseen_.takeNear(best.empty() ? child : placesOfOneOf(best), numbers_);
      if (!number) number = unseen_.takeAny(numbers_);
      if (!number) break;
      batch.push_back(*number);
    }
    return batch;
  }
  std::vector<std::int64_t> placesOfOneOf(const std::vector<std::size_t>& points) {
    const std::size_t one = points[static_cast<std::size_t>(numbers_.below(std::ssize(points)))];
    return placesAt(judge_->space(), outcome_.points[one].number);
  }

  /// Adds them to what is judged, and brings the front up to date.
  void judgeThese(const std::vector<std::int64_t>& batch) {
    if (batch.empty()) return;
    std::vector<NumberedPoint> points;
    points.reserve(batch.size());
    for (const std::int64_t number : batch) {
      points.push_back({number, judge_->judge(placesAt(judge_->space(), number)).point});
    }
    std::vector<ObjectiveValues> values = judgeBatch_(points);
    outcome_.stopped = values.size() < batch.size();
    for (std::size_t p = 0; p < std::min(values.size(), batch.size()); ++p) {
      const bool valued =
          std::all_of(values[p].begin(), values[p].end(), [](double v) { return std::isfinite(v); });
      if (valued && !values[p].empty()) outcome_.front.push_back(outcome_.points.size());
      outcome_.points.push_back({batch[p], valued ? std::move(values[p]) : ObjectiveValues()});
    }
    std::vector<ObjectiveValues> candidates;
    candidates.reserve(outcome_.front.size());
    for (const std::size_t point : outcome_.front) candidates.push_back(outcome_.points[point].values);
    std::vector<std::size_t> front;
    front.reserve(candidates.size());
    for (const std::size_t at : nonDominated(candidates, options_.larger))
      front.push_back(outcome_.front[at]);
    outcome_.front = std::move(front);
  }

  std::vector<std::size_t> survivors(std::vector<std::size_t> candidates, std::size_t firstNew) {
    for (std::size_t p = firstNew; p < outcome_.points.size(); ++p) candidates.push_back(p);
    std::vector<std::size_t> chosen;
    chosen.reserve(population_);
    for (const std::size_t at : survivorsOf(individuals(candidates), population_))
      chosen.push_back(candidates[at]);
    return chosen;
  }

  /// In a number that NSGA-II takes: the first ones again.
  [[nodiscard]] static std::vector<std::size_t> padded(std::vector<std::size_t> parents) {
    const std::size_t own = parents.size();
    for (std::size_t i = 0; parents.size() < Nsga2::fewest || parents.size() % 4 != 0; ++i) {
      parents.push_back(parents[i % own]);
    }
    return parents;
  }

  /// With values that are to be small.
  [[nodiscard]] std::vector<Individual> individuals(const std::vector<std::size_t>& points) const {
    const std::size_t objectives = options_.larger.size();
    std::vector<Individual> made;
    made.reserve(points.size());
    for (const std::size_t point : points) {
      made.push_back({placesAt(judge_->space(), outcome_.points[point].number), {}});
    }
    for (std::size_t o = 0; o < objectives; ++o) {
      const auto isPositive = [&](std::size_t p) {
        return outcome_.points[p].values.empty() || outcome_.points[p].values[o] > 0;
      };
      const bool logarithmic = std::all_of(points.begin(), points.end(), isPositive);
      std::optional<double> worst;
      for (std::size_t i = 0; i < points.size(); ++i) {
        const ObjectiveValues& values = outcome_.points[points[i]].values;
        if (values.empty()) continue;
        const double value = logarithmic ? std::log(values[o]) : values[o];
        made[i].fitness.push_back(options_.larger[o] ? -value : value);
        worst = std::max(worst.value_or(made[i].fitness[o]), made[i].fitness[o]);
      }
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (outcome_.points[points[i]].values.empty()) made[i].fitness.push_back(worst.value_or(0) + 1);
      }
    }
    // NSGA-II wants two objectives: one counts twice.
    for (Individual& one : made) {
      if (objectives == 1) one.fitness.push_back(one.fitness.front());
    }
    return made;
  }

  std::shared_ptr<const SpaceJudge> judge_;
  const SearchOptions& options_;
  const BatchJudge& judgeBatch_;
  UnseenPoints unseen_;
  SeededNumbers numbers_;
  std::size_t population_;
  SearchOutcome outcome_;
};

}  // namespace

SearchOutcome searchFront(const std::shared_ptr<const SpaceJudge>& judge, const SearchOptions& options,
                          const BatchJudge& judgeBatch) {
  return Search(judge, options, judgeBatch).run();
}

}  // namespace taktwerk
