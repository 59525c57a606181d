// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/front_rows.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/front/front.h"
#include "core/report/front_report.h"
#include "tests/core/search/searched_sweep.h"
#include "tests/support/random.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SweepRow rowOf(const Sweep& sweep, std::int64_t number, double cycles, double utilisation) {
  SweepRow row;
  row.point.number = number;
  row.point.values = {number};
  row.figures.assign(sweep.figures.size(), 0);
  row.figures[*findFigure(sweep.figures, "cycles")] = cycles;
  row.figures[*findFigure(sweep.figures, "utilisation")] = utilisation;
  return row;
}

std::vector<std::int64_t> numbersOf(const std::vector<SweepRow>& rows) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(rows.size());
  for (const SweepRow& row : rows) numbers.push_back(row.point.number);
  return numbers;
}

TEST(FrontRows, AreThoseThatNoOtherDominatesBestInTheFirstObjectiveFirst) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf({"mac_latency=1:9"}), {"cycles", "utilisation"}, memory);
  FrontRows front(sweep);
  front.add(rowOf(sweep, 4, 30, 0.9));
  front.add(rowOf(sweep, 3, 10, 0.5));
  front.add(rowOf(sweep, 2, 20, 0.4));  // 3 is quicker, and used better
  front.add(rowOf(sweep, 1, 10, 0.5));
  SweepRow incomplete = rowOf(sweep, 0, 1, 1);
  incomplete.complete = false;
  front.add(incomplete);
  SweepRow infeasible = rowOf(sweep, 7, 1, 1);
  infeasible.state = PointState::Infeasible;
  front.add(infeasible);
  EXPECT_THAT(numbersOf(front.rows()), ElementsAre(1, 3, 4));
  EXPECT_EQ(front.leftOut(), 1);
}

TEST(FrontRows, AreThoseOfTheFrontHoweverManyCome) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf({"mac_latency=1:9"}), {"cycles", "utilisation"}, memory);
  Random random(11);
  FrontRows front(sweep);
  std::vector<std::vector<double>> points;
  points.reserve(20'000);
  for (std::int64_t number = 0; number < 20'000; ++number) {
    // Near a line along which what one gains the other loses.
    const auto cycles = static_cast<double>(random.between(1, 3000));
    points.push_back({cycles, cycles + static_cast<double>(random.between(0, 20))});
    front.add(rowOf(sweep, number, points.back()[0], points.back()[1]));
  }
  std::vector<std::int64_t> expected;
  expected.reserve(points.size());
  for (const std::size_t point : nonDominated(points, {false, true}))
    expected.push_back(static_cast<std::int64_t>(point));
  std::vector<std::int64_t> found = numbersOf(front.rows());
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, expected);
}

TEST(FrontRows, SayHowMuchTheyDominate) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf({"mac_latency=1:9"}), {"cycles", "utilisation"}, memory);
  FrontRows front(sweep);
  EXPECT_FALSE(front.volume());
  front.add(rowOf(sweep, 1, 10, 0.2));
  front.add(rowOf(sweep, 2, 20, 0.4));
  front.add(rowOf(sweep, 3, 100, 0.1));  // dominated, but it says how bad a design can be
  const auto volume = front.volume();
  ASSERT_TRUE(volume);
  EXPECT_TRUE(volume->logarithmic);
  EXPECT_THAT(volume->reference, ElementsAre(testing::DoubleEq(110), testing::DoubleEq(0.1 / 1.1)));
  // By logarithms: the whole box but for what lies between the two points.
  const double box = std::log(11.0) * std::log(4.4), between = std::log(2.0) * std::log(2.0);
  EXPECT_NEAR(volume->share, 1 - between / box, 1e-12);
  front.add(rowOf(sweep, 4, 10, 0.4));
  EXPECT_DOUBLE_EQ(front.volume()->share, 1) << "the best in everything";
  front.add(rowOf(sweep, 5, 0, 0.1));
  EXPECT_FALSE(front.volume()->logarithmic);
}

TEST(FrontRows, OfOneObjectiveHaveNoVolume) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf({"mac_latency=1:9"}), {"cycles"}, memory);
  FrontRows front(sweep);
  front.add(rowOf(sweep, 1, 10, 0.2));
  front.add(rowOf(sweep, 2, 20, 0.4));
  EXPECT_FALSE(front.volume());
}

TEST(FrontReport, ListsTheFrontWithWhatIsVariedAndLookedFor) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf({"mac_latency=1:9"}), {"cycles", "utilisation"}, memory);
  std::ostringstream text;
  writeFrontText(text, sweep, {rowOf(sweep, 3, 12000, 0.5), rowOf(sweep, 4, 13000, 0.123456)},
                 FrontVolume{0.6312, {1, 1}, true}, 2);
  EXPECT_EQ(
      text.str(),
      "front of cycles:min, utilisation:max: 2 points\n"
      "point  arch.mac_latency  cycles  utilisation\n"
      "-----  ----------------  ------  -----------\n"
      "    3                 3  12,000          0.5\n"
      "    4                 4  13,000       0.1235\n"
      "it dominates 63.1 % of the box from the best figures to a tenth beyond the worst (hypervolume, by "
      "logarithms)\n"
      "2 points are left out: layers are missing, or a value\n");
  std::ostringstream none;
  writeFrontText(none, sweep, {}, {}, 0);
  EXPECT_EQ(none.str(), "front of cycles:min, utilisation:max: 0 points\n");
}

TEST(FrontReport, IsTheNumbersOfThePointsInJson) {
  StudyMemory memory;
  const Sweep sweep = oneMacSweep(spaceOf({"mac_latency=1:9"}), {"cycles"}, memory);
  std::ostringstream text;
  JsonWriter json(text);
  json.openObject();
  writeFrontJson(json, {rowOf(sweep, 3, 1, 1), rowOf(sweep, 8, 1, 1)}, FrontVolume{0.5, {2, 0.25}, true});
  json.closeObject();
  EXPECT_THAT(text.str(), HasSubstr("\"front\": [3, 8]"));
  EXPECT_THAT(text.str(), HasSubstr("\"hypervolume\": {\"share\": 0.5, \"logarithmic\": true, "
                                    "\"reference\": [2.0, 0.25]}"));
}

}  // namespace
}  // namespace taktwerk::test
