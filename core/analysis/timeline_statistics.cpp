// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/timeline_statistics.h"

#include <algorithm>

namespace taktwerk {

namespace {

Cycles overlap(Cycles begin, Cycles end, const RangeStatistics& range) {
  return std::max<Cycles>(0, std::min(end, range.end) - std::max(begin, range.begin));
}

void addSingle(const Timeline& timeline, const TimelineLanes& lanes, RangeStatistics& range) {
  range.single = true;
  for (const TimelineInstruction& each : timeline.instructions) {
    const Cycles begin = each.begin();
    if (!each.bars.empty() && begin >= range.begin && begin < range.end) ++range.instructions;
    for (const TimelineBar& bar : each.bars) {
      if (!bar.wait) continue;
      const Cycles waited = overlap(bar.begin - bar.wait->cycles, bar.begin, range);
      if (waited > 0) range.waits[bar.wait->cause] += waited;
    }
  }
  const std::vector<ObjectBars> objects = placeBars(timeline);
  const auto length = static_cast<double>(range.end - range.begin);
  for (const TimelineLane& lane : lanes.lanes) {
    Cycles busy = 0;
    for (const MachineObjectId object : lane.counted) {
      if (object.index() >= objects.size()) continue;
      for (const auto& row : objects[object.index()].rows) {
        for (const PlacedBar& bar : row) busy += overlap(bar.begin, bar.end, range);
      }
    }
    range.shares.push_back(static_cast<double>(busy) / length /
                           static_cast<double>(std::max<std::int64_t>(1, lane.places)));
  }
}

}  // namespace

Result<RangeStatistics> statisticsOf(const LayerTimeline& timeline, const TimelineLanes& lanes, Cycles begin,
                                     Cycles end, std::int64_t most, Progress& progress) {
  RangeStatistics range;
  range.begin = std::max<Cycles>(0, begin);
  range.end = std::max(range.begin + 1, std::min(end, std::max<Cycles>(1, timeline.cycles)));
  const Result<TimelineDetail> detail = detailOf(timeline, range.begin, range.end, most, progress);
  if (!detail) return detail.diagnostics;
  range.cancelled = detail->cancelled || progress.cancelled();
  if (range.cancelled) return range;
  if (!detail->tooMany) {
    addSingle(detail->timeline, lanes, range);
    return range;
  }
  range.instructions = instructionAt(timeline, range.end) - instructionAt(timeline, range.begin);
  if (!timeline.occupiedKnown) return range;
  const OccupiedShares occupied = occupiedIn(timeline, range.begin, range.end, 1);
  range.shares.reserve(lanes.lanes.size());
  for (const TimelineLane& lane : lanes.lanes) range.shares.push_back(shareOf(lane, occupied, 0));
  return range;
}

}  // namespace taktwerk
