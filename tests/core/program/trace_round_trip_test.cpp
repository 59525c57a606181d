// SPDX-License-Identifier: GPL-3.0-or-later
#include <sstream>

#include <gtest/gtest.h>

#include "core/program/trace_file.h"
#include "tests/core/program/small_machine.h"
#include "tests/support/named.h"
#include "tests/support/random_property.h"

namespace taktwerk {
namespace {

std::string written(const Program& program, const Machine& machine) {
  std::ostringstream output;
  writeTrace(output, program, machine);
  return output.str();
}

TEST(TraceWriter, WritesOneInstructionALine) {
  const auto machine = test::smallMachine();
  InstructionTemplate load;
  load.operation = machine->findOperation("load");
  load.writes = {test::registerNamed(*machine, "regs.r0"), test::registerNamed(*machine, "other.acc")};
  load.memoryReads = {{machine->findMemory("dmem"), 4}};
  load.immediates = {{"k", 1}};
  load.unit = test::unitNamed(*machine, "lsu");
  ProgramBuilder builder("p");
  builder.openLoop(2);
  builder.add(load, std::vector<std::int64_t>{10, 4});
  builder.closeLoop();
  EXPECT_EQ(written(std::move(builder).finish(), *machine),
            "{\"operation\": \"load\", \"writes\": [\"regs.r0\", \"other.acc\"], \"memory_reads\": "
            "[{\"memory\": \"dmem\", \"address\": 10, \"words\": 4}], \"immediates\": {\"k\": 1}, \"unit\": "
            "\"lsu\"}\n"
            "{\"operation\": \"load\", \"writes\": [\"regs.r0\", \"other.acc\"], \"memory_reads\": "
            "[{\"memory\": \"dmem\", \"address\": 14, \"words\": 4}], \"immediates\": {\"k\": 1}, \"unit\": "
            "\"lsu\"}\n");
}

TEST(TraceWriter, WhatIsWrittenReadsBackAsTheSameInstructions) {
  test::RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = 60;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const test::RandomCase made = test::randomCase(seed, options);
    const auto machine = made.architecture.machine();
    ASSERT_TRUE(machine) << "seed " << seed;
    const auto program = made.program.program(*machine);
    ASSERT_TRUE(program) << "seed " << seed;

    const std::string text = written(*program, *machine);
    std::istringstream input(text);
    const auto again = readTrace(input, "random.trace.jsonl", *machine);
    ASSERT_TRUE(again) << "seed " << seed << ": " << toString(again.diagnostics.front());
    ProgramWalker one(*program), other(*again);
    while (one.next()) {
      ASSERT_TRUE(other.next()) << "seed " << seed;
      ASSERT_EQ(program->templates[one.step().instruction], again->templates[other.step().instruction])
          << "seed " << seed;
      ASSERT_TRUE(std::equal(one.addresses().begin(), one.addresses().end(), other.addresses().begin(),
                             other.addresses().end()))
          << "seed " << seed;
    }
    EXPECT_FALSE(other.next()) << "seed " << seed;
    EXPECT_EQ(written(*again, *machine), text) << "seed " << seed;
  }
}

}  // namespace
}  // namespace taktwerk
