// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/suggest.h"

#include <gtest/gtest.h>

#include "core/space/space_writer.h"

namespace taktwerk {
namespace {

std::string suggested(const KnownRange& range) {
  return valuesText(suggestValues(range));
}

TEST(SuggestValues, HalvesAndDoublesWhatItIsNow) {
  EXPECT_EQ(suggested({.now = 16, .least = 1, .most = 1024}), "8,16,32,64");
  EXPECT_EQ(suggested({.now = 16}), "8,16,32,64");
  EXPECT_EQ(suggested({.now = 1}), "1,2,4") << "half of one is nothing";
}

TEST(SuggestValues, StaysWithinWhatIsLegal) {
  EXPECT_EQ(suggested({.now = 16, .least = 16, .most = 40}), "16,32");
  EXPECT_EQ(suggested({.now = 16, .least = 4, .most = 64, .step = 4}), "8,16,32,64");
  EXPECT_EQ(suggested({.now = 12, .least = 4, .most = 64, .step = 4}), "12,24,48");
  EXPECT_EQ(suggested({.now = 1000, .least = 999, .most = 1007}), "999,1000,1001,1002");
}

TEST(SuggestValues, TakesSmallRangesAndListsAsTheyAre) {
  EXPECT_EQ(suggested({.now = 2, .least = 1, .most = 4}), "1:4");
  EXPECT_EQ(suggested({.now = 8, .least = 0, .most = 16, .step = 8}), "0:16:8");
  EXPECT_EQ(suggested({.now = 8, .values = {2, 8, 128}}), "2,8,128");
}

TEST(SuggestValues, GoesUpFromZero) {
  EXPECT_EQ(suggested({.now = 0, .least = 0}), "0,1,2");
}

TEST(SuggestValues, AlwaysGivesSomething) {
  EXPECT_EQ(suggested({.now = 5, .least = 100, .most = 200}), "5");
  EXPECT_FALSE(suggested({.now = INT64_MAX}).empty());
  EXPECT_FALSE(suggested({.now = INT64_MIN}).empty());
}

}  // namespace
}  // namespace taktwerk
