// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/sample.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/space/grid.h"
#include "core/space/space_file.h"

namespace taktwerk {
namespace {

using testing::ElementsAre;

SpaceJudge judgeOf(const std::string& text) {
  return *SpaceJudge::create(*parseSpace("format: taktwerk-space/1\n" + text, "a.space.yaml"));
}

const std::string twoSides = "vary: {a: {from: 1, to: 1000}, b: {from: 1, to: 1000}}\n";

TEST(SeededNumbers, AreThoseOfSplitMix64) {
  SeededNumbers numbers(1234567);
  // The reference values of the algorithm's authors.
  EXPECT_EQ(numbers.next(), 6457827717110365317U);
  EXPECT_EQ(numbers.next(), 3203168211198807973U);
}

TEST(SeededNumbers, BelowIsEvenOverSmallEnds) {
  SeededNumbers numbers(7);
  std::vector<int> found(5, 0);
  for (int i = 0; i < 50'000; ++i) ++found[static_cast<std::size_t>(numbers.below(5))];
  for (const int count : found) EXPECT_NEAR(count, 10'000, 500);
  EXPECT_EQ(numbers.below(1), 0);
}

TEST(RandomSample, IsTheSameForASeedAndBeginsWithTheSmallerOne) {
  const SpaceJudge judge = judgeOf(twoSides);
  const Sample small = drawRandom(judge, 50, 3), large = drawRandom(judge, 80, 3);
  ASSERT_EQ(small.places.size(), 50U);
  EXPECT_TRUE(std::equal(small.places.begin(), small.places.end(), large.places.begin()));
  EXPECT_NE(drawRandom(judge, 50, 4).places, small.places);
  EXPECT_EQ(std::set<std::int64_t>(large.places.begin(), large.places.end()).size(), 80U);
  // Pinned: a sample of a seed is the same on every computer and in every version.
  EXPECT_THAT(std::vector(small.places.begin(), small.places.begin() + 3),
              ElementsAre(53561, 729647, 366335));
}

TEST(RandomSample, KeepsToTheConstraints) {
  const SpaceJudge judge = judgeOf(twoSides + "constraints: [a + b <= 300]\n");
  const Sample sample = drawRandom(judge, 100, 1);
  EXPECT_EQ(sample.places.size(), 100U);
  EXPECT_GT(sample.missed, 100);
  for (const std::int64_t number : sample.places) {
    const auto places = placesAt(judge.space(), number);
    EXPECT_LE(places[0] + 1 + places[1] + 1, 300);
  }
}

TEST(RandomSample, OfMoreThanThereAreIsAllOfThem) {
  const SpaceJudge judge = judgeOf("vary: {a: [1, 2, 3], b: {values: [1, 2], when: a == 1}}\n");
  EXPECT_THAT(drawRandom(judge, 100, 1).places, ElementsAre(0, 1, 2, 4));
}

TEST(RandomSample, DrawsWhatIsNotVariedOnce) {
  const SpaceJudge judge = judgeOf("vary: {a: [0, 1], b: {from: 1, to: 10000, when: a == 1}}\n");
  const Sample sample = drawRandom(judge, 200, 5);
  ASSERT_EQ(sample.places.size(), 200U);
  EXPECT_EQ(std::count(sample.places.begin(), sample.places.end(), 0), 1);  // a = 0
  EXPECT_GT(sample.missed, 100);                                            // half of the draws are a = 0
}

TEST(LatinHypercube, HasAPointInEachLayerOfEachDimension) {
  const SpaceJudge judge = judgeOf(twoSides);
  const Sample sample = drawLatinHypercube(judge, 100, 9);
  ASSERT_EQ(sample.places.size(), 100U);
  std::set<std::int64_t> first, second;
  for (const std::int64_t number : sample.places) {
    const auto places = placesAt(judge.space(), number);
    first.insert(places[0] / 10);
    second.insert(places[1] / 10);
  }
  EXPECT_EQ(first.size(), 100U);
  EXPECT_EQ(second.size(), 100U);
  EXPECT_EQ(drawLatinHypercube(judge, 100, 9).places, sample.places);
  EXPECT_NE(drawLatinHypercube(judge, 100, 10).places, sample.places);
}

TEST(SampleWish, IsReadWithinItsBounds) {
  EXPECT_EQ(parseSample("random:200"), (SampleWish{SampleWish::How::Random, 200}));
  EXPECT_EQ(parseSample("lhs:1000000"), (SampleWish{SampleWish::How::LatinHypercube, 1'000'000}));
  for (const char* wrong :
       {"", "lhs", "lhs:", "lhs:0", "lhs:-1", "lhs:1000001", "lhs:1e12", "some:5", "lhs:1:2"})
    EXPECT_FALSE(parseSample(wrong)) << wrong;
}

TEST(LatinHypercube, LeavesOutAndCountsWhatIsRuledOut) {
  const SpaceJudge judge = judgeOf(twoSides + "constraints: [a <= 500]\n");
  const Sample sample = drawLatinHypercube(judge, 100, 9);
  EXPECT_EQ(sample.places.size(), 50U);
  EXPECT_EQ(sample.missed, 50);
}

}  // namespace
}  // namespace taktwerk
