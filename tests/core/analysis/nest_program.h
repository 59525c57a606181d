// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <utility>

#include "core/program/program.h"
#include "tests/support/machine_from_text.h"
#include "tests/support/named.h"

namespace taktwerk::test {

/// An adder beside what loads and stores, each in a stage of its own.
inline std::shared_ptr<const Machine> twoLanes() {
  return machineFromText(R"(
format: taktwerk-architecture/1
name: Two lanes
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  compute: {class: ExecuteStage}
  move: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add, wait], latency: 2}
  lsu: {class: MemoryAccessUnit, operations: [load, store]}
  regs: {class: RegisterFile, registers: [r0, r1], data_width: 32}
  dmem: {class: SRAM, port_width: 4, read_latency: 3}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, compute]
  - forward: [fetch, move]
  - contains: [compute, alu]
  - contains: [move, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
)");
}

/// On twoLanes(): `x` × 2, then `oc` × 3 around `k` × 2000 around `i` × 5, which loads, adds and stores.
inline Program nestProgram(const Machine& machine) {
  const auto operation = [&](const char* name) {
    InstructionTemplate instruction;
    instruction.operation = machine.findOperation(name);
    return instruction;
  };
  InstructionTemplate load = operation("load");
  load.writes = {registerNamed(machine, "regs.r0")};
  load.memoryReads = {{machine.findMemory("dmem"), 4}};
  InstructionTemplate add = operation("add");
  add.writes = {registerNamed(machine, "regs.r1")};
  add.reads = {registerNamed(machine, "regs.r0"), registerNamed(machine, "regs.r1")};
  InstructionTemplate store = operation("store");
  store.reads = {registerNamed(machine, "regs.r1")};
  store.memoryWrites = {{machine.findMemory("dmem"), 2}};

  ProgramBuilder builder("nest", "nest.mapping.yaml");
  builder.openLoop(2, "x");
  builder.add(operation("wait"), {}, 3);
  builder.closeLoop();
  builder.openLoop(3, "oc");
  builder.openLoop(2000, "k");
  builder.add(operation("wait"), {}, 6);
  builder.openLoop(5, "i");
  builder.add(load, std::vector<std::int64_t>{10, 0, 1, 1}, 8);
  builder.add(add, {}, 9);
  builder.add(store, std::vector<std::int64_t>{5000, 0, 7, 2}, 10);
  builder.closeLoop();
  builder.closeLoop();
  builder.closeLoop();
  return std::move(builder).finish();
}

}  // namespace taktwerk::test
