// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/reach_goal.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "core/search/batch_runner.h"
#include "core/space/grid.h"
#include "core/study/study_estimate.h"

namespace taktwerk {
namespace {

/// Where a row stands: by what it misses, then by the objective.
struct Standing {
  bool comparable = false;
  std::vector<double> shortfalls;  ///< by goal
  double objective = 0;            ///< smaller is better
  std::vector<double> figures;     ///< of the goals, smaller is better

  [[nodiscard]] double missing() const { return std::accumulate(shortfalls.begin(), shortfalls.end(), 0.0); }
};

/// Among those that reach the goals the objective decides, among others how much they miss.
bool isBetter(const Standing& a, const Standing& b) {
  if (a.comparable != b.comparable) return a.comparable;
  if (a.missing() != b.missing()) return a.missing() < b.missing();
  if (a.objective != b.objective) return a.objective < b.objective;
  return a.figures < b.figures;
}

class Reaching {
 public:
  Reaching(const Sweep& sweep, const GoalSearch& search, const SweepOptions& options, StudyMemory& memory,
           SweepControl& control, const RowListener& listener)
      : sweep_(sweep),
        search_(search),
        options_(options),
        memory_(memory),
        control_(control),
        runner_(sweep, options, memory, control, listener) {
    figures_.reserve(search.goals.size());
    for (const Goal& goal : search.goals) figures_.push_back(*findFigure(sweep.figures, goal.figure));
    objective_ = *findFigure(sweep.figures, sweep.objectives.front().figure);
  }

  GoalAnswer run() {
    answer_.count = countPoints(*sweep_.judge);
    if (!search_.evaluations || (answer_.count.exact() && answer_.count.atMost <= *search_.evaluations)) {
      estimateAll();
    } else {
      answer_.from = GoalAnswer::From::Search;
      searchForIt();
    }
    if (best_ && !control_.work.cancelled()) {
      lookAround();
      findDecider();
    }
    answer_.totals = runner_.totals();
    if (!best_) return std::move(answer_);
    const Standing standing = standingOf(rows_.at(*best_));
    answer_.shortfalls = standing.shortfalls;
    (standing.missing() == 0 ? answer_.best : answer_.nearest) = rows_.at(*best_);
    return std::move(answer_);
  }

 private:
  [[nodiscard]] Standing standingOf(const SweepRow& row) const {
    Standing standing;
    if (objectiveValues(sweep_, row).empty()) return standing;
    standing.comparable = true;
    const auto smaller = [](double value, Figure::Better better) {
      return better == Figure::Better::More ? -value : value;
    };
    for (std::size_t g = 0; g < figures_.size(); ++g) {
      const double value = row.figures[figures_[g]];
      standing.shortfalls.push_back(shortfall(search_.goals[g], value));
      standing.figures.push_back(smaller(value, search_.goals[g].better));
    }
    standing.objective = smaller(row.figures[objective_], sweep_.objectives.front().direction);
    return standing;
  }

  /// Estimates the points, and remembers the best of all. False: cancelled.
  bool estimateThese(const std::vector<NumberedPoint>& batch) {
    std::vector<SweepRow> rows = runner_.run(batch);
    const bool whole = rows.size() == batch.size();
    for (SweepRow& row : rows) {
      const std::int64_t number = row.point.number;
      const Standing standing = standingOf(row);
      rows_.insert_or_assign(number, std::move(row));
      if (!standing.comparable) continue;
      if (best_) {
        const Standing other = standingOf(rows_.at(*best_));
        const bool better = isBetter(standing, other) || (!isBetter(other, standing) && number < *best_);
        if (!better) continue;
      }
      best_ = number;
    }
    return whole;
  }

  void estimateAll() {
    constexpr std::size_t batchSize = 256;
    constexpr std::int64_t looks = 1000;
    GridWalk walk(sweep_.judge);
    std::vector<NumberedPoint> batch;
    while (!walk.atEnd() && !control_.work.cancelled()) {
      if (auto point = walk.next(looks)) batch.push_back(std::move(*point));
      if (batch.size() < batchSize && !walk.atEnd()) continue;
      if (!estimateThese(std::exchange(batch, {}))) return;
    }
  }

