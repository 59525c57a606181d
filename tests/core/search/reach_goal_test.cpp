// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/reach_goal.h"

#include <algorithm>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/report/goal_report.h"
#include "tests/core/search/searched_sweep.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

/// The question, its answer, and every row that came on the way, by its point.
struct Asked {
  explicit Asked(Space space, const std::string& objective, const std::vector<std::string>& goals,
                 std::optional<std::int64_t> evaluations = {}, unsigned jobs = 2,
                 const std::string& architecture = "one-mac", bool everyPoint = false)
      : sweep(shippedSweep(architecture, std::move(space), {objective}, memory)) {
    search.everyPoint = everyPoint;
    search.goals = std::get<std::vector<Goal>>(setGoals(sweep, goals));
    search.evaluations = evaluations;
    search.seed = 1;
    SweepControl control;
    answer = reachGoal(sweep, search, oneLayer(jobs), memory, control, [&](const SweepRow& row) {
      EXPECT_TRUE(rows.emplace(row.point.number, row).second) << row.point.number << " came twice";
    });
  }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    writeGoalText(out, sweep, search.goals, answer);
    return out.str();
  }
  [[nodiscard]] nlohmann::json json() const {
    std::ostringstream out;
    JsonWriter writer(out);
    writer.openObject();
    writeGoalJson(writer, sweep, search.goals, answer);
    writer.closeObject();
    return nlohmann::json::parse(out.str())["goal"];
  }

  StudyMemory memory;
  Sweep sweep;
  GoalSearch search;
  std::map<std::int64_t, SweepRow> rows;
  GoalAnswer answer;
};

const std::vector<std::string> small = {"fetch_width=1:4", "mac_latency=1:6"};

Cycles middleOf(const std::map<std::int64_t, SweepRow>& rows) {
  std::vector<Cycles> cycles;
  cycles.reserve(rows.size());
  for (const auto& [number, row] : rows) cycles.push_back(row.cycles);
  std::sort(cycles.begin(), cycles.end());
  return cycles[cycles.size() / 2];
}

/// How many points are one place beside the answer.
std::int64_t neighboursOf(const Asked& asked) {
  const Space& space = asked.sweep.judge->space();
  const auto own = placesAt(space, asked.answer.best->point.number);
  std::int64_t count = 0;
  for (std::size_t d = 0; d < own.size(); ++d) {
    count += own[d] > 0 ? 1 : 0;
    count += own[d] + 1 < space.dimensions[d].size() ? 1 : 0;
  }
  return count;
}

TEST(ReachGoal, FindsTheBestOfAllPointsThatReachIt) {
  const Asked every(spaceOf(small), "cycles:max", {"cycles >= 1"});
  ASSERT_THAT(every.rows, SizeIs(24));
  const Cycles bound = middleOf(every.rows) + 1;
  // The slowest that is still quick enough: as `sweep` would have it, by hand.
  Cycles expected = 0;
  for (const auto& [number, row] : every.rows) {
    if (row.cycles <= bound) expected = std::max(expected, row.cycles);
  }
  const Asked asked(spaceOf(small), "cycles:max", {"cycles <= " + std::to_string(bound)});
  ASSERT_TRUE(asked.answer.best);
  EXPECT_FALSE(asked.answer.nearest);
  EXPECT_EQ(asked.answer.best->cycles, expected);
  EXPECT_EQ(asked.answer.from, GoalAnswer::From::All);
  EXPECT_EQ(asked.answer.totals.done, 24);
  ASSERT_TRUE(asked.answer.decider);
  EXPECT_THAT(asked.text(), HasSubstr("all 24 points were looked at\n"));
}

TEST(ReachGoal, LooksBesideTheAnswer) {
  const Asked asked(spaceOf(small), "cycles:max", {"cycles <= 100000000"});
  ASSERT_TRUE(asked.answer.best);
  const auto own = placesAt(asked.sweep.judge->space(), asked.answer.best->point.number);
  EXPECT_EQ(std::ssize(asked.answer.neighbours), neighboursOf(asked));
  for (const GoalNeighbour& neighbour : asked.answer.neighbours) {
    const auto places = placesAt(asked.sweep.judge->space(), neighbour.row.point.number);
    for (std::size_t d = 0; d < own.size(); ++d) {
      EXPECT_EQ(std::abs(places[d] - own[d]), d == neighbour.dimension ? 1 : 0);
    }
    EXPECT_TRUE(neighbour.reaches());
  }
}

