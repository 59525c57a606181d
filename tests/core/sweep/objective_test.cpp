// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/objective.h"

#include <limits>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

Objective parsed(std::string_view text) {
  const auto read = parseObjective(text, standardFigures());
  const auto* problem = std::get_if<ObjectiveProblem>(&read);
  EXPECT_EQ(problem, nullptr) << (problem != nullptr ? problem->message : "");
  return problem == nullptr ? std::get<Objective>(read) : Objective{};
}

std::string refused(std::string_view text) {
  const auto read = parseObjective(text, standardFigures());
  const auto* problem = std::get_if<ObjectiveProblem>(&read);
  return problem == nullptr ? "" : problem->message;
}

TEST(Objective, IsLookedForWhereTheFigureIsBetter) {
  EXPECT_EQ(parsed("cycles"), (Objective{"cycles", Figure::Better::Less}));
  EXPECT_EQ(parsed("utilisation"), (Objective{"utilisation", Figure::Better::More}));
}

TEST(Objective, HasTheDirectionThatIsGiven) {
  EXPECT_EQ(parsed("cycles:max"), (Objective{"cycles", Figure::Better::More}));
  EXPECT_EQ(parsed("utilisation:min"), (Objective{"utilisation", Figure::Better::Less}));
}

TEST(Objective, IsWrittenAsItIsRead) {
  for (const std::string_view text : {"cycles:min", "cycles:max", "traffic:min"}) {
    EXPECT_EQ(toString(parsed(text)), text);
  }
}

TEST(Objective, NamesTheFiguresThatThereAre) {
  const std::string message = refused("cycle");
  EXPECT_NE(message.find("did you mean \"cycles\""), std::string::npos) << message;
  EXPECT_NE(message.find("traffic"), std::string::npos) << message;
}

TEST(Objective, RefusesAnotherWordForADirection) {
  EXPECT_EQ(refused("cycles:least"), "cycles: the direction is min or max, not \"least\"");
  EXPECT_EQ(refused("cycles:"), "cycles: the direction is min or max, not \"\"");
}

TEST(Objective, PrefersWhatHasAValue) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const Objective least{"cycles", Figure::Better::Less}, most{"cycles", Figure::Better::More};
  EXPECT_TRUE(isBetter(least, 1, 2));
  EXPECT_FALSE(isBetter(least, 2, 2));
  EXPECT_TRUE(isBetter(most, 2, 1));
  EXPECT_FALSE(isBetter(most, 1, 2));
  EXPECT_TRUE(isBetter(least, 1, none));
  EXPECT_FALSE(isBetter(most, none, 1));
  EXPECT_FALSE(isBetter(most, none, none));
}

}  // namespace
}  // namespace taktwerk
