// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_data.h"

#include "core/program/program_index.h"

namespace taktwerk {

namespace {

/// Operands of what has nodes.
ListedInstructions listedOf(const GraphWindow& window, const Program& program, Progress& progress) {
  ListedInstructions listed;
  const ProgramIndex index(program);
  for (const auto& [number, operation] : window.operations) {
    if (progress.cancelled()) break;
    const ProgramIndex::Place place = index.at(number);
    if (!place.step) continue;
    ListedOperation shown =
        listedOperation(*window.machine, program.templates[place.step->instruction], place.addresses, 0);
    shown.sourceLine = place.step->sourceLine;
    listed.emplace_hint(listed.end(), number, std::move(shown));
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
  graph->chosen =
      chooseWindow(*graph->program.program,
                   {window.unit == ProgramWindow::Unit::Iterations, window.first, window.count}, limit);
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