TEST(ReachGoal, NamesWhatComesNearestWhereNothingReachesIt) {
  const Asked asked(spaceOf(small), "utilisation:min", {"cycles <= 10"});
  EXPECT_FALSE(asked.answer.best);
  ASSERT_TRUE(asked.answer.nearest);
  for (const auto& [number, row] : asked.rows) EXPECT_GE(row.cycles, asked.answer.nearest->cycles);
  EXPECT_GT(asked.answer.shortfalls.at(0), 1);
  EXPECT_THAT(asked.text(), HasSubstr("none was found; point "));
  EXPECT_FALSE(asked.json()["reached"]);
}

TEST(ReachGoal, TakesAllGoalsTogether) {
  const Asked every(spaceOf(small), "cycles:max", {"cycles >= 1"});
  const Cycles middle = middleOf(every.rows);
  const Asked asked(spaceOf(small), "utilisation:min",
                    {"cycles <= " + std::to_string(middle), "cycles >= " + std::to_string(middle)});
  ASSERT_TRUE(asked.answer.best);
  EXPECT_EQ(asked.answer.best->cycles, middle);
  EXPECT_THAT(asked.text(), HasSubstr("cycles <= " + std::to_string(middle) + " and cycles >= "));
}

TEST(ReachGoal, SearchesLargeSpacesAndSaysSo) {
  const std::vector<std::string> large = {"fetch_width=1:8", "mac_latency=1:16", "issue_buffer=8:64"};
  const Asked asked(spaceOf(large), "cycles:max", {"cycles <= 1800000"}, 60);
  EXPECT_EQ(asked.answer.from, GoalAnswer::From::Search);
  EXPECT_EQ(asked.answer.count.atMost, 8 * 16 * 57);
  EXPECT_EQ(asked.answer.totals.all(), std::ssize(asked.rows));
  EXPECT_LE(asked.rows.size(), 60U);  // the neighbours of the answer included
  EXPECT_GE(asked.rows.size(), 30U);
  EXPECT_EQ(asked.answer.notLookedAt + std::ssize(asked.answer.neighbours), neighboursOf(asked));
  ASSERT_TRUE(asked.answer.best);
  // No neighbour is better: it would have been gone to.
  for (const GoalNeighbour& neighbour : asked.answer.neighbours) {
    EXPECT_TRUE(!neighbour.reaches() || neighbour.row.cycles <= asked.answer.best->cycles);
  }
  EXPECT_THAT(asked.text(),
              testing::ContainsRegex("of 7,296 points [0-9]+ were looked at: there may be better ones\n"));
  EXPECT_FALSE(asked.json()["all"]);
  const Asked again(spaceOf(large), "cycles:max", {"cycles <= 1800000"}, 60, 1);
  EXPECT_EQ(again.text(), asked.text());
}

/// A grid of elements, whose area is known before anything is timed.
struct AskedOfAnArray : Asked {
  AskedOfAnArray(const std::string& objective, const std::vector<std::string>& goals,
                 std::optional<std::int64_t> evaluations = {}, unsigned jobs = 2, bool everyPoint = false)
      : Asked(spaceOf({"rows=1:5", "columns=1:5", "element_latency=1:3"}), objective, goals, evaluations,
              jobs, "systolic-array", everyPoint) {}
  [[nodiscard]] double figure(const SweepRow& row, const std::string& name) const {
    return row.figures[*findFigure(sweep.figures, name)];
  }
};

/// Half of the points of the array are as quick.
std::string quickEnough() {
  static const std::string goal =
      "cycles <= " + std::to_string(middleOf(AskedOfAnArray("area", {"cycles >= 1"}, {}, 2, true).rows));
  return goal;
}

