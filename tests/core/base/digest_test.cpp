// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/digest.h"

#include <bit>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

Digest of(std::initializer_list<std::int64_t> numbers) {
  Digester digester;
  for (const std::int64_t number : numbers) digester.add(number);
  return digester.digest();
}

TEST(Digest, IsTheSameForTheSameContentOnly) {
  EXPECT_EQ(of({1, 2, 3}), of({1, 2, 3}));
  EXPECT_NE(of({1, 2, 3}), of({1, 3, 2}));
  EXPECT_NE(of({1, 2}), of({1, 2, 0}));
  EXPECT_NE(of({}), of({0}));
  EXPECT_NE(of({0}), of({0, 0}));
  EXPECT_NE(Digester().add("ab").add("c").digest(), Digester().add("a").add("bc").digest());
  EXPECT_NE(Digester().add("").digest(), Digester().digest());
  EXPECT_NE(Digester().add(std::string(8, 'x')).digest(), Digester().add(std::string(9, 'x')).digest());
}

TEST(Digest, TakesAllOfANumberWithAPoint) {
  EXPECT_NE(Digester().add(0.25).digest(), Digester().add(0.5).digest());
  EXPECT_EQ(Digester().add(0.5).digest(), Digester().add(0.5).digest());
}

TEST(Digest, TellsSmallNumbersApart) {
  std::set<std::uint64_t> high, low;
  constexpr std::int64_t most = 300;
  for (std::int64_t a = 0; a < most; ++a) {
    for (std::int64_t b = 0; b < most; ++b) {
      const Digest digest = of({a, b});
      high.insert(digest.high);
      low.insert(digest.low);
    }
  }
  EXPECT_EQ(high.size(), static_cast<std::size_t>(most * most));  // either half by itself
  EXPECT_EQ(low.size(), static_cast<std::size_t>(most * most));
}

TEST(Digest, OneBitChangesHalfOfTheOthers) {
  int changed = 0, pairs = 0;
  for (std::int64_t number = 0; number < 100; ++number) {
    for (unsigned bit = 0; bit < 63; ++bit, ++pairs) {
      const Digest before = of({7, number, 7}), after = of({7, number ^ std::int64_t{1} << bit, 7});
      changed += std::popcount(before.high ^ after.high) + std::popcount(before.low ^ after.low);
    }
  }
  EXPECT_NEAR(static_cast<double>(changed) / pairs, 64, 1);
}

}  // namespace
}  // namespace taktwerk
