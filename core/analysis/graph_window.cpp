// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_window.h"

#include <algorithm>
#include <utility>

#include "core/engine/preparation/prepare.h"
#include "core/engine/steady/access_analysis.h"
#include "core/engine/steady/automaton.h"
#include "core/graph/shortened.h"
#include "core/program/program_index.h"

namespace taktwerk {

namespace {

constexpr const char* beyondReach = "E0009";

Diagnostic deadlockOf(const Program& program, const Deadlock& deadlock) {
  return {Severity::Error,
          program.file,
          {std::max<std::uint32_t>(deadlock.sourceLine, 1), 1},
          "E0002",
          "deadlock at cycle " + std::to_string(deadlock.cycle) + ": " + deadlock.chain,
          program.name};
}

Diagnostic tooFar(const Program& program, std::int64_t instructions, const GraphReach& reach,
                  const std::string& why) {
  return {Severity::Error,
          program.file,
          {1, 1},
          beyondReach,
          "the window lies behind " + std::to_string(instructions) +
              " instructions that would have to be timed one by one, more than " +
              std::to_string(reach.instructions) + ": " + why,
          program.name};
}

bool accessesCache(const Machine& machine, const Program& program) {
  const auto cached = [&](const AccessShape& access) {
    return machine.memories[access.memory.index()].kind == MemoryKind::Cache;
  };
  return std::any_of(program.steps.begin(), program.steps.end(), [&](const Program::Step& step) {
    const InstructionTemplate& instruction = program.templates[step.instruction];
    return std::any_of(instruction.memoryReads.begin(), instruction.memoryReads.end(), cached) ||
           std::any_of(instruction.memoryWrites.begin(), instruction.memoryWrites.end(), cached);
  });
}

/// A window on its way.
struct Recording {
  ShortenedGraph recorded;
  std::int64_t simulated = 0, leftOut = 0;
};

/// By simulating all before it.
Result<Recording> recordAll(const Machine& machine, const Program& program, const ProgramIndex& index,
                            const InstructionWindow& window, Progress& progress, const GraphReach& reach,
                            const std::string& why) {
  if (window.end > reach.instructions) return Diagnostics{tooFar(program, window.end, reach, why)};
  progress.total = window.end;
  Recording result;
  result.recorded = recordShortened(machine, program, index, {}, window, progress);
  result.simulated = result.recorded.recorded;
  return result;
}

/// By leaving out what repeats.
Result<Recording> recordBehindLoops(const Machine& machine, const Program& program, const ProgramIndex& index,
                                    const InstructionWindow& window, Progress& progress,
                                    const GraphReach& reach) {
  engine::Automaton automaton(machine);
  const Result<engine::Prepared> prepared = engine::prepare(automaton.resolver(), program);
  if (!prepared) return prepared.diagnostics;
  const engine::AccessAnalysis analysis = engine::analyseAccesses(automaton.resolver(), *prepared, program);
  engine::LoopReports reports;
  TimingBudget budget;
  budget.evaluated = reach.instructions;
  const engine::AutomatonResult found =
      automaton.run(program, *prepared, analysis, budget, progress, &reports);
  Recording result;
  result.simulated = found.evaluatedInstructions;
  // Wherever it came to an end, what it found until then is so.
  constexpr std::size_t mostSkips = 20'000;
  for (std::int64_t margin = 32;;) {
    const std::vector<LoopSkip> skips =
        automaton.skipsBefore(std::max<std::int64_t>(0, window.first - margin), margin, mostSkips);
    result.leftOut = 0;
    for (const LoopSkip& skip : skips) result.leftOut += skip.period * skip.times;
    if (!progress.cancelled() && window.end - result.leftOut > reach.instructions) {
      return Diagnostics{tooFar(program, window.end - result.leftOut, reach,
                                "the loops before it are not found to repeat soon enough")};
    }
    result.recorded = recordShortened(machine, program, index, skips, window, progress);
    result.simulated += result.recorded.recorded;
    if (result.recorded.sound || !result.recorded.timing.ok()) return result;
    margin = std::max(2 * margin, result.recorded.margin);
  }
}

Result<Recording> record(const Machine& machine, const Program& program, const ProgramIndex& index,
                         const InstructionWindow& window, Progress& progress, const GraphReach& reach) {
  // As many are simulated sooner than anything is found out about loops.
  constexpr std::int64_t few = 256;
  const auto all = [&](const char* why) {
    return recordAll(machine, program, index, window, progress, reach, why);
  };
  if (program.loops.size() < 2) return all("the program has no loops");
  if (accessesCache(machine, program)) {
    return all("a cache is accessed, and what it holds depends on every access before");
  }
  if (window.end <= std::min(few, reach.instructions)) return all("");
  return recordBehindLoops(machine, program, index, window, progress, reach);
}

/// Of the instructions that have nodes, by their number.
std::map<std::int64_t, std::string> operationsOf(const DependencyGraph& graph, const Program& program,
                                                 const ProgramIndex& index, const Machine& machine) {
  std::map<std::int64_t, std::string> operations;
  for (const GraphNode& node : graph.nodes) operations[node.instruction];
  for (auto& [instruction, name] : operations) {
    const Program::Step* const step = index.at(instruction).step;
    if (step != nullptr) name = machine.operations[program.templates[step->instruction].operation.index()];
  }
  return operations;
}

std::string titleOf(const Machine& machine, const Program& program, const InstructionWindow& window) {
  std::string title = machine.name + " running " + program.name;
  if (window.end > window.first) {
    title += ", instructions " + std::to_string(window.first) + " to " + std::to_string(window.end - 1);
  }
  return title;
}

}  // namespace

bool isBeyondReach(const Diagnostic& problem) {
  return problem.code == beyondReach;
}

Result<GraphWindow> graphWindowOf(const std::shared_ptr<const Machine>& machine, const Program& program,
                                  const InstructionWindow& window, Progress& progress,
                                  const GraphReach& reach) {
  const ProgramIndex index(program);
  Result<Recording> made = record(*machine, program, index, window, progress, reach);
  if (!made) return made.diagnostics;
  ShortenedGraph& recorded = made->recorded;
  GraphWindow result;
  result.machine = machine;
  result.simulated = made->simulated;
  result.leftOut = made->leftOut;
  result.cancelled = recorded.timing.cancelled;
  if (result.cancelled) return result;
  Diagnostics problems = std::move(recorded.timing.errors);
  if (recorded.timing.deadlock) {
    // With some left out, the numbers in the chain are not the program's.
    if (result.leftOut > 0)
      recorded.timing.deadlock->chain = "instructions of a loop body wait for each other";
    problems.push_back(deadlockOf(program, *recorded.timing.deadlock));
  }
  if (hasErrors(problems)) return problems;
  result.criticalPath = std::move(recorded.criticalPath);
  result.graph = std::move(recorded.graph);
  result.title = titleOf(*machine, program, window);
  result.first = window.first;
  result.end = window.end;
  result.operations = operationsOf(result.graph, program, index, *machine);
  result.cancelled = progress.cancelled();
  return {std::move(result), std::move(problems)};
}

}  // namespace taktwerk