TEST(ReachGoal, DoesNotEstimateWhatIsLargerThanAPointThatReachesIt) {
  const AskedOfAnArray every("area", {quickEnough()}, {}, 2, true);
  ASSERT_THAT(every.rows, SizeIs(75));
  EXPECT_EQ(every.answer.ruledOut, 0);
  ASSERT_TRUE(every.answer.best);
  const AskedOfAnArray asked("area", {quickEnough()});
  ASSERT_TRUE(asked.answer.best);
  EXPECT_EQ(asked.answer.best->point.number, every.answer.best->point.number);
  EXPECT_EQ(asked.answer.from, GoalAnswer::From::All);
  EXPECT_EQ(asked.answer.ruledOut, 75 - std::ssize(asked.rows));
  EXPECT_GT(asked.answer.ruledOut, 0);
  // Of those that are larger the neighbours alone, and what was begun with the answer.
  const double area = asked.figure(*asked.answer.best, "area");
  std::int64_t larger = 0, smaller = 0;
  for (const auto& [number, row] : every.rows) {
    const bool isLarger = every.figure(row, "area") > area;
    EXPECT_TRUE(isLarger || asked.rows.contains(number)) << number;
    larger += isLarger && asked.rows.contains(number) ? 1 : 0;
    smaller += isLarger ? 0 : 1;
  }
  EXPECT_LE(larger, 3 + std::max<std::int64_t>(7, smaller / 4));
  EXPECT_THAT(asked.answer.neighbours, SizeIs(every.answer.neighbours.size()));
  EXPECT_THAT(asked.text(), HasSubstr("of 75 points " + std::to_string(asked.rows.size()) +
                                      " were estimated: by their area alone the others are no better\n"));
  EXPECT_EQ(asked.json()["ruled_out"], asked.answer.ruledOut);
  EXPECT_TRUE(asked.json()["all"]);
  const AskedOfAnArray alone("area", {quickEnough()}, {}, 1);
  EXPECT_EQ(alone.text(), asked.text());
}

TEST(ReachGoal, DoesNotEstimateWhatMissesAGoalByItsAreaAlone) {
  const AskedOfAnArray every("cycles", {"area <= 380000"}, {}, 2, true);
  const AskedOfAnArray asked("cycles", {"area <= 380000"});
  ASSERT_TRUE(every.answer.best && asked.answer.best);
  EXPECT_EQ(asked.answer.best->point.number, every.answer.best->point.number);
  EXPECT_LE(asked.figure(*asked.answer.best, "area"), 380000);
  EXPECT_GT(asked.answer.ruledOut, 0);
}

TEST(ReachGoal, EstimatesAllWhereNoPointReachesIt) {
  const AskedOfAnArray every("area", {"cycles <= 1"}, {}, 2, true);
  const AskedOfAnArray asked("area", {"cycles <= 1"});
  EXPECT_THAT(asked.rows, SizeIs(75));
  ASSERT_TRUE(asked.answer.nearest && every.answer.nearest);
  EXPECT_EQ(asked.answer.nearest->point.number, every.answer.nearest->point.number);
}

TEST(ReachGoal, KeepsToTheEstimatesThatAreAllowed) {
  const AskedOfAnArray every("area", {quickEnough()}, {}, 2, true);
  for (const std::int64_t allowed : {1, 2, 5, 9, 20, 40, 60}) {
    const AskedOfAnArray asked("area", {quickEnough()}, allowed);
    EXPECT_LE(std::ssize(asked.rows), allowed);
    EXPECT_EQ(asked.answer.totals.all(), std::ssize(asked.rows));
    EXPECT_EQ(asked.answer.from, GoalAnswer::From::Search);
    EXPECT_EQ(asked.answer.ruledOut, 0);
    // What is passed over costs none, so half of them suffice.
    EXPECT_TRUE(allowed < 40 || asked.answer.best->point.number == every.answer.best->point.number);
    EXPECT_EQ(asked.answer.notLookedAt > 0, asked.text().find(" beside it w") != std::string::npos);
  }
}

TEST(ReachGoal, ASearchThatPassesOverMuchLooksAllOverTheSpace) {
  // Few enough points for all to be judged by their area; in the order of the grid it would end in a corner.
  constexpr std::int64_t allowed = 40, neighboursKept = 18;
  const AskedOfAnArray asked("area", {quickEnough()}, allowed);
  const std::int64_t points = asked.answer.count.atMost;
  ASSERT_GT(points, allowed);
  ASSERT_LE(points, 4 * (allowed - neighboursKept));
  EXPECT_GT(asked.rows.rbegin()->first, points / 2);
}

