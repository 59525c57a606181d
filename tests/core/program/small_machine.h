// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/machine_from_text.h"

namespace taktwerk::test {

/// An adder and a load-store unit on two register files and one memory.
inline std::shared_ptr<const Machine> smallMachine() {
  static const std::shared_ptr<const Machine> machine = machineFromText(R"(
format: taktwerk-architecture/1
name: small
objects:
  imem: {class: SRAM}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add]}
  lsu: {class: MemoryAccessUnit, operations: [load, store, copy]}
  regs: {class: RegisterFile, registers: [r0, r1], data_width: 32}
  other: {class: RegisterFile, registers: [acc], data_width: 32}
  dmem: {class: SRAM}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, execute]
  - contains: [execute, alu]
  - contains: [execute, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - writes: [alu, other]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - writes: [lsu, other]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
)");
  return machine;
}

}  // namespace taktwerk::test
