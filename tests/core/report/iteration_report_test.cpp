// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/iteration_report.h"

#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/core/analysis/sample_program.h"
#include "tests/core/analysis/small_machine.h"

namespace taktwerk::test {
namespace {

Iteration sample(std::size_t limit = 400) {
  const auto machine = smallMachine();
  const Program program = sampleProgram(*machine);
  return iterationOf(program, *machine, heaviestNest(program), limit);
}

TEST(IterationText, ShowsLoopsAndInstructions) {
  std::ostringstream out;
  writeIterationText(out, sample());
  EXPECT_EQ(out.str(),
            "oc × 3  ›  k × 2\u202F000  ›  i2 × 5\n"
            R"(
line  instruction
----  ---------------------------------------------------------
   8  load regs.r0 ← dmem[10 + 40·oc − k + i2] 4 words  on lsu
   9  add regs.r1 ← regs.r0, regs.r1  with round = 0, shift = 2
      store dmem[100 − 7·k] 2 words ← regs.r1, dmem[0]
)");
}

TEST(IterationText, SaysWhatIsLeftOut) {
  std::ostringstream out;
  writeIterationText(out, sample(1));
  EXPECT_EQ(out.str().substr(out.str().size() - 11), "and 2 more\n");
  std::ostringstream nothing;
  writeIterationText(nothing, {});
  EXPECT_EQ(nothing.str(), "the whole program\n");
}

TEST(IterationText, TakesTheLowestStride) {
  ListedOperation load;
  load.operation = "load";
  load.reads = {{"dmem", 1, -3, {std::numeric_limits<Words>::min()}}};
  EXPECT_EQ(operationInWords(load, {{"k", 2}}), "load ← dmem[-3 − 9223372036854775808·k]");
}

TEST(IterationJson, HasTheSame) {
  std::ostringstream out;
  writeIterationJson(out, sample());
  EXPECT_EQ(out.str(), R"({
  "loops": [{"variable": "oc", "trips": 3}, {"variable": "k", "trips": 2000}, {"variable": "i2", "trips": 5}],
  "instructions": [
    {"operation": "load", "registers_written": ["regs.r0"], "registers_read": [], "writes": [], "reads": [{"memory": "dmem", "words": 4, "base": 10, "strides": [40, -1, 1]}], "immediates": {}, "unit": "lsu", "line": 8},
    {"operation": "add", "registers_written": ["regs.r1"], "registers_read": ["regs.r0", "regs.r1"], "writes": [], "reads": [], "immediates": {"round": 0, "shift": 2}, "unit": "", "line": 9},
    {"operation": "store", "registers_written": [], "registers_read": ["regs.r1"], "writes": [{"memory": "dmem", "words": 2, "base": 100, "strides": [0, -7, 0]}], "reads": [{"memory": "dmem", "words": 1, "base": 0, "strides": [0, 0, 0]}], "immediates": {}, "unit": "", "line": 0}
  ],
  "left_out": 0
}
)");
}

}  // namespace
}  // namespace taktwerk::test
