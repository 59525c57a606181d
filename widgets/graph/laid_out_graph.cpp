// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/laid_out_graph.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "core/report/folded_graph_files.h"
#include "widgets/document/layout_helper.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

constexpr double characterWidth = 8, boxHeight = 40, narrowest = 84, widest = 260;
constexpr double kindsApart = 9;           // pixels between arrows of different kinds between the same boxes
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

/// One edge for all arrows from a box to another, against its direction where it leads back.
struct Pairs {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> arrows;

  explicit Pairs(const FoldedGraph& folded) {
    for (std::uint32_t e = 0; e < folded.edges.size(); ++e) {
      arrows[{folded.edges[e].from, folded.edges[e].to}].push_back(e);
    }
  }
};

LayoutGraph requestOf(const LaidOutGraph& graph, const Pairs& pairs) {
  LayoutGraph request;
  request.boxes.reserve(graph.boxes.size());
  for (const LaidOutBox& box : graph.boxes) request.boxes.push_back({box.rect.width(), box.rect.height()});
  request.edges.reserve(pairs.arrows.size());
  for (const auto& [ends, arrows] : pairs.arrows) {
    request.edges.push_back({std::min(ends.first, ends.second), std::max(ends.first, ends.second)});
  }
  return request;
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

/// How an end of an arrow moves along the side of the box that it is at.
QPointF alongSide(const QPointF& end, const QRectF& box, double by) {
  constexpr double near = 2;
  const bool level = std::abs(end.y() - box.top()) < near || std::abs(end.y() - box.bottom()) < near;
  const QPointF moved = end + (level ? QPointF(by, 0) : QPointF(0, by));
  return level ? QPointF(std::clamp(moved.x(), box.left(), box.right()) - end.x(), 0)
               : QPointF(0, std::clamp(moved.y(), box.top(), box.bottom()) - end.y());
}

/// An arrow's way, aside by some pixels from that of others between the same boxes.
std::vector<QPointF> aside(std::vector<QPointF> points, const QRectF& from, const QRectF& to, double by) {
  const QPointF first = alongSide(points.front(), from, by), last = alongSide(points.back(), to, by);
  for (std::size_t p = 0; p < points.size(); ++p) {
    const double share = static_cast<double>(p) / static_cast<double>(points.size() - 1);
    points[p] += first * (1 - share) + last * share;
  }
  return points;
}

/// Puts boxes and arrows where the helper put them.
void place(LaidOutGraph& graph, const Pairs& pairs, const LaidOut& laidOut) {
  for (std::size_t b = 0; b < graph.boxes.size(); ++b) {
    graph.boxes[b].rect.moveTopLeft({laidOut.corners[b].x, laidOut.corners[b].y});
    graph.bounds = graph.bounds.united(graph.boxes[b].rect);
  }
  graph.arrows.resize(graph.folded.edges.size());
  std::size_t pair = 0;
  for (const auto& [ends, arrows] : pairs.arrows) {
    std::vector<QPointF> points;
    for (const Point& point : laidOut.curves[pair++]) points.emplace_back(point.x, point.y);
    const bool back = ends.first > ends.second;
    const QRectF &from = graph.boxes[ends.first].rect, &to = graph.boxes[ends.second].rect;
    if (points.empty()) {
      points = {from.center(), from.center(), to.center(), to.center()};
    } else if (back) {
      std::reverse(points.begin(), points.end());
    }
    for (std::size_t k = 0; k < arrows.size(); ++k) {
      const double by = (static_cast<double>(k) - static_cast<double>(arrows.size() - 1) / 2) * kindsApart;
      graph.arrows[arrows[k]] = arrowAlong(aside(points, from, to, by));
      graph.bounds = graph.bounds.united(graph.arrows[arrows[k]].bounds);
    }
  }
  constexpr double margin = 16;
  graph.bounds.adjust(-margin, -margin, margin, margin);
}

void addBoxes(LaidOutGraph& graph) {
  graph.boxes.reserve(graph.folded.boxes.size());
  for (const FoldedBox& box : graph.folded.boxes) {
    LaidOutBox drawn;
    drawn.title = shortened(boxTitle(graph.graph->window, box), 120);
    drawn.content = shortened(boxContent(graph.graph->window, box), 120);
    drawn.kind = kindOf(*graph.graph, box);
    const auto letters = static_cast<double>(std::max(drawn.title.size(), drawn.content.size()));
    drawn.rect = {0, 0, std::clamp(letters * characterWidth + 32, narrowest, widest), boxHeight};
    graph.boxes.push_back(std::move(drawn));
  }
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
      return translated(
          "taktwerk-layout, the program that lays graphs out, is not there or does not start. It belongs "
          "beside taktwerk and is built where Graphviz is installed.");
    case Outcome::Refused:
      return translated("taktwerk-layout could not lay the graph out: %1").arg(shortened(run.error, 200));
    case Outcome::Crashed:
      return translated("taktwerk-layout came to an unexpected end.");
    case Outcome::Nonsense:
      return translated("taktwerk-layout gave an answer that is no layout of this graph.");
    case Outcome::TooLong:
      return translated("taktwerk-layout took too long. Close some boxes, or choose a shorter window.");
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
  addBoxes(*result);
  addNeighbours(*result);
  const Pairs pairs(result->folded);
  if (pairs.arrows.size() > mostPairs) {
    result->problem =
        translated("It has %1 arrows, more than can be laid out. Close some boxes.").arg(pairs.arrows.size());
    return result;
  }
  const LayoutRun run = runLayout(program, requestOf(*result, pairs), progress, patience);
  if (run.outcome == LayoutRun::Outcome::Cancelled) result->state = LaidOutGraph::State::Cancelled;
  result->problem = problemOf(run);
  if (run.outcome != LayoutRun::Outcome::Done) return result;
  place(*result, pairs, run.laidOut);
  result->state = LaidOutGraph::State::Made;
  return result;
}

}  // namespace taktwerk
