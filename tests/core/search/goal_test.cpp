// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/goal.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/study/study_memory.h"
#include "core/sweep/wishes.h"
#include "tests/core/sweep/shipped_sweep.h"

namespace taktwerk {
namespace {

using testing::HasSubstr;

Goal goalOf(const std::string& text) {
  const auto parsed = parseGoal(text, standardFigures());
  if (const auto* problem = std::get_if<ObjectiveProblem>(&parsed)) {
    ADD_FAILURE() << problem->message;
    return {};
  }
  return std::get<Goal>(parsed);
}

TEST(Goal, IsAFigureAndWhatItHasToBe) {
  EXPECT_EQ(goalOf("cycles <= 30000"), (Goal{"cycles", Figure::Better::Less, 30000}));
  EXPECT_EQ(goalOf("utilisation>=0.25"), (Goal{"utilisation", Figure::Better::More, 0.25}));
  EXPECT_EQ(goalOf(" cycles  >= 1e6 "), (Goal{"cycles", Figure::Better::More, 1e6}));
  EXPECT_EQ(toString(goalOf("cycles<=3e4")), "cycles <= 30000");
  EXPECT_EQ(toString(goalOf("utilisation >= 0.25")), "utilisation >= 0.25");
}

TEST(Goal, IsRefusedWithWhatWouldBeRight) {
  for (const char* text : {"", "cycles", "cycles < 3", "cycles <=", "cycles <= many", "cycles <= 3 4",
                           "cycles <= inf", "cycles:min <= 3", "<= 3"}) {
    const auto parsed = parseGoal(text, standardFigures());
    ASSERT_TRUE(std::holds_alternative<ObjectiveProblem>(parsed)) << text;
  }
  EXPECT_THAT(std::get<ObjectiveProblem>(parseGoal("cycles < 3", standardFigures())).message,
              HasSubstr("FIGURE >= NUMBER or FIGURE <= NUMBER"));
  EXPECT_THAT(std::get<ObjectiveProblem>(parseGoal("cycle <= 3", standardFigures())).message,
              HasSubstr("\"cycle\""));
}

TEST(Goal, IsMissedByAShareOfItsBound) {
  EXPECT_DOUBLE_EQ(shortfall(goalOf("cycles <= 200"), 250), 0.25);
  EXPECT_DOUBLE_EQ(shortfall(goalOf("cycles <= 200"), 200), 0);
  EXPECT_DOUBLE_EQ(shortfall(goalOf("utilisation >= 0.5"), 0.4), 0.2);
  EXPECT_DOUBLE_EQ(shortfall(goalOf("utilisation >= 0.5"), 0.9), 0);
  EXPECT_DOUBLE_EQ(shortfall(goalOf("traffic <= 0"), 7), 7);
  EXPECT_TRUE(std::isnan(shortfall(goalOf("cycles <= 1"), std::numeric_limits<double>::quiet_NaN())));
}

TEST(Goals, BecomeColumnsBehindTheObjective) {
  StudyMemory memory;
  auto sweep =
      bindSpace(test::spaceOf({"mac_latency=1:3"}), test::shippedFiles("one-mac", "tc-resnet8"), memory);
  ASSERT_TRUE(sweep);
  sweep->objectives.push_back({"utilisation", Figure::Better::More});
  const auto goals = setGoals(*sweep, {"traffic.dmem <= 5000", "cycles <= 100", "cycles >= 10"});
  ASSERT_TRUE((std::holds_alternative<std::vector<Goal>>(goals)));
  EXPECT_EQ(std::get<std::vector<Goal>>(goals).size(), 3U);
  ASSERT_EQ(sweep->objectives.size(), 3U);
  EXPECT_EQ(sweep->objectives[0].figure, "utilisation");
  EXPECT_EQ(sweep->objectives[1], (Objective{"traffic.dmem", Figure::Better::Less}));
  EXPECT_EQ(sweep->objectives[2], (Objective{"cycles", Figure::Better::Less}));
  EXPECT_TRUE(findFigure(sweep->figures, "traffic.dmem"));
  EXPECT_TRUE(std::holds_alternative<ObjectiveProblem>(setGoals(*sweep, {"speed <= 3"})));
}

}  // namespace
}  // namespace taktwerk
