// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "core/program/program.h"
#include "tests/support/named.h"

namespace taktwerk::test {

/// On smallMachine(): `oc` × 3 around `k` × 2000 around a loop without a name; some instructions in each, and
/// a loop `x` × 2 that runs less beside `oc`.
inline Program sampleProgram(const Machine& machine) {
  const auto operation = [&](const char* name) {
    InstructionTemplate instruction;
    instruction.operation = machine.findOperation(name);
    return instruction;
  };
  InstructionTemplate load = operation("load");
  load.writes = {registerNamed(machine, "regs.r0")};
  load.memoryReads = {{machine.findMemory("dmem"), 4}};
  load.unit = unitNamed(machine, "lsu");
  InstructionTemplate add = operation("add");
  add.writes = {registerNamed(machine, "regs.r1")};
  add.reads = {registerNamed(machine, "regs.r0"), registerNamed(machine, "regs.r1")};
  add.immediates = {{"round", 0}, {"shift", 2}};
  InstructionTemplate store = operation("store");
  store.reads = {registerNamed(machine, "regs.r1")};
  store.memoryReads = {{machine.findMemory("dmem"), 1}};
  store.memoryWrites = {{machine.findMemory("dmem"), 2}};

  ProgramBuilder builder("sample", "sample.mapping.yaml");
  builder.openLoop(2, "x");
  builder.add(operation("wait"), {}, 3);
  builder.closeLoop();
  builder.openLoop(3, "oc");
  builder.openLoop(2000, "k");
  builder.add(operation("wait"), {}, 6);
  builder.openLoop(5);
  builder.add(load, std::vector<std::int64_t>{10, 40, -1, 1}, 8);
  builder.add(add, {}, 9);
  builder.add(store, std::vector<std::int64_t>{0, 0, 0, 0, 100, 0, -7, 0}, 0);
  builder.closeLoop();
  builder.closeLoop();
  builder.closeLoop();
  return std::move(builder).finish();
}

}  // namespace taktwerk::test
