// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "app/cli/progress_line.h"

namespace taktwerk::cli {
namespace {

TEST(ProgressInWords, gives_the_share_done_and_the_time_left) {
  EXPECT_EQ(progressInWords("estimating", "instructions", 25, 100, 10.0),
            "estimating: 25 %, about 30 s left");
  EXPECT_EQ(progressInWords("estimating", "instructions", 1, 100, 10.0),
            "estimating: 1 %, about 16 min left");
  EXPECT_EQ(progressInWords("estimating", "instructions", 1, 10000, 10.0),
            "estimating: 0 %, about 27 h left");
}

TEST(ProgressInWords, counts_when_the_total_is_not_known) {
  EXPECT_EQ(progressInWords("writing", "instructions", 1200000, 0, 3.0), "writing: 1,200,000 instructions");
}

TEST(ProgressInWords, survives_figures_that_make_no_sense) {
  EXPECT_EQ(progressInWords("estimating", "points", 0, 100, 10.0), "estimating: 0 %");
  EXPECT_EQ(progressInWords("estimating", "points", 300, 100, 10.0), "estimating: 100 %, about 0 s left");
}

}  // namespace
}  // namespace taktwerk::cli
