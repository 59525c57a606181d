// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/laid_out_graph.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/report/folded_graph_drawing.h"
#include "core/report/folded_graph_files.h"
#include "widgets/document/layout_helper.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostPairs = 10'000;  // that the helper takes

QString translated(const char* text) {
  return QCoreApplication::translate("taktwerk::LaidOutGraph", text);
}

/// The kind of the block that was occupied longest, of those that do the work: what holds instructions counts
/// only where nothing else is there.
std::optional<BlockKind> kindOf(const LayerGraph& graph, const FoldedBox& box) {
  if (box.kind <= FoldedKind::Iteration) return std::nullopt;
  const std::vector<GraphBar>& bars = graph.layout(GraphRows::Instructions).bars;
  std::map<BlockKind, std::pair<bool, Cycles>> time;
  for (const std::uint32_t n : box.nodes) {
    const GraphBar& bar = bars[n];
    auto& [works, cycles] = time[bar.kind];
    works = works || bar.node >= NodeKind::Unit;
    cycles += bar.leave - bar.enter;
  }
  return std::max_element(time.begin(), time.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

LaidOutArrow arrowAlong(const std::vector<QPointF>& points) {
  LaidOutArrow arrow;
  arrow.curve.moveTo(points.front());
  arrow.line << points.front();
  constexpr int pieces = 6;
  for (std::size_t p = 1; p + 2 < points.size(); p += 3) {
    const QPointF &a = points[p - 1], &b = points[p], &c = points[p + 1], &d = points[p + 2];
    arrow.curve.cubicTo(b, c, d);
    for (int i = 1; i <= pieces; ++i) {
      const double t = static_cast<double>(i) / pieces, u = 1 - t;
      arrow.line << u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    }
  }
  constexpr double margin = 8;
  arrow.bounds = arrow.line.boundingRect().adjusted(-margin, -margin, margin, margin);
  return arrow;
}

/// Puts boxes and arrows where they stand.
void place(LaidOutGraph& graph, const FoldedDrawing& drawing) {
  for (std::size_t b = 0; b < graph.boxes.size(); ++b) {
    const Rect& rect = drawing.boxes[b];
    graph.boxes[b].rect = {rect.x, rect.y, rect.width, rect.height};
    graph.bounds = graph.bounds.united(graph.boxes[b].rect);
  }
  graph.arrows.reserve(drawing.arrows.size());
  for (const std::vector<Point>& way : drawing.arrows) {
    std::vector<QPointF> points;
    points.reserve(way.size());
    for (const Point& point : way) points.emplace_back(point.x, point.y);
    graph.arrows.push_back(arrowAlong(points));
    graph.bounds = graph.bounds.united(graph.arrows.back().bounds);
  }
  constexpr double margin = 16;
  graph.bounds.adjust(-margin, -margin, margin, margin);
}

/// Their sizes.
std::vector<Size> addBoxes(LaidOutGraph& graph) {
  std::vector<Size> sizes;
  sizes.reserve(graph.folded.boxes.size());
  graph.boxes.reserve(graph.folded.boxes.size());
  for (const FoldedBox& box : graph.folded.boxes) {
    LaidOutBox drawn;
    drawn.title = shortened(boxTitle(graph.graph->window, box), 120);
    drawn.content = shortened(boxContent(graph.graph->window, box), 120);
    drawn.kind = kindOf(*graph.graph, box);
    sizes.push_back(foldedBoxSize(drawn.title.toStdString(), drawn.content.toStdString()));
    graph.boxes.push_back(std::move(drawn));
  }
  return sizes;
}

void addNeighbours(LaidOutGraph& graph) {
  graph.skeleton.nodes.resize(graph.boxes.size());
  graph.skeleton.edges.reserve(graph.folded.edges.size());
  for (const FoldedEdge& edge : graph.folded.edges) {
    GraphEdge arrow;
    arrow.from = edge.from;
    arrow.to = edge.to;
    arrow.kind = edge.kind;
    graph.skeleton.edges.push_back(arrow);
  }
  graph.neighbours.emplace(graph.skeleton);
}

QString problemOf(const LayoutRun& run) {
  using Outcome = LayoutRun::Outcome;
  switch (run.outcome) {
    case Outcome::Missing:
      return translated("Drawn plainly: taktwerk-layout is not there or does not start.");
    case Outcome::Refused:
      return translated("Drawn plainly: taktwerk-layout refused the graph: %1")
          .arg(shortened(run.error, 200));
    case Outcome::Crashed:
      return translated("Drawn plainly: taktwerk-layout came to an unexpected end.");
    case Outcome::Nonsense:
      return translated("Drawn plainly: taktwerk-layout gave no layout of this graph.");
    case Outcome::TooLong:
      return translated("Drawn plainly: taktwerk-layout took too long.");
    case Outcome::Done:
    case Outcome::Cancelled:
      break;
  }
  return {};
}

}  // namespace

std::shared_ptr<const LaidOutGraph> layOutFolded(const std::shared_ptr<const LayerGraph>& graph,
                                                 const GraphFold& fold, std::size_t most,
                                                 const QString& program, Progress& progress, int patience) {
  auto result = std::make_shared<LaidOutGraph>();
  result->graph = graph;
  result->fold = fold;
  result->folded = foldGraph(graph->window, *graph->program.program, fold);
  if (result->folded.boxes.size() > most) {
    result->state = LaidOutGraph::State::TooMany;
    return result;
  }
  const FoldedLayout layout(result->folded, addBoxes(*result));
  addNeighbours(*result);
  LayoutRun run;
  if (layout.request().edges.size() > mostPairs) {
    result->problem = translated("Drawn plainly: it has %1 arrows, more than taktwerk-layout takes.")
                          .arg(layout.request().edges.size());
  } else {
    run = runLayout(program, layout.request(), progress, patience);
    result->problem = problemOf(run);
  }
  if (run.outcome == LayoutRun::Outcome::Cancelled) {
    result->state = LaidOutGraph::State::Cancelled;
    return result;
  }
  const bool done = run.outcome == LayoutRun::Outcome::Done;
  place(*result, done ? layout.drawn(run.laidOut.corners, run.laidOut.curves) : layout.plainly());
  return result;
}

}  // namespace taktwerk
