// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/touched_words.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

TEST(TouchedWords, NeighboursBecomeOnePiece) {
  const WordPieces row = piecesOf(5, 2, {{2, 10}});
  EXPECT_EQ(row.length, 20);
  EXPECT_TRUE(row.repeated.empty());
  const WordPieces backwards = piecesOf(18, 2, {{-2, 10}, {0, 7}, {9, 1}});
  EXPECT_EQ(backwards.first, 0);
  EXPECT_EQ(backwards.length, 20);
  const WordPieces columns = piecesOf(0, 1, {{30, 4}, {3, 10}});
  EXPECT_EQ(columns.pieces(), 40);
  EXPECT_EQ(columns.repeated.size(), 1U);
}

TEST(TouchedWords, OneAccessThatCoversAllIsEnough) {
  TouchedWords touched(std::int64_t{1} << 40);
  touched.add(piecesOf(0, 1, {{1, std::int64_t{1} << 20}, {std::int64_t{1} << 20, std::int64_t{1} << 20}}));
  EXPECT_TRUE(touched.all());
  EXPECT_EQ(touched.countOf(piecesOf(0, 7, {})), 7);
}

TEST(TouchedWords, BeyondWhatIsLookedAtTheyMayBeTouched) {
  TouchedWords touched(TouchedWords::mostWords + 2);
  touched.add(piecesOf(0, 1, {{2, TouchedWords::mostWords}}));
  EXPECT_EQ(touched.countOf(piecesOf(0, 10, {})), 10);
  TouchedWords few(TouchedWords::mostWords + 2);
  few.add(piecesOf(0, 1, {{2, 3}}));
  EXPECT_EQ(few.countOf(piecesOf(0, 10, {})), 3) << "but never more than were";
}

TEST(TouchedWords, AreCountedAsUnrollingCountsThem) {
  const std::uint32_t seed = 4711;
  std::mt19937 random(seed);
  const auto pick = [&](std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution<std::int64_t>(low, high)(random);
  };
  for (int trial = 0; trial < 3000; ++trial) {
    SCOPED_TRACE("seed " + std::to_string(seed) + " trial " + std::to_string(trial));
    const std::int64_t words = pick(1, 200);
    TouchedWords touched(words);
    std::set<std::int64_t> unrolled;
    for (std::int64_t patterns = pick(0, 3); patterns > 0; --patterns) {
      const std::int64_t first = pick(-20, 150), length = pick(1, 5);
      std::vector<Repetition> repetitions;
      std::vector<std::int64_t> at{first};
      for (std::int64_t loops = pick(0, 3); loops > 0; --loops) {
        repetitions.push_back({pick(-12, 40), pick(1, 5)});
        std::vector<std::int64_t> next;
        for (const std::int64_t each : at) {
          for (std::int64_t i = 0; i < repetitions.back().count; ++i)
            next.push_back(each + i * repetitions.back().stride);
        }
        at = next;
      }
      for (const std::int64_t each : at) {
        for (std::int64_t w = each; w < each + length; ++w) unrolled.insert(w);
      }
      touched.add(piecesOf(first, length, repetitions));
    }
    const std::int64_t from = pick(0, words - 1), count = pick(1, words - from);
    std::int64_t expected = 0;
    for (std::int64_t w = from; w < from + count; ++w) expected += unrolled.contains(w) ? 1 : 0;
    ASSERT_EQ(touched.countOf(piecesOf(from, count, {})), expected);
  }
}

}  // namespace
}  // namespace taktwerk
