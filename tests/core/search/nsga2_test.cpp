// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nsga2.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace taktwerk {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing::UnorderedElementsAre;

std::vector<Individual> parentsOf(std::size_t count) {
  std::vector<Individual> parents;
  parents.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto place = static_cast<std::int64_t>(i);
    parents.push_back({{place % 7, place % 3}, {static_cast<double>(i), static_cast<double>(count - i)}});
  }
  return parents;
}

TEST(Nsga2, HasAsManyChildrenAsParentsAllInTheBox) {
  Nsga2 nsga2({7, 3}, 1);
  for (int generation = 0; generation < 50; ++generation) {
    const auto children = nsga2.childrenOf(parentsOf(16));
    ASSERT_THAT(children, SizeIs(16));
    for (const auto& child : children) {
      ASSERT_THAT(child, SizeIs(2));
      EXPECT_TRUE(child[0] >= 0 && child[0] < 7 && child[1] >= 0 && child[1] < 3);
    }
  }
}

TEST(Nsga2, IsTheSameForASeed) {
  Nsga2 one(Nsga2({100, 100}, 9)), other({100, 100}, 9), third({100, 100}, 10);
  EXPECT_EQ(one.childrenOf(parentsOf(8)), other.childrenOf(parentsOf(8)));
  const auto next = one.childrenOf(parentsOf(8));
  EXPECT_EQ(next, other.childrenOf(parentsOf(8)));
  EXPECT_NE(next, third.childrenOf(parentsOf(8)));
}

TEST(Nsga2, TakesDimensionsOfOnePlace) {
  Nsga2 nsga2({1, 5}, 1);
  for (const auto& child : nsga2.childrenOf([] {
         std::vector<Individual> parents = parentsOf(8);
         for (Individual& parent : parents) parent.places = {0, parent.places[1]};
         return parents;
       }())) {
    EXPECT_EQ(child[0], 0);
  }
}

TEST(Survivors, AreTheBestByRankThenThoseWithRoom) {
  const auto of = [](double a, double b) { return Individual{{}, {a, b}}; };
  // The first three are on the front, the fourth behind it, the last behind that.
  const std::vector<Individual> all = {of(0, 4), of(4, 0), of(2, 2), of(3, 3), of(5, 5)};
  EXPECT_THAT(survivorsOf(all, 3), UnorderedElementsAre(0, 1, 2));
  EXPECT_THAT(survivorsOf(all, 4), UnorderedElementsAre(0, 1, 2, 3));
  EXPECT_THAT(survivorsOf(all, 2), UnorderedElementsAre(0, 1));  // the ends have the most room
  EXPECT_THAT(survivorsOf(all, 9), SizeIs(5));
}

}  // namespace
}  // namespace taktwerk
