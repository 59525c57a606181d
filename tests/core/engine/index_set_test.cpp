// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/events/index_set.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/random.h"

namespace taktwerk::engine {
namespace {

TEST(IndexSet, FindsTheOldestAcrossTheEndOfTheRing) {
  IndexSet set;
  set.resize(64);
  set.insert(130);  // place 2
  set.insert(127);  // place 63
  EXPECT_EQ(set.oldest(100), 127);
  set.erase(127);
  EXPECT_EQ(set.oldest(100), 130);
  set.erase(130);
  EXPECT_EQ(set.oldest(100), -1);
}

TEST(IndexSet, BehavesLikeASortedSet) {
  for (const std::size_t ring : {64u, 128u, 4096u, 16384u}) {
    test::Random random(ring);
    IndexSet set;
    set.resize(ring);
    std::set<std::int64_t> oracle;
    std::int64_t head = 1000;
    for (int step = 0; step < 20000; ++step) {
      const auto index = head + static_cast<std::int64_t>(random.below(ring));
      if (random.below(2) == 0) {
        set.insert(index);
        oracle.insert(index);
      } else {
        set.erase(index);
        oracle.erase(index);
      }
      if (random.below(4) == 0) {
        while (!oracle.empty() && *oracle.begin() < head + 3) {
          set.erase(*oracle.begin());
          oracle.erase(oracle.begin());
        }
        head += 3;
      }
      ASSERT_EQ(set.oldest(head), oracle.empty() ? -1 : *oracle.begin());
      ASSERT_EQ(set.empty(), oracle.empty());
      ASSERT_EQ(set.contains(index), oracle.count(index) == 1);
    }
  }
}

}  // namespace
}  // namespace taktwerk::engine
