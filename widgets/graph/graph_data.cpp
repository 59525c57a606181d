// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_data.h"

namespace taktwerk {

namespace {

/// Operands of what has nodes. The program is walked up to there, as it was for the graph.
ListedInstructions listedOf(const GraphWindow& window, const Program& program, Progress& progress) {
  ListedInstructions listed;
  auto next = window.operations.begin();
  ProgramWalker walker(program);
  for (std::int64_t i = 0; next != window.operations.end() && walker.next(); ++i) {
    if ((i & 0xFFFF) == 0 && progress.cancelled()) break;
    if (i != next->first) continue;
    listed.emplace_hint(listed.end(), i, listedAt(program, *window.machine, walker));
    ++next;
  }
  return listed;
}

void addWhatIsShown(LayerGraph& graph, Progress& progress) {
  const GraphWindow& window = graph.window;
  graph.listed = listedOf(window, *graph.program.program, progress);
  graph.path = criticalSteps(window);
  graph.onPath.assign(window.graph.nodes.size(), false);
  for (const GraphEdge& edge : window.graph.edges) {
    if (edge.critical) graph.onPath[edge.from] = graph.onPath[edge.to] = true;
  }
  for (const PathStep& step : graph.path) graph.onPath[step.node] = true;
  const bool iterations = graph.asked.unit == ProgramWindow::Unit::Iterations;
  for (const GraphRows rows : {GraphRows::Instructions, GraphRows::Objects}) {
    graph.layouts[static_cast<std::size_t>(rows)] = layOutInTime(
        window.graph, *window.machine,
        {rows, window.first, window.end, graph.chosen.loopStart, iterations ? graph.chosen.loopLength : 0});
  }
  graph.neighbours.emplace(window.graph);
}

}  // namespace

std::shared_ptr<const LayerGraph> graphOfLayer(const EstimateInput& input, const QString& layer,
                                               const ProgramWindow& window, std::int64_t limit,
                                               Progress& progress) {
  const auto graph = std::make_shared<LayerGraph>();
  graph->layer = layer;
  graph->asked = window;
  graph->limit = limit;
  const Result<Study> study = studyOf(input);
  graph->diagnostics = study.diagnostics;
  if (hasErrors(graph->diagnostics)) return graph;
  Result<LayerProgram> program = programOf(*study, layer.toStdString(), *input.memory, progress);
  graph->cancelled = progress.cancelled();
  if (graph->cancelled) return graph;
  if (!program || !program->program) {
    graph->diagnostics = program.diagnostics;
    return graph;
  }
  graph->program = std::move(*program);
  WindowLimits limits;
  limits.shown = limit;
  graph->chosen =
      chooseWindow(*graph->program.program,
                   {window.unit == ProgramWindow::Unit::Iterations, window.first, window.count}, limits);
  if (!graph->chosen.problem.empty()) return graph;
  progress.total = graph->chosen.window.end;
  progress.done = 0;
  Result<GraphWindow> made =
      graphWindowOf(graph->program.machine, *graph->program.program, graph->chosen.window, progress);
  if (!made) {
    graph->diagnostics = made.diagnostics;
    return graph;
  }
  graph->window = std::move(*made);
  if (!graph->window.cancelled) addWhatIsShown(*graph, progress);
  graph->cancelled = graph->window.cancelled || progress.cancelled();
  graph->made = !graph->cancelled;
  return graph;
}

}  // namespace taktwerk
