// SPDX-License-Identifier: GPL-3.0-or-later
// A timeline that was kept for comparison.
#include <map>
#include <utility>

#include "widgets/timeline/timeline_canvas.h"

namespace taktwerk {

namespace {

constexpr double keptStripPixels = 7;

/// When an instruction begins, as exactly as that is known.
Cycles beginOf(const LayerTime& time, const TimelineFine* fine, std::int64_t instruction) {
  const TimelineInstruction* const known = fine ? fine->find(instruction) : nullptr;
  return known ? known->begin() : cycleOf(time.timeline, instruction);
}

}  // namespace

void TimelineCanvas::setKept(std::shared_ptr<const LayerTime> time) {
  kept_ = {};
  kept_.time = time_ ? std::move(time) : nullptr;
  const double before = scale_.strip;
  scale_.strip = kept_.time ? keptStripPixels : 0;
  if (look_.rows == TimelineRows::Blocks) scale_.rowHeight += scale_.strip - before;
  if (kept_.time) {
    std::map<std::string, std::uint32_t> byName;
    const auto& lanes = kept_.time->lanes.lanes;
    for (std::uint32_t lane = 0; lane < lanes.size(); ++lane) byName.emplace(lanes[lane].name, lane);
    kept_.lanes.reserve(time_->lanes.lanes.size());
    for (const TimelineLane& lane : time_->lanes.lanes) {
      const auto found = byName.find(lane.name);
      kept_.lanes.push_back(found == byName.end() ? TimelineLanes::none : found->second);
    }
  }
  arrange();
}

void TimelineCanvas::setKeptSlice(std::shared_ptr<const TimelineSlice> slice) {
  if (slice && slice->of == kept_.time) kept_.slice = std::move(slice);
  viewport()->update();
}

void TimelineCanvas::setKeptFine(std::shared_ptr<const TimelineFine> fine) {
  kept_.fine = fine && fine->made && fine->of == kept_.time ? std::move(fine) : nullptr;
  viewport()->update();
}

void TimelineCanvas::alignAt(std::int64_t instruction) {
  if (!time_ || !kept_.time || instruction < 0 || instruction >= kept_.time->timeline.known) return;
  kept_.offset =
      beginOf(*time_, fine_.get(), instruction) - beginOf(*kept_.time, kept_.fine.get(), instruction);
  arrange();
}

TimelineSight TimelineCanvas::keptSight() const {
  TimelineSight there = sight();
  const auto offset = static_cast<double>(kept_.offset);
  there.from -= offset;
  there.to -= offset;
  std::vector<std::uint32_t> lanes;
  for (const std::uint32_t lane : there.lanes) {
    if (kept_.lanes[lane] != TimelineLanes::none) lanes.push_back(kept_.lanes[lane]);
  }
  there.lanes = std::move(lanes);
  return there;
}

}  // namespace taktwerk
