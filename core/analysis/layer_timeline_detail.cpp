// SPDX-License-Identifier: GPL-3.0-or-later
// Single instructions of a stretch of time of a whole layer.
#include <algorithm>
#include <utility>

#include "core/analysis/layer_timeline.h"

namespace taktwerk {

namespace {

/// The first instruction that the stretch needs, as far as those that are known tell.
std::int64_t firstNeeded(const Timeline& known, const InstructionWindow& window, Cycles begin, Cycles end) {
  std::int64_t first = window.first;
  const std::int64_t all = window.end - window.first;
  const std::int64_t early = window.first + std::max<std::int64_t>(8, all / 8);
  for (const TimelineInstruction& each : known.instructions) {
    if (each.end() <= begin || each.begin() >= end) continue;
    // What goes on among the first of them may well go on before them, too.
    if (each.number < early) first = std::min(first, window.first - all - 8);
    for (const TimelineBar& bar : each.bars) {
      if (bar.wait && bar.end > begin && bar.begin < end) first = std::min(first, bar.wait->instruction);
    }
  }
  return std::max<std::int64_t>(0, first);
}

}  // namespace

Result<TimelineDetail> detailOf(const LayerTimeline& timeline, Cycles begin, Cycles end, std::int64_t most,
                                Progress& progress, const GraphReach& reach) {
  TimelineDetail detail;
  detail.begin = begin;
  detail.end = end;
  InstructionWindow window = instructionsIn(timeline, begin, end);
  for (;;) {
    detail.tooMany = window.end - window.first > most;
    if (detail.tooMany || window.first >= window.end) return detail;
    Result<GraphWindow> graph = graphWindowOf(timeline.machine, *timeline.program, window, progress, reach);
    if (!graph) return graph.diagnostics;
    detail.cancelled = graph->cancelled;
    if (detail.cancelled) return detail;
    detail.timeline = timelineOf(*graph, *timeline.program);
    detail.graph = std::make_shared<const GraphWindow>(std::move(*graph));
    const std::int64_t first = firstNeeded(detail.timeline, window, begin, end);
    // What would be too many does with what there is.
    if (first >= window.first || window.end - first > most) return detail;
    window.first = first;
  }
}

}  // namespace taktwerk
