// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reference/state.h"

namespace taktwerk::reference {

State::State(const Machine& machineOfRun, const Program& programOfRun, const TimesSink& sinkOfRun)
    : machine(machineOfRun),
      program(programOfRun),
      sink(sinkOfRun),
      routes(programOfRun.templates.size()),
      stages(machineOfRun.stages.size()),
      inFlight(machineOfRun.units.size(), 0),
      memories(machineOfRun.memories.size()),
      writesSeen(machineOfRun.registerCount(), 0),
      walker(programOfRun) {
  for (std::size_t memory = 0; memory < memories.size(); ++memory) {
    memories[memory].random = machine.memories[memory].seed;
    hasCaches = hasCaches || machine.memories[memory].kind == MemoryKind::Cache;
  }
  more = walker.next();
}

void State::fail(const Instruction& instruction, const char* code, const std::string& message) {
  result.errors.push_back(instructionError(machine, program, instruction.index, instruction.templateId,
                                           instruction.sourceLine, code, message));
}

Diagnostic instructionError(const Machine& machine, const Program& program, std::int64_t index,
                            TemplateId templateId, std::uint32_t line, const char* code,
                            const std::string& message) {
  const std::string& operation = machine.operations[program.templates[templateId].operation.index()];
  return {Severity::Error,
          program.file,
          {line, line > 0 ? 1u : 0u},
          code,
          "instruction " + std::to_string(index) + " (" + operation + "): " + message,
          {}};
}

}  // namespace taktwerk::reference
