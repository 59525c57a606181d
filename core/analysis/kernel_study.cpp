// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kernel_study.h"

#include <algorithm>
#include <utility>

#include "core/engine/preparation/prepare.h"
#include "core/engine/steady/access_analysis.h"
#include "core/engine/steady/automaton.h"
#include "core/engine/steady/stepped_loops.h"

namespace taktwerk {

namespace {

using engine::AutomatonResult;

bool accessesCache(const Machine& machine, const Program& program) {
  return std::any_of(program.steps.begin(), program.steps.end(), [&](const Program::Step& step) {
    const InstructionTemplate& instruction = program.templates[step.instruction];
    const auto cached = [&](const AccessShape& access) {
      return machine.memories[access.memory.index()].kind == MemoryKind::Cache;
    };
    return std::any_of(instruction.memoryReads.begin(), instruction.memoryReads.end(), cached) ||
           std::any_of(instruction.memoryWrites.begin(), instruction.memoryWrites.end(), cached);
  });
}

Diagnostic failure(const Program& program, const char* code, std::string message) {
  return {Severity::Error, program.file, {1, 1}, code, std::move(message), program.name};
}
Diagnostic deadlockIn(const Program& program, Cycles cycle, const std::string& chain) {
  return failure(program, "E0002",
                 "deadlock at cycle " + std::to_string(cycle) + ": " +
                     (chain.empty() ? "instructions of a loop body wait for each other" : chain));
}

LoopStanding standingOf(const engine::LoopReport& report, const KernelRow& row, bool stepped) {
  if (!report.reached) return LoopStanding::NotReached;
  if (report.first.stretchCount > 0) return LoopStanding::Repeats;
  if (!report.first.finished) return LoopStanding::Unfinished;
  if (stepped) return LoopStanding::Stepped;
  return row.trips < 3 ? LoopStanding::Few : LoopStanding::Whole;
}

void take(const engine::LoopReports& reports, KernelStudy& study) {
  study.drain = reports.drain;
  for (const KernelRow& row : study.table.kernels) {
    const engine::LoopReport& report = reports.loops[row.loop];
    KernelFinding finding;
    finding.standing = standingOf(report, row, study.stepped);
    finding.different = report.different;
    finding.evaluatedBodies = report.evaluatedBodies;
    finding.first = report.first;
    study.findings.push_back(std::move(finding));
  }
}

/// What ended the stepping, where it is an error.
std::optional<Diagnostic> stepThrough(engine::Resolver& resolver, const engine::Prepared& prepared,
                                      const Program& program, std::int64_t limit, KernelStudy& study,
                                      Progress& progress) {
  using Status = engine::Engine::Status;
  engine::SteppedLoops stepped = engine::stepLoops(resolver, prepared, program, limit, progress);
  study.stepped = true;
  study.cancelled = stepped.status == Status::Cancelled;
  study.finished = stepped.status == Status::Finished;
  if (stepped.status == Status::Deadlocked) {
    return deadlockIn(program, stepped.deadlock.cycle, stepped.deadlock.chain);
  }
  if (stepped.status == Status::Failed) return failure(program, "P0005", "a figure exceeds 64 bits");
  if (!stepped.reports.loops.empty()) {
    study.cycles = std::max<Cycles>(0, stepped.reports.loops[0].first.cycles + stepped.reports.drain);
    study.evaluatedBodies = stepped.reports.loops[0].evaluatedBodies;
  }
  study.evaluatedInstructions = std::min(limit, study.table.instructions);
  take(stepped.reports, study);
  return std::nullopt;
}

}  // namespace

std::optional<double> KernelFinding::cyclesPerIteration() const {
  if (const engine::SteadyStretch* stretch = steady()) {
    return static_cast<double>(stretch->periodCycles) / static_cast<double>(stretch->period);
  }
  if (first.iterations == 0) return std::nullopt;
  return static_cast<double>(first.cycles) / static_cast<double>(first.iterations);
}

std::optional<Cycles> KernelFinding::steadyAt() const {
  const engine::SteadyStretch* stretch = steady();
  if (!stretch) return std::nullopt;
  return first.start + stretch->begin;
}

Result<KernelStudy> studyKernels(const Machine& machine, const Program& program, Progress& progress,
                                 const KernelStudyOptions& options) {
  KernelStudy study;
  study.table = kernelTableOf(program);
  engine::Automaton automaton(machine);
  const Result<engine::Prepared> prepared = engine::prepare(automaton.resolver(), program);
  if (!prepared) return prepared.diagnostics;
  if (program.loops.empty() || accessesCache(machine, program)) {
    const auto problem =
        stepThrough(automaton.resolver(), *prepared, program, options.stepped, study, progress);
    if (problem) return *problem;
    return study;
  }
  const engine::AccessAnalysis analysis = engine::analyseAccesses(automaton.resolver(), *prepared, program);
  engine::LoopReports reports;
  const AutomatonResult found =
      automaton.run(program, *prepared, analysis, options.budget, progress, &reports);
  switch (found.status) {
    case AutomatonResult::Status::Deadlocked:
      return deadlockIn(program, found.deadlockCycle, {});
    case AutomatonResult::Status::Failed:
      return failure(program, "P0005", found.error);
    case AutomatonResult::Status::Cancelled:
      study.cancelled = true;
      return study;
    case AutomatonResult::Status::Exact:
    case AutomatonResult::Status::Exhausted:
      break;
  }
  study.finished = found.status == AutomatonResult::Status::Exact;
  study.cycles = found.cycles;
  study.evaluatedBodies = found.evaluatedBodies;
  study.evaluatedInstructions = found.evaluatedInstructions;
  take(reports, study);
  return study;
}

}  // namespace taktwerk
