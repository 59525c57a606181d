// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "core/program/trace_file.h"
#include "tests/support/machine_from_text.h"

namespace taktwerk::test {

/// A queue of two before an adder, and a way past it; a memory beside.
inline std::shared_ptr<const Machine> smallMachine() {
  return machineFromText(R"(
format: taktwerk-architecture/1
name: Small
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  queue: {class: PipelineStage, latency: 3}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add, wait]}
  lsu: {class: MemoryAccessUnit, operations: [load, store]}
  regs: {class: RegisterFile, registers: [r0, r1], data_width: 32}
  dmem: {class: SRAM, port_width: 4}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, queue]
  - forward: [fetch, execute]
  - forward: [queue, execute]
  - contains: [execute, alu]
  - contains: [execute, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
)");
}

/// Two instructions of which the second needs what the first writes: the first goes into the queue, the
/// second past it, and neither gets on.
inline const char* const traceThatJams =
    "{\"operation\": \"add\", \"writes\": [\"regs.r0\"]}\n"
    "{\"operation\": \"add\", \"reads\": [\"regs.r0\"]}\n";
/// Two that have nothing to do with each other.
inline const char* const traceThatRuns =
    "{\"operation\": \"add\", \"writes\": [\"regs.r0\"]}\n"
    "{\"operation\": \"wait\", \"reads\": [\"regs.r1\"]}\n";

/// A trace given as text, which must be right.
inline Program programOf(const Machine& machine, const std::string& trace) {
  std::istringstream input(trace);
  auto program = readTrace(input, "test.trace.jsonl", machine);
  if (!program) throw std::runtime_error(toString(program.diagnostics.front()));
  return std::move(*program);
}

}  // namespace taktwerk::test
