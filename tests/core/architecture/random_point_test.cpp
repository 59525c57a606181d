// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/random_point.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/architecture/feasibility.h"
#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

Architecture architectureWith(const std::string& parameters, const std::string& constraints = "[]") {
  return *parseArchitecture("format: taktwerk-architecture/1\nparameters: {" + parameters +
                                "}\nconstraints: " + constraints + "\nobjects: {}\nconnections: []\n",
                            "f");
}

TEST(RandomPoint, KeepsBoundsInAnyOrderOfTheFile) {
  const Architecture a = architectureWith(
      "buffer: {default: 4, minimum: width, maximum: 2 * width}, width: {default: 4, minimum: 1, maximum: "
      "99}, "
      "lanes: {default: 3, values: [1, 3, width]}, steps: {default: -4, minimum: -10, maximum: 3, step: 6}, "
      "open: {default: 7, minimum: 1}, twice: {default: 2 * width}",
      "[{condition: buffer != width}]");
  std::set<std::int64_t> widths, steps;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const auto point = randomPoint(a, seed);
    ASSERT_TRUE(point);
    EXPECT_EQ(infeasibility(a, *point), std::nullopt);
    EXPECT_EQ(point->at("open"), 7);
    EXPECT_EQ(point->at("twice"), 2 * point->at("width"));
    EXPECT_EQ(randomPoint(a, seed), point);
    widths.insert(point->at("width"));
    steps.insert(point->at("steps"));
  }
  EXPECT_EQ(steps, (std::set<std::int64_t>{-10, -4, 2}));
  EXPECT_GT(widths.size(), 40U);
}

TEST(RandomPoint, GivesTheSameValuesEverywhere) {
  const Architecture a = architectureWith(
      "rows: {default: 4, minimum: 1, maximum: 1024}, ports: {default: 1, values: [1, 2, 4]}");
  EXPECT_EQ(randomPoint(a, 1), (ParameterMap{{"rows", 56}, {"ports", 4}}));
  EXPECT_EQ(randomPoint(a, 2), (ParameterMap{{"rows", 56}, {"ports", 2}}));
}

TEST(RandomPoint, DoublingsOfAWideRangeAreEquallyLikely) {
  const Architecture a = architectureWith("n: {default: 1, minimum: 1, maximum: 1048576}");
  std::map<int, int> byDoubling;
  for (std::uint64_t seed = 0; seed < 4200; ++seed) {
    std::int64_t distance = randomPoint(a, seed)->at("n") - 1;
    int doubling = 0;
    for (; distance > 0; distance /= 2) ++doubling;
    ++byDoubling[doubling];
  }
  EXPECT_EQ(byDoubling.size(), 21U);  // 0, and 20 of [2^k, 2^(k + 1))
  for (const auto& [doubling, count] : byDoubling) EXPECT_NEAR(count, 200, 70) << doubling;
}

TEST(RandomPoint, ReachesTheEndsOf64Bits) {
  const Architecture a =
      architectureWith("n: {default: 0, minimum: -9223372036854775808, maximum: 9223372036854775807}");
  bool negative = false, positive = false;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const std::int64_t n = randomPoint(a, seed)->at("n");
    negative = negative || n < 0;
    positive = positive || n > 0;
  }
  EXPECT_TRUE(negative && positive);
}

TEST(RandomPoint, SaysWhenThereIsNone) {
  EXPECT_EQ(
      randomPoint(architectureWith("n: {default: 1, minimum: 1, maximum: 9}", "[{condition: n > 9}]"), 0),
      std::nullopt);
  EXPECT_EQ(randomPoint(architectureWith("n: {default: 5}"), 0), (ParameterMap{{"n", 5}}));
}

}  // namespace
}  // namespace taktwerk
