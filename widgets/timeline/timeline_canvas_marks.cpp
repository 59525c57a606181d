// SPDX-License-Identifier: GPL-3.0-or-later
// What the user marks on the canvas: a range, places, dependencies of what is selected.
#include <algorithm>
#include <cmath>

#include "widgets/timeline/timeline_canvas.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostNeighbours = 300;

}  // namespace

void TimelineCanvas::measure(std::optional<std::pair<Cycles, Cycles>> range) {
  look_.measured = range;
  viewport()->update();
}

/// A border between cycles.
Cycles TimelineCanvas::cycleNear(double x) const {
  const double cycle = std::round(scale_.cycleAt(std::max(x, TimelineScale::gutter)));
  return static_cast<Cycles>(std::clamp(cycle, 0.0, static_cast<double>(time_->cycles())));
}

void TimelineCanvas::measureTo(double x) {
  const Cycles other = cycleNear(x);
  const Cycles first = std::min(*measuredFrom_, other), last = std::max(*measuredFrom_, other);
  measure(std::pair(first, std::max(last, first + 1)));
}

void TimelineCanvas::toggleBookmark() {
  if (!time_) return;
  TimelineBookmark mark;
  mark.cycle = cycleNear(TimelineScale::gutter + width() / 2);
  if (look_.selected) {
    mark.instruction = *look_.selected;
    const TimelineInstruction* const known = fine_ ? fine_->find(mark.instruction) : nullptr;
    mark.cycle = known ? known->begin() : cycleOf(time_->timeline, mark.instruction);
  }
  std::vector<TimelineBookmark>& all = look_.bookmarks;
  const auto there = std::find_if(all.begin(), all.end(), [&](const TimelineBookmark& each) {
    return each.instruction == mark.instruction && each.cycle == mark.cycle;
  });
  if (there != all.end()) {
    all.erase(there);
  } else {
    all.insert(std::partition_point(all.begin(), all.end(),
                                    [&](const TimelineBookmark& each) { return each.cycle < mark.cycle; }),
               mark);
  }
  viewport()->update();
  Q_EMIT bookmarksChanged();
}

void TimelineCanvas::showBookmark(std::size_t place) {
  if (place >= look_.bookmarks.size()) return;
  const TimelineBookmark mark = look_.bookmarks[place];
  if (mark.instruction >= 0) return goTo(mark.instruction);
  scale_.left = static_cast<double>(mark.cycle) - width() / 2 / scale_.perCycle;
  arrange();
}

void TimelineCanvas::clearBookmarks() {
  if (look_.bookmarks.empty()) return;
  look_.bookmarks.clear();
  viewport()->update();
  Q_EMIT bookmarksChanged();
}

void TimelineCanvas::showMoreArrows() {
  if (!look_.selected) return;
  ++steps_;
  findArrows();
}

/// Direct ones first; each step more is asked for.
void TimelineCanvas::findArrows() {
  look_.arrows.clear();
  moreArrows_ = false;
  if (look_.selected && fine_ && fine_->neighbours) {
    const DependencyGraph& graph = fine_->detail.graph->graph;
    std::vector<std::uint32_t> own;
    for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) {
      if (graph.nodes[n].instruction == *look_.selected) own.push_back(n);
    }
    const Neighbourhood near =
        fine_->neighbours->around(own, steps_, steps_, {true, true, true, true}, mostNeighbours);
    moreArrows_ = near.more;
    for (const std::uint32_t e : near.edges) {
      const GraphEdge& edge = graph.edges[e];
      const GraphNode &from = graph.nodes[edge.from], &to = graph.nodes[edge.to];
      if (from.instruction == to.instruction) continue;
      look_.arrows.push_back({{from.instruction, MachineObjectId{from.object}, from.enter + edge.duration},
                              {to.instruction, MachineObjectId{to.object}, to.enter},
                              edge.kind,
                              edge.binding});
    }
  }
  viewport()->update();
  Q_EMIT arrowsChanged();
}

}  // namespace taktwerk