TEST(ReachGoal, IsStoppedWhereNothingIsEstimatedYet) {
  StudyMemory memory;
  Sweep sweep = shippedSweep("one-mac", spaceOf(small), {"area"}, memory);
  GoalSearch search;
  search.goals = std::get<std::vector<Goal>>(setGoals(sweep, {"cycles >= 1"}));
  SweepControl control;
  control.work.cancel();
  const GoalAnswer answer = reachGoal(sweep, search, oneLayer(1), memory, control, [](const SweepRow&) {});
  EXPECT_TRUE(answer.totals.stopped);
  EXPECT_EQ(answer.totals.all(), 0);
}

TEST(ReachGoal, SaysHowManyMachinesItHasLookedAt) {
  StudyMemory memory;
  Sweep sweep = shippedSweep("one-mac", spaceOf(small), {"area"}, memory);
  GoalSearch search;
  search.goals = std::get<std::vector<Goal>>(setGoals(sweep, {"cycles >= 1"}));
  SweepControl control;
  std::int64_t before = -1;
  const GoalAnswer answer = reachGoal(sweep, search, oneLayer(1), memory, control, [&](const SweepRow&) {
    if (before < 0) before = control.lookedAt;
  });
  ASSERT_TRUE(answer.best);
  EXPECT_EQ(before, answer.count.atMost) << "all of them, before the first was estimated";
  EXPECT_EQ(control.toLookAt, answer.count.atMost);
}

TEST(ReachGoal, LeavesOutWhatCannotBe) {
  const Asked asked(spaceOf({"mac_latency=0:2"}), "cycles:max", {"cycles >= 1"});
  ASSERT_TRUE(asked.answer.best);
  EXPECT_EQ(asked.answer.totals.infeasible, 1);
  const Asked none(spaceOf({"mac_latency=0,65"}), "cycles:max", {"cycles >= 1"});
  EXPECT_FALSE(none.answer.best || none.answer.nearest);
  EXPECT_THAT(none.text(), HasSubstr("none was found, and no point could be compared\n"));
  EXPECT_TRUE(none.json()["point"].is_null());
}

TEST(GoalReport, SaysWhatIsBesideItAndWhatDecides) {
  const Asked every(spaceOf({"mac_latency=1:8"}), "cycles:max", {"cycles >= 1"});
  const Cycles last = every.rows.at(7).cycles, before = every.rows.at(6).cycles;
  ASSERT_GT(last, before);
  const Asked asked(spaceOf({"mac_latency=1:8"}), "cycles:max", {"cycles <= " + std::to_string(before)});
  const std::string text = asked.text();
  EXPECT_THAT(text,
              HasSubstr("most cycles that reaches cycles <= " + std::to_string(before) + ": point 6\n"));
  EXPECT_THAT(text, HasSubstr("arch.mac_latency 7: cycles "));
  EXPECT_THAT(text, testing::ContainsRegex("arch.mac_latency 6 +[0-9,]+  reaches it\n"));
  EXPECT_THAT(text, testing::ContainsRegex("arch.mac_latency 8 +[0-9,]+  misses it by [0-9.]+ %\n"));
  EXPECT_THAT(text, HasSubstr(" decides "));
  const nlohmann::json json = asked.json();
  EXPECT_EQ(json["point"], 6);
  EXPECT_TRUE(json["reached"]);
  EXPECT_TRUE(json["all"]);
  EXPECT_EQ(json["goals"][0], "cycles <= " + std::to_string(before));
  EXPECT_EQ(json["objective"], "cycles:max");
  EXPECT_EQ(json["estimated"], 8);
  ASSERT_EQ(json["neighbours"].size(), 2U);
  EXPECT_EQ(json["neighbours"][0]["column"], "arch.mac_latency");
  EXPECT_FALSE(json["neighbours"][1]["reached"]);
  EXPECT_GT(json["neighbours"][1]["shortfalls"][0], 0.0);
  EXPECT_THAT(json["sentence"], HasSubstr(" decides "));
}

}  // namespace
}  // namespace taktwerk::test
