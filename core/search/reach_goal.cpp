// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/reach_goal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>
#include <utility>

#include "core/bounds/saturating.h"
#include "core/estimate/threads.h"
#include "core/search/batch_runner.h"
#include "core/search/goal_outlook.h"
#include "core/space/grid.h"
#include "core/study/study_estimate.h"

namespace taktwerk {
namespace {

/// Where a row stands, and by what; rows that cannot be compared stand nowhere.
struct RowStanding {
  GoalStanding standing;
  std::vector<double> shortfalls;  ///< by goal
  std::vector<double> figures;     ///< of the goals, smaller is better
};

/// A row that was estimated.
struct Found {
  SweepRow row;
  RowStanding where;
};

bool isBetter(const Found& a, const Found& b) {
  if (isBetter(a.where.standing, b.where.standing)) return true;
  if (isBetter(b.where.standing, a.where.standing)) return false;
  if (a.where.figures != b.where.figures) return a.where.figures < b.where.figures;
  return a.row.point.number < b.row.point.number;
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
        runner_(sweep, options, memory, control, listener),
        outlook_(sweep, search.goals, memory) {
    figures_.reserve(search.goals.size());
    for (const Goal& goal : search.goals) figures_.push_back(*findFigure(sweep.figures, goal.figure));
    objective_ = *findFigure(sweep.figures, sweep.objectives.front().figure);
  }

  GoalAnswer run() {
    answer_.count = countPoints(*sweep_.judge);
    if (search_.evaluations && !(answer_.count.exact() && answer_.count.atMost <= *search_.evaluations)) {
      answer_.from = GoalAnswer::From::Search;
      searchForIt();
    } else if (looksAhead() && canBeListed()) {
      estimateAscending();
    } else {
      estimateAll();
    }
    if (best_ && !control_.work.cancelled()) {
      lookAround();
      findDecider();
    }
    answer_.totals = runner_.totals();
    // It may have been stopped where nothing was estimated: while it looked ahead, or around.
    answer_.totals.stopped = answer_.totals.stopped || control_.work.cancelled();
    answer_.ruledOut = std::max<std::int64_t>(0, listed_ - std::ssize(seen_));
    if (answer_.ruledOut > 0) answer_.ruledOutBy = outlook_.figures();
    if (!best_) return std::move(answer_);
    answer_.shortfalls = best_->where.shortfalls;
    (best_->where.standing.missing == 0 ? answer_.best : answer_.nearest) = std::move(best_->row);
    return std::move(answer_);
  }

 private:
  [[nodiscard]] std::optional<RowStanding> standingOf(const SweepRow& row) const {
    if (objectiveValues(sweep_, row).empty()) return std::nullopt;
    const auto smaller = [](double value, Figure::Better better) {
      return better == Figure::Better::More ? -value : value;
    };
    RowStanding where;
    for (std::size_t g = 0; g < figures_.size(); ++g) {
      const double value = row.figures[figures_[g]];
      where.shortfalls.push_back(shortfall(search_.goals[g], value));
      where.standing.missing += where.shortfalls.back();
      where.figures.push_back(smaller(value, search_.goals[g].better));
    }
    where.standing.objective = smaller(row.figures[objective_], sweep_.objectives.front().direction);
    return where;
  }

  /// Points that cannot be better than the best are told before they are estimated.
  [[nodiscard]] bool looksAhead() const { return !search_.everyPoint && !outlook_.figures().empty(); }
  /// All are put in order first, which takes memory.
  [[nodiscard]] bool canBeListed() const {
    constexpr std::int64_t most = 20'000'000;
    return answer_.count.atMost <= most;
  }
  [[nodiscard]] bool isHopeless(const GoalStanding& outlook) const {
    return best_ && isBetter(best_->where.standing, outlook);
  }

  [[nodiscard]] NumberedPoint pointAt(std::int64_t number) const {
    return {number, sweep_.judge->judge(placesAt(sweep_.judge->space(), number)).point};
  }

  /// Estimates the points, and remembers the best of all. Fewer standings: cancelled.
  std::vector<std::optional<RowStanding>> estimateThese(const std::vector<NumberedPoint>& batch) {
    std::vector<std::optional<RowStanding>> standings;
    standings.reserve(batch.size());
    for (SweepRow& row : runner_.run(batch)) {
      seen_.insert(row.point.number);
      standings.push_back(standingOf(row));
      if (!standings.back()) continue;
      Found found{std::move(row), *standings.back()};
      if (!best_ || isBetter(found, *best_)) best_ = std::move(found);
    }
    return standings;
  }

  /// Calls for each point of the grid until it returns false.
  template <class Call>
  void walkAll(const Call& call) {
    constexpr std::int64_t looks = 1000;
    for (GridWalk walk(sweep_.judge); !walk.atEnd() && !control_.work.cancelled();) {
      auto point = walk.next(looks);
      if (point && !call(*std::move(point))) return;
    }
  }

  void estimateAll() {
    constexpr std::size_t batchSize = 256;
    std::vector<NumberedPoint> batch;
    walkAll([&](NumberedPoint point) {
      batch.push_back(std::move(point));
      if (batch.size() < batchSize) return true;
      const std::size_t wanted = batch.size();
      return estimateThese(std::exchange(batch, {})).size() == wanted;
    });
    if (!batch.empty() && !control_.work.cancelled()) estimateThese(batch);
  }

  struct Outlook {
    GoalStanding standing;
    std::int64_t number = 0;
  };
  /// Of all points, those first that may be best.
  std::vector<Outlook> outlooks() {
    constexpr std::size_t batchSize = 1024;
    std::vector<Outlook> all;
    std::vector<NumberedPoint> batch;
    control_.toLookAt = answer_.count.atMost;
    const auto lookAt = [&] {
      const std::size_t before = all.size();
      all.resize(before + batch.size());
      inParallel(batch.size(), options_.jobs, [&](std::size_t p) {
        if (control_.work.cancelled()) return;
        all[before + p] = {outlook_.of(batch[p], control_.work), batch[p].number};
        ++control_.lookedAt;
      });
      batch.clear();
    };
    walkAll([&](NumberedPoint point) {
      batch.push_back(std::move(point));
      if (batch.size() == batchSize) lookAt();
      return true;
    });
    lookAt();
    std::sort(all.begin(), all.end(), [](const Outlook& a, const Outlook& b) {
      if (isBetter(a.standing, b.standing)) return true;
      return !isBetter(b.standing, a.standing) && a.number < b.number;
    });
    return all;
  }

  void estimateAscending() {
    // Larger batches the more were estimated: few are in vain, and all cores have something to do.
    constexpr std::size_t fewest = 8, most = 256;
    const std::vector<Outlook> all = outlooks();
    listed_ = std::ssize(all);
    std::size_t next = 0;
    while (next < all.size() && !isHopeless(all[next].standing) && !control_.work.cancelled()) {
      const std::size_t end = std::min(all.size(), next + std::clamp(next / 4, fewest, most));
      std::vector<NumberedPoint> batch;
      for (; next < end && !isHopeless(all[next].standing); ++next)
        batch.push_back(pointAt(all[next].number));
      if (estimateThese(batch).size() < batch.size()) return;
    }
  }

  /// Estimates that are still allowed.
  [[nodiscard]] std::int64_t left() const {
    return search_.evaluations ? *search_.evaluations - runner_.totals().all()
                               : std::numeric_limits<std::int64_t>::max();
  }

  /// The neighbours of a point at most.
  [[nodiscard]] std::int64_t neighboursAtMost() const {
    std::int64_t sum = 0;
    for (const Dimension& dimension : sweep_.judge->space().dimensions) {
      const std::int64_t others = dimension.size() - 1;
      sum += dimension.of == Dimension::Of::Parameter ? std::min<std::int64_t>(2, others) : others;
    }
    return sum;
  }

  void searchForIt() {
    SearchOptions wanted;
    wanted.larger = {false, false};
    // What is found is walked from, and looked around. Points that are passed over cost no estimate, so more
    // are judged; how many are estimated ends the search.
    constexpr std::int64_t judgedEach = 4;
    reserve_ = std::min(left() / 2, 3 * neighboursAtMost());
    wanted.evaluations = saturatingProduct(left() - reserve_, looksAhead() ? judgedEach : 1);
    // A space of no more than that would be judged in the order of the grid, and end in a corner of it.
    wanted.evaluations = std::min(wanted.evaluations, std::max<std::int64_t>(1, answer_.count.atMost - 1));
    wanted.seed = search_.seed;
    (void)searchFront(sweep_.judge, wanted,
                      [&](const std::vector<NumberedPoint>& batch) { return valuesOf(batch); });
    while (best_ && !control_.work.cancelled()) {
      const std::int64_t from = best_->row.point.number;
      std::vector<NumberedPoint> batch = newOnes(neighboursOf(from));
      if (looksAhead()) std::erase_if(batch, [&](const NumberedPoint& p) { return ruleOut(p); });
      const bool affordable = left() - std::ssize(batch) >= neighboursAtMost();
      if (batch.empty() || !affordable || estimateThese(batch).size() < batch.size()) break;
      if (best_->row.point.number == from) break;
    }
  }

  [[nodiscard]] bool ruleOut(const NumberedPoint& point) const {
    return isHopeless(outlook_.of(point, control_.work));
  }

  /// What the search is told of points: of those that cannot be better than the best, which is not estimated,
  /// that they reach the goals; so they are dominated, and the smaller the nearer.
  std::vector<ObjectiveValues> valuesOf(const std::vector<NumberedPoint>& batch) {
    std::vector<NumberedPoint> hopeful;
    std::vector<ObjectiveValues> values(batch.size());
    std::vector<std::size_t> places;  // of those that are estimated
    for (std::size_t p = 0; p < batch.size(); ++p) {
      const GoalStanding outlook = looksAhead() ? outlook_.of(batch[p], control_.work) : GoalStanding();
      if (!looksAhead() || !isHopeless(outlook)) {
        hopeful.push_back(batch[p]);
        places.push_back(p);
        continue;
      }
      if (std::isfinite(outlook.objective)) values[p] = {outlook.objective, outlook.missing};
    }
    const auto allowed = static_cast<std::size_t>(std::max<std::int64_t>(0, left() - reserve_));
    const bool isEnd = hopeful.size() > allowed;
    if (isEnd) hopeful.resize(allowed);
    const auto standings = estimateThese(hopeful);
    for (std::size_t i = 0; i < standings.size(); ++i) {
      if (!standings[i]) continue;
      const GoalStanding& standing = standings[i]->standing;
      values[places[i]] = {standing.objective, standing.missing};
    }
    if (isEnd || standings.size() < hopeful.size()) values.resize(places[standings.size()]);
    return values;
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

  /// Those that were not estimated yet, each once.
  [[nodiscard]] std::vector<NumberedPoint> newOnes(const std::vector<Place>& places) const {
    std::vector<NumberedPoint> batch;
    for (const Place& place : places) {
      const auto isThis = [&](const NumberedPoint& point) { return point.number == place.number; };
      if (!seen_.contains(place.number) && std::none_of(batch.begin(), batch.end(), isThis))
        batch.push_back(pointAt(place.number));
    }
    return batch;
  }

  /// A row that came before: not all are kept.
  [[nodiscard]] SweepRow rowAgain(std::int64_t number) const {
    return knownOrEstimated(sweep_, sweepPoint(sweep_, pointAt(number)), options_, memory_, control_.work);
  }

  void lookAround() {
    std::vector<Place> places;
    for (std::int64_t around = -1; around != best_->row.point.number;) {
      around = best_->row.point.number;
      places = neighboursOf(around);
      std::vector<NumberedPoint> batch = newOnes(places);
      batch.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(left(), 0, std::ssize(batch))));
      if (estimateThese(batch).size() < batch.size()) return;
    }
    answer_.neighbours.reserve(places.size());
    for (const Place& place : places) {
      if (!seen_.contains(place.number)) {
        ++answer_.notLookedAt;
        continue;
      }
      SweepRow row = rowAgain(place.number);
      const auto where = standingOf(row);
      answer_.neighbours.push_back({place.dimension, std::move(row), where.has_value(),
                                    where ? where->shortfalls : std::vector<double>()});
    }
  }

  void findDecider() {
    const auto result = estimate(studyOf(sweep_, best_->row.point), options_.study, memory_, control_.work);
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
  GoalOutlook outlook_;
  std::vector<std::size_t> figures_;  ///< of the goals, in rows
  std::size_t objective_ = 0;
  std::unordered_set<std::int64_t> seen_;  ///< points that were estimated
  std::int64_t reserve_ = 0;               ///< estimates that a search leaves for what follows it
  std::int64_t listed_ = 0;                ///< points that were looked at before they were
  std::optional<Found> best_;
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
