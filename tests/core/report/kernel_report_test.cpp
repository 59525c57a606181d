// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/kernel_report.h"

#include <sstream>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

KernelTable sample() {
  KernelTable table{"dots", 1402, 12, 5, {}};
  table.kernels = {{0, "oc", 0, 100, 4, 4, 1},
                   {1, "k", 1, 33, 3, 12, 2},
                   {1, "", 50, 2, 5, 20, 7},
                   {0, "", 400, 1, 1002, 1002, 9}};
  return table;
}

TEST(KernelsText, NumbersLoopsWithinTheLoopAround) {
  std::ostringstream out;
  writeKernelsText(out, sample());
  EXPECT_EQ(out.str(), R"(dots: 1,402 instructions, 5 after folding, 4 loop kernels

kernel  line  start  length  repetitions
------  ----  -----  ------  -----------
1          1      0     100            4
  1.1      2      1      33            3
  1.2      7     50       2            5
2          9    400       1        1,002
)");
}

TEST(KernelsText, WithoutLoopsIsOneLine) {
  std::ostringstream out;
  writeKernelsText(out, {"flat\x1b", 2, 1, 2, {}});
  EXPECT_EQ(out.str(), "flat\\x1b: 2 instructions, 2 after folding, 0 loop kernels\n");
}

TEST(KernelsJson, PutsLoopsIntoTheLoopAround) {
  std::ostringstream out;
  KernelTable table = sample();
  table.kernels.resize(2);
  writeKernelsJson(out, table);
  EXPECT_EQ(out.str(), R"({
  "trace": "dots",
  "instructions": 1402,
  "loop_iterations": 12,
  "folded_instructions": 5,
  "kernels": [
    {
      "start": 0,
      "line": 1,
      "length": 100,
      "repetitions": 4,
      "depth": 0,
      "kernels": [
        {
          "start": 1,
          "line": 2,
          "length": 33,
          "repetitions": 3,
          "depth": 1,
          "kernels": []
        }
      ]
    }
  ]
}
)");
}

}  // namespace
}  // namespace taktwerk
