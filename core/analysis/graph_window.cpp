// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/graph_window.h"

#include <algorithm>
#include <utility>

#include "core/graph/recorder.h"

namespace taktwerk {

namespace {

Diagnostic deadlockOf(const Program& program, const Deadlock& deadlock) {
  return {Severity::Error,
          program.file,
          {std::max<std::uint32_t>(deadlock.sourceLine, 1), 1},
          "E0002",
          "deadlock at cycle " + std::to_string(deadlock.cycle) + ": " + deadlock.chain,
          program.name};
}

/// Of the instructions that have nodes, by their number; fewer when it is cancelled.
std::map<std::int64_t, std::string> operationsOf(const DependencyGraph& graph, const Program& program,
                                                 const Machine& machine, const Progress& progress) {
  std::map<std::int64_t, std::string> operations;
  for (const GraphNode& node : graph.nodes) operations[node.instruction];
  ProgramWalker walker(program);
  auto next = operations.begin();
  for (std::int64_t i = 0; next != operations.end() && walker.next(); ++i) {
    if ((i & 0xFFFF) == 0 && progress.cancelled()) break;
    if (i != next->first) continue;
    next->second = machine.operations[program.templates[walker.step().instruction].operation.index()];
    ++next;
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

Result<GraphWindow> graphWindowOf(const std::shared_ptr<const Machine>& machine, const Program& program,
                                  const InstructionWindow& window, Progress& progress) {
  RecordedGraph recorded = recordGraph(*machine, program, window.end, progress);
  GraphWindow result;
  result.machine = machine;
  result.cancelled = recorded.timing.cancelled;
  if (result.cancelled) return result;
  Diagnostics problems = std::move(recorded.timing.errors);
  if (recorded.timing.deadlock) problems.push_back(deadlockOf(program, *recorded.timing.deadlock));
  if (hasErrors(problems)) return problems;
  for (const PathPart& part : markCriticalPath(recorded.graph))
    result.criticalPath[part.cause] += part.duration;
  result.graph = windowOf(recorded.graph, window.first, window.end);
  result.title = titleOf(*machine, program, window);
  result.first = window.first;
  result.end = window.end;
  result.operations = operationsOf(result.graph, program, *machine, progress);
  result.cancelled = progress.cancelled();
  return {std::move(result), std::move(problems)};
}

}  // namespace taktwerk
