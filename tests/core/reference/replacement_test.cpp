// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/reference/cache_machine.h"

namespace taktwerk::test {
namespace {

/// One set of lines of four words, one access after the other: "MMH" tells which lines, named by letters,
/// missed and which hit.
std::string missesAndHits(const std::string& attributes, const std::string& lines) {
  const auto machine = cacheMachine("sets: 1, line_words: 4, hit_latency: 1, " + attributes);
  std::string trace;
  for (const char line : lines) trace += load(4 * (line - 'A'));
  std::string text;
  for (const InstructionTimes& times : runTrace(*machine, trace).times) {
    const AccessTimes& access = times.accesses.at(0);
    text += access.ready - access.granted == 1 ? 'H' : 'M';
  }
  return text;
}

TEST(Replacement, LruEvictsWhatWasUsedLongestAgo) {
  EXPECT_EQ(missesAndHits("ways: 2, replacement: lru", "ABACAB"), "MMHMHM");
}

TEST(Replacement, FifoEvictsWhatCameLongestAgo) {
  EXPECT_EQ(missesAndHits("ways: 2, replacement: fifo", "ABACAB"), "MMHMMM");
}

TEST(Replacement, PlruFollowsItsTree) {
  // After A B C D A the tree points at C, where lru would evict B.
  EXPECT_EQ(missesAndHits("ways: 4, replacement: plru", "ABCDAEBDAC"), "MMMMHMHHHM");
  EXPECT_EQ(missesAndHits("ways: 4, replacement: lru", "ABCDAEB"), "MMMMHMM");
}

TEST(Replacement, PlruOfOneWayAlwaysEvictsIt) {
  EXPECT_EQ(missesAndHits("ways: 1, replacement: plru", "AABA"), "MHMM");
}

TEST(Replacement, RandomDrawsOneNumberAnEviction) {
  // xorshift64* with seed 1 draws 0x47E4CE4B896CDD1D, then 0xABCFA6A8E079651D, both way 1 of 4.
  EXPECT_EQ(missesAndHits("ways: 4, replacement: random, seed: 1", "ABCDEACDEB"), "MMMMMHHHHM");
  EXPECT_EQ(missesAndHits("ways: 4, replacement: random, seed: 1", "ABCDEBACDE"), "MMMMMMHHHM");
}

TEST(Replacement, SetsAreTakenByLineNumber) {
  const auto machine = cacheMachine("sets: 2, ways: 1, line_words: 4, hit_latency: 1");
  // Lines 0 and 2 share set 0, line 1 is in set 1.
  EXPECT_EQ(accessTimes(*machine, load(0) + load(4) + load(0) + load(8) + load(4) + load(0)),
            "2-13 13-24 24-25 25-36 36-37 37-48");
}

}  // namespace
}  // namespace taktwerk::test
