// SPDX-License-Identifier: GPL-3.0-or-later
#include <ostream>

#include "core/report/iteration_report.h"
#include "core/report/json_writer.h"
#include "core/report/kernel_report.h"
#include "core/report/kernel_study_report.h"
#include "core/report/kernel_words.h"

namespace taktwerk {

namespace {

constexpr auto lines = JsonWriter::Layout::Lines;

void writeExecution(JsonWriter& json, const KernelFinding& finding) {
  const engine::LoopExecution& first = finding.first;
  json.openObject("first_execution", lines)
      .member("start", first.start)
      .member("cycles", first.cycles)
      .member("finished", first.finished)
      .member("iterations", first.iterations)
      .member("iterations_run", first.run)
      .member("prologue_cycles", first.prologue)
      .member("steady_cycles", first.steady)
      .member("other_cycles", first.cycles - first.prologue - first.steady);
  json.openArray("cycles_of_iterations");
  for (const engine::IterationCycles& each : first.first) {
    json.openArray().member({}, each.iteration).member({}, each.cycles).closeArray();
  }
  json.closeArray().member("stretches_found", first.stretchCount).openArray("stretches", lines);
  for (const engine::SteadyStretch& stretch : first.stretches) {
    json.openObject()
        .member("first", stretch.first)
        .member("iterations", stretch.iterations)
        .member("skipped", stretch.skipped)
        .member("period", stretch.period)
        .member("period_cycles", stretch.periodCycles)
        .member("cycle", first.start + stretch.begin)
        .closeObject();
  }
  json.closeArray().closeObject();
}

/// Kernels stand outer before inner, so those inside one follow it.
std::size_t writeKernel(JsonWriter& json, const KernelStudy& study, const std::vector<std::string>& numbers,
                        std::size_t at) {
  const std::vector<KernelRow>& kernels = study.table.kernels;
  const KernelRow& kernel = kernels[at];
  const KernelFinding& finding = study.findings[at];
  json.openObject({}, lines)
      .member("number", numbers[at])
      .member("variable", kernel.variable)
      .member("start", kernel.start)
      .member("line", kernel.sourceLine)
      .member("length", kernel.length)
      .member("repetitions", kernel.trips)
      .member("executions", kernel.executions)
      .member("depth", kernel.depth)
      .member("standing", toString(finding.standing))
      .member("why", standingInWords(study, at))
      .member("different_executions", finding.different)
      .member("evaluated_bodies", finding.evaluatedBodies);
  if (const auto cycles = finding.cyclesPerIteration()) json.member("cycles_per_iteration", *cycles);
  if (const engine::SteadyStretch* steady = finding.steady()) {
    json.member("period", steady->period)
        .member("period_cycles", steady->periodCycles)
        .member("steady_after", steady->first)
        .member("steady_cycle", *finding.steadyAt());
  }
  writeExecution(json, finding);
  json.openArray("kernels", lines);
  std::size_t next = at + 1;
  while (next < kernels.size() && kernels[next].depth > kernel.depth) {
    next = writeKernel(json, study, numbers, next);
  }
  json.closeArray().closeObject();
  return next;
}

std::string_view kindOf(const BodyWait& wait) {
  if (wait.fetching) return "fetch";
  switch (wait.kind) {
    case GraphEdgeKind::Data:
      return "data";
    case GraphEdgeKind::Structural:
    case GraphEdgeKind::BufferFill:
      return "structural";
    case GraphEdgeKind::Forward:
      break;
  }
  return "forward";
}

void writeInstruction(JsonWriter& json, const BodyInstruction& instruction, const Machine& machine) {
  json.openObject();
  writeOperationJson(json, instruction.listed);
  json.member("number", instruction.number).member("timed", instruction.timed);
  if (instruction.timed) {
    json.member("runs_on", machine.objectNames[instruction.unit.index()])
        .member("arrives", instruction.arrives)
        .member("starts", instruction.starts)
        .member("ends", instruction.ends)
        .member("waited", instruction.waited)
        .openArray("waits");
    for (const BodyWait& wait : instruction.waits) {
      json.openObject()
          .member("cycles", wait.cycles)
          .member("kind", kindOf(wait))
          .member("at", machine.objectNames[wait.at.index()])
          .member("object", machine.objectNames[wait.object.index()])
          .member("instruction", wait.instruction)
          .member("operation", wait.operation)
          .closeObject();
    }
    json.closeArray();
  }
  json.closeObject();
}

void writeBody(JsonWriter& json, const KernelStudyReport& report) {
  const BodyStudy& body = report.body;
  json.openObject("body", lines);
  if (report.row) json.member("kernel", kernelNumbers(report.study.table)[*report.row]);
  json.openArray("loops");
  writeLoopsJson(json, body.loops);
  json.closeArray()
      .member("iteration", body.iteration)
      .member("steady", body.steady)
      .member("begins", body.begins)
      .openArray("instructions", lines);
  for (const BodyInstruction& each : body.instructions) writeInstruction(json, each, report.machine);
  json.closeArray().member("left_out", body.leftOut).member("untimed", body.untimed).closeObject();
}

}  // namespace

void writeKernelStudyJson(std::ostream& out, const KernelStudyReport& report) {
  const KernelStudy& study = report.study;
  const KernelTable& table = study.table;
  JsonWriter json(out);
  json.openObject({}, lines)
      .member("architecture", report.machine.name)
      .member(report.estimate.layers.empty() ? "trace" : "layer", table.program)
      .member("instructions", table.instructions)
      .member("loop_iterations", table.loopIterations)
      .member("folded_instructions", table.foldedInstructions)
      .member("cycles", report.estimate.cycles)
      .member("exact", report.estimate.exact)
      .member("method", report.estimate.method)
      .member("ground", groundInWords(report.estimate, study))
      .member("finished", study.finished)
      .member("drain", study.drain)
      .member("evaluated_bodies", study.evaluatedBodies)
      .member("evaluated_instructions", study.evaluatedInstructions)
      .openArray("kernels", lines);
  const std::vector<std::string> numbers = kernelNumbers(table);
  for (std::size_t at = 0; at < table.kernels.size();) at = writeKernel(json, study, numbers, at);
  json.closeArray();
  writeBody(json, report);
  json.closeObject();
  out << '\n';
}

}  // namespace taktwerk
