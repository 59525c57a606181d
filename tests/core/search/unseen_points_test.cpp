// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/unseen_points.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/space/grid.h"
#include "core/space/space_file.h"

namespace taktwerk {
namespace {

std::shared_ptr<const SpaceJudge> judgeOf(const std::string& text) {
  return std::make_shared<const SpaceJudge>(
      *SpaceJudge::create(*parseSpace("format: taktwerk-space/1\n" + text, "a.space.yaml")));
}

TEST(UnseenPoints, AreHandedOutOnce) {
  UnseenPoints points(judgeOf("vary: {a: [0, 1], b: {values: [0, 1], when: a == 1}}\n"));
  EXPECT_EQ(points.takeAt({1, 1}), 3);
  EXPECT_EQ(points.takeAt({1, 1}), std::nullopt);
  EXPECT_EQ(points.takeAt({0, 1}), 0);  // b is not varied there
  EXPECT_EQ(points.takeAt({0, 0}), std::nullopt);
  EXPECT_FALSE(points.take(0));
  EXPECT_TRUE(points.take(2));
}

TEST(UnseenPoints, NearAPlaceAreTheNearestFirst) {
  const auto judge = judgeOf("vary: {a: {from: 0, to: 20}, b: {from: 0, to: 20}}\nconstraints: [a != 11]\n");
  UnseenPoints points(judge);
  SeededNumbers numbers(1);
  EXPECT_TRUE(points.takeAt({10, 10}));
  std::set<std::int64_t> nearest;
  for (int i = 0; i < 3; ++i) nearest.insert(points.takeNear({10, 10}, numbers).value_or(-1));
  EXPECT_EQ(nearest, (std::set<std::int64_t>{9 * 21 + 10, 10 * 21 + 9, 10 * 21 + 11}));
  const auto places = placesAt(judge->space(), points.takeNear({10, 10}, numbers).value_or(-1));
  EXPECT_EQ(std::abs(places[0] - 10) + std::abs(places[1] - 10), 2);
}

TEST(UnseenPoints, AllAlternativesAreNear) {
  UnseenPoints points(
      judgeOf("network: [a.network.yaml, b.network.yaml, c.network.yaml, d.network.yaml]\nvary: {a: [0]}\n"));
  SeededNumbers numbers(1);
  std::set<std::int64_t> found;
  for (int i = 0; i < 3; ++i) found.insert(points.takeNear({0, 0}, numbers).value_or(-1));
  EXPECT_EQ(found.size(), 3U);
  EXPECT_FALSE(found.contains(-1));
}

TEST(UnseenPoints, AnyComeUntilNoneIsLeft) {
  UnseenPoints points(judgeOf("vary: {a: {from: 1, to: 300}, b: [1, 2]}\nconstraints: [a % 3 == 0]\n"));
  SeededNumbers numbers(4);
  std::set<std::int64_t> found;
  while (const auto point = points.takeAny(numbers)) found.insert(*point);
  EXPECT_EQ(found.size(), 200U);
}

}  // namespace
}  // namespace taktwerk
