// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "app/cli/progress_line.h"

namespace taktwerk::cli {
namespace {

TEST(ProgressInWords, GivesTheShareDoneAndTheTimeLeft) {
  EXPECT_EQ(progressInWords("estimating", "instructions", 25, 100, 10.0),
            "estimating: 25 %, about 30 s left");
  EXPECT_EQ(progressInWords("estimating", "instructions", 1, 100, 10.0),
            "estimating: 1 %, about 16 min left");
  EXPECT_EQ(progressInWords("estimating", "instructions", 1, 10000, 10.0),
            "estimating: 0 %, about 27 h left");
}

TEST(ProgressInWords, CountsWhenTheTotalIsNotKnown) {
  EXPECT_EQ(progressInWords("writing", "instructions", 1200000, 0, 3.0), "writing: 1,200,000 instructions");
}

TEST(ProgressInWords, SurvivesFiguresThatMakeNoSense) {
  EXPECT_EQ(progressInWords("estimating", "points", 0, 100, 10.0), "estimating: 0 %");
  EXPECT_EQ(progressInWords("estimating", "points", 300, 100, 10.0), "estimating: 100 %, about 0 s left");
}

}  // namespace
}  // namespace taktwerk::cli
