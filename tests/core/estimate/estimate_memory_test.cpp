// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/estimate_memory.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

Machine withEnd(Words end) {
  Machine machine;
  machine.memories.resize(1);
  machine.memories.front().addressRanges = {{0, end}};
  return machine;
}

/// What comes of a layer that fits a memory of no size: something else for each end of it.
MadeProgram refusedAt(Words end) {
  MadeProgram made{Diagnostic{Severity::Error, {}, {1, 1}, "M0201", "does not fit", {}}, {}, {}};
  made.ends.told(MemoryId{0}, end);
  return made;
}

TEST(EstimateMemory, KeepsFewOfTheKindsOfOneWish) {
  EstimateMemory memory;
  Digester wish;
  wish.add(std::int64_t{7});
  int made = 0;
  const auto ask = [&](Words end) {
    const Machine machine = withEnd(end);
    return memory.program(wish.digest(), machine, [&] {
      ++made;
      return refusedAt(end);
    });
  };
  constexpr Words many = 1000;
  for (Words end = 1; end <= many; ++end) ask(end);
  EXPECT_EQ(made, many);
  ask(many);
  EXPECT_EQ(made, many) << "the last is known";
  const KeyedProgram again = ask(1);
  EXPECT_EQ(made, many + 1) << "the first was let go";
  EXPECT_FALSE(again.program->result);
  EXPECT_TRUE(again.program->ends.hold(withEnd(1)));
}

TEST(EstimateMemory, ForgetsTheOldestTimingsWhenTheyHoldMuch) {
  EstimateMemory memory;
  int timed = 0;
  const auto ask = [&](std::int64_t key, std::size_t instructions) {
    Digester content;
    content.add(key);
    return memory.timing(content.digest(), [&] {
      ++timed;
      TimedProgram program;
      program.layer.times.resize(instructions);
      return program;
    });
  };
  for (std::int64_t key = 0; key < 100; ++key) ask(key, 1);
  ask(0, 1);
  EXPECT_EQ(timed, 100) << "small ones are all known";
  constexpr std::size_t much = 1'500'000;  // of which three are more than is kept
  for (std::int64_t key = 100; key < 104; ++key) ask(key, much);
  timed = 0;
  ask(103, much);
  EXPECT_EQ(timed, 0) << "the last is known";
  ask(0, 1);
  ask(100, much);
  EXPECT_EQ(timed, 2) << "the oldest were let go";
}

TEST(MemoryEnds, HoldForTheLastAddressThereIs) {
  constexpr Words last = std::numeric_limits<Words>::max();
  MemoryEnds fits, exact;
  fits.asked(MemoryId{0}, 100, true);
  exact.told(MemoryId{0}, last);
  EXPECT_TRUE(fits.hold(withEnd(last)));
  EXPECT_TRUE(exact.hold(withEnd(last)));
  EXPECT_FALSE(exact.hold(withEnd(last - 1)));
  MemoryEnds refused;
  refused.asked(MemoryId{0}, 100, false);
  EXPECT_TRUE(refused.hold(withEnd(99)));
  EXPECT_FALSE(refused.hold(withEnd(100)));
  refused.add(fits);
  EXPECT_FALSE(refused.hold(withEnd(99)) || refused.hold(withEnd(100))) << "which no end is";
}

}  // namespace
}  // namespace taktwerk