  void searchForIt() {
    SearchOptions wanted;
    wanted.larger = {false, false};
    wanted.evaluations = *search_.evaluations;
    wanted.seed = search_.seed;
    (void)searchFront(sweep_.judge, wanted, [&](const std::vector<NumberedPoint>& batch) {
      const bool whole = estimateThese(batch);
      std::vector<ObjectiveValues> values;
      values.reserve(batch.size());
      for (const NumberedPoint& point : batch) {
        const auto row = rows_.find(point.number);
        if (row == rows_.end()) break;
        const Standing standing = standingOf(row->second);
        values.push_back(standing.comparable ? ObjectiveValues{standing.objective, standing.missing()}
                                             : ObjectiveValues());
      }
      if (!whole && values.size() == batch.size()) values.pop_back();
      return values;
    });
    while (best_ && !control_.work.cancelled()) {
      const std::int64_t from = *best_;
      if (!estimateNew(neighboursOf(from)) || *best_ == from) break;
    }
  }

  struct Place {
    std::size_t dimension;
    std::int64_t number;
  };
  [[nodiscard]] std::vector<Place> neighboursOf(std::int64_t number) const {
    const Space& space = sweep_.judge->space();
    const std::vector<std::int64_t> own = placesAt(space, number);
    std::vector<Place> neighbours;
    for (std::size_t d = 0; d < own.size(); ++d) {
      const bool ordered = space.dimensions[d].of == Dimension::Of::Parameter;
      for (std::int64_t place = ordered ? own[d] - 1 : 0; place < space.dimensions[d].size(); ++place) {
        if (ordered && place > own[d] + 1) break;
        if (place < 0 || place == own[d]) continue;
        std::vector<std::int64_t> places = own;
        places[d] = place;
        const auto there = pointNumber(*sweep_.judge, std::move(places));
        if (there && *there != number) neighbours.push_back({d, *there});
      }
    }
    return neighbours;
  }

  bool estimateNew(const std::vector<Place>& places) {
    std::vector<NumberedPoint> batch;
    for (const Place& place : places) {
      const auto isThis = [&](const NumberedPoint& point) { return point.number == place.number; };
      if (rows_.contains(place.number) || std::any_of(batch.begin(), batch.end(), isThis)) continue;
      batch.push_back(
          {place.number, sweep_.judge->judge(placesAt(sweep_.judge->space(), place.number)).point});
    }
    return batch.empty() || estimateThese(batch);
  }

  void lookAround() {
    const std::vector<Place> places = neighboursOf(*best_);
    if (!estimateNew(places)) return;
    answer_.neighbours.reserve(places.size());
    for (const Place& place : places) {
      const SweepRow& row = rows_.at(place.number);
      Standing standing = standingOf(row);
      answer_.neighbours.push_back(
          {place.dimension, row, standing.comparable, std::move(standing.shortfalls)});
    }
  }

  void findDecider() {
    const auto result =
        estimate(studyOf(sweep_, rows_.at(*best_).point), options_.study, memory_, control_.work);
    if (!result->estimate || result->cancelled) return;
    answer_.decider = deciderOf(*result->estimate, options_.study.layer);
    answer_.network = options_.study.layer.empty() ? result->estimate->network : options_.study.layer;
  }

  const Sweep& sweep_;
  const GoalSearch& search_;
  const SweepOptions& options_;
  StudyMemory& memory_;
  SweepControl& control_;
  BatchRunner runner_;
  std::vector<std::size_t> figures_;  ///< of the goals, in rows
  std::size_t objective_ = 0;
  std::map<std::int64_t, SweepRow> rows_;  ///< by number
  std::optional<std::int64_t> best_;
  GoalAnswer answer_;
};

}  // namespace

bool GoalNeighbour::reaches() const {
  return comparable && std::all_of(shortfalls.begin(), shortfalls.end(), [](double by) { return by == 0; });
}

GoalAnswer reachGoal(const Sweep& sweep, const GoalSearch& search, const SweepOptions& options,
                     StudyMemory& memory, SweepControl& control, const RowListener& listener) {
  return Reaching(sweep, search, options, memory, control, listener).run();
}

}  // namespace taktwerk
