// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/settling.h"

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

/// Of 100 iterations 2 before a period of 3, which is skipped 31 times, and 2 behind.
engine::LoopExecution settles() {
  engine::LoopExecution execution;
  execution.iterations = 100;
  execution.first = {{0, 20}, {1, 12}, {2, 7}, {3, 8}, {4, 9}, {98, 7}, {99, 8}};
  execution.run = 7;
  execution.stretches = {{2, 98, 3, 32, 24, 93}};
  execution.stretchCount = 1;
  execution.cycles = 20 + 12 + 24 * 32 + 15;
  return execution;
}

TEST(Settling, HasEveryIterationOnce) {
  const Settling settling = settlingOf(settles());
  ASSERT_EQ(settling.pieces.size(), 8U);
  std::int64_t next = 0;
  Cycles cycles = 0;
  double place = 0;
  for (const SettlingPiece& piece : settling.pieces) {
    EXPECT_EQ(piece.iteration, next);
    EXPECT_EQ(piece.place, place);
    EXPECT_GT(piece.width, 0);
    next += piece.count;
    cycles += piece.cycles;
    place += piece.width;
  }
  EXPECT_EQ(next, 100);
  EXPECT_EQ(cycles, settles().cycles);
  EXPECT_EQ(settling.width, place);
  EXPECT_EQ(settling.notShown, 0);
  EXPECT_EQ(settling.highest, 20);
  const SettlingPiece& skipped = settling.pieces[5];
  EXPECT_EQ(skipped.periods, 31);
  EXPECT_EQ(skipped.count, 93);
  EXPECT_EQ(skipped.width, 3.5);  // half of what was run: a third of the axis
}

TEST(Settling, LeadsFromPlacesToIterationsAndBack) {
  const Settling settling = settlingOf(settles());
  EXPECT_EQ(settling.iterationAt(-3), 0);
  EXPECT_EQ(settling.iterationAt(4.5), 4);
  EXPECT_EQ(settling.iterationAt(5), 5);
  EXPECT_EQ(settling.iterationAt(5 + 1.75), 5 + 46);
  EXPECT_EQ(settling.iterationAt(100), 99);
  for (const std::int64_t iteration : {0, 1, 4, 5, 40, 97, 98, 99}) {
    EXPECT_EQ(settling.iterationAt(settling.placeOf(iteration) + 1e-6), iteration);
  }
  EXPECT_EQ(settling.placeOf(1000), settling.width);
}

TEST(Settling, IsBoundedAndSaysWhatIsLeft) {
  const Settling few = settlingOf(settles(), 3);
  EXPECT_EQ(few.pieces.size(), 3U);
  EXPECT_EQ(few.notShown, 97);
  engine::LoopExecution none;
  EXPECT_TRUE(settlingOf(none).pieces.empty());
  EXPECT_EQ(settlingOf(none).iterationAt(1), std::nullopt);
  EXPECT_EQ(settlingOf(none).notShown, 0);
}

}  // namespace
}  // namespace taktwerk
