// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a trace: reading never crashes or hangs, what is written reads back as the same, and short
// traces are timed, or refused, by the reference simulation.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "core/architecture/architecture_file.h"
#include "core/machine/elaborate.h"
#include "core/program/trace_file.h"
#include "core/reference/simulation.h"

namespace {

using namespace taktwerk;

void require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "failed: " << what << '\n';
  std::abort();
}

std::shared_ptr<const Machine> makeMachine() {
  const auto architecture = parseArchitecture(R"yaml(
format: taktwerk-architecture/1
name: fuzzed
objects:
  imem: {class: SRAM, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit}
  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}
  queue: {class: PipelineStage, capacity: 2}
  execute: {class: ExecuteStage}
  alu: {class: FunctionalUnit, operations: [add, mac], latency: "ceil(k / 4)"}
  lsu: {class: MemoryAccessUnit, operations: [load, store], release: grant, burst_words: 4, streaming: true}
  regs: {class: RegisterFile, registers: [r0, r1], depth: 2, data_width: 32}
  mem0: {class: SRAM, banks: 2, read_latency: "words + 1", address_ranges: [[0, 100000]]}
  dram: {class: DRAM, banks: 2, row_words: 16, t_cas: 2, t_rcd: 2, t_rp: 3}
  cache: {class: SetAssociativeCache, sets: 2, ways: 2, line_words: 4, replacement: plru}
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
  - reads: [lsu, mem0]
  - writes: [lsu, mem0]
  - reads: [lsu, cache]
  - writes: [lsu, cache]
  - reads: [cache, dram]
  - writes: [cache, dram]
)yaml",
                                              "fuzzed.arch.yaml");
  require(architecture && !hasErrors(architecture.diagnostics), "the architecture is valid");
  const auto machine = elaborate(*architecture);
  require(static_cast<bool>(machine), "the architecture can be computed");
  return *machine;
}

std::string written(const Program& program, const Machine& machine) {
  std::ostringstream output;
  writeTrace(output, program, machine);
  return output.str();
}

/// Few enough instructions and words to be timed within a fraction of a second.
bool isSmall(const Program& program) {
  if (program.steps.size() > 100) return false;
  for (const Program::Step& step : program.steps) {
    const InstructionTemplate& instruction = program.templates[step.instruction];
    for (const auto* shapes : {&instruction.memoryReads, &instruction.memoryWrites}) {
      for (const AccessShape& shape : *shapes) {
        if (shape.words > 100) return false;
      }
      if (shapes->size() > 10) return false;
    }
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const Machine> machine = makeMachine();
  std::istringstream input(std::string(reinterpret_cast<const char*>(data), size));
  const auto program = readTrace(input, "fuzzed.trace.jsonl", *machine);
  require(program.value.has_value() != hasErrors(program.diagnostics), "a program, or errors");
  if (!program) {
    for (const Diagnostic& diagnostic : program.diagnostics) {
      require(diagnostic.position.line > 0 && diagnostic.position.column > 0, "errors have a place");
    }
    return 0;
  }
  const std::string text = written(*program, *machine);
  std::istringstream again(text);
  const auto reread = readTrace(again, "written.trace.jsonl", *machine);
  require(reread && written(*reread, *machine) == text, "what is written reads back as the same");

  if (!isSmall(*program)) return 0;
  Progress progress;
  const Timing timing = simulate(*machine, *program, {}, progress);
  const auto instructions = static_cast<std::int64_t>(program->steps.size());
  require(!timing.ok() || timing.instructions == instructions,
          "every instruction is over, or there is a reason");
  return 0;
}
