// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_data.h"

#include <algorithm>
#include <utility>

#include "core/drawing/object_kinds.h"

namespace taktwerk {

namespace {

void addWhatIsShown(LayerTime& time) {
  const Machine& machine = *time.program.machine;
  time.lanes = lanesOf(machine);
  time.used = usedLanes(time.lanes, time.timeline);
  const std::vector<BlockKind> kinds = objectKindsOf(machine);
  time.kinds.reserve(time.lanes.lanes.size());
  for (const TimelineLane& lane : time.lanes.lanes) {
    time.kinds.push_back(kinds[lane.counted.front().index()]);
  }
  for (const Program::Loop& loop : time.program.program->loops) {
    time.loopDepth = std::max(time.loopDepth, loop.depth);
  }
}

}  // namespace

std::shared_ptr<const LayerTime> timeOfProgram(const QString& layer, LayerProgram program,
                                               Progress& progress) {
  const auto time = std::make_shared<LayerTime>();
  time->layer = layer;
  time->program = std::move(program);
  Result<LayerTimeline> made = layerTimelineOf(time->program.machine, time->program.program, progress);
  if (!made) {
    time->diagnostics = made.diagnostics;
    return time;
  }
  time->timeline = std::move(*made);
  time->cancelled = time->timeline.cancelled || progress.cancelled();
  time->made = !time->cancelled;
  if (time->made) addWhatIsShown(*time);
  return time;
}

std::shared_ptr<const LayerTime> timeOfLayer(const EstimateInput& input, const QString& layer,
                                             Progress& progress) {
  const auto failed = std::make_shared<LayerTime>();
  failed->layer = layer;
  const Result<Study> study = studyOf(input);
  failed->diagnostics = study.diagnostics;
  if (hasErrors(failed->diagnostics)) return failed;
  Result<LayerProgram> program = programOf(*study, layer.toStdString(), *input.memory, progress);
  failed->cancelled = progress.cancelled();
  if (failed->cancelled) return failed;
  if (!program || !program->program) {
    failed->diagnostics = program.diagnostics;
    return failed;
  }
  return timeOfProgram(layer, std::move(*program), progress);
}

std::shared_ptr<const TimelineSlice> sliceOf(const std::shared_ptr<const LayerTime>& time,
                                             const SliceWish& wish) {
  const auto slice = std::make_shared<TimelineSlice>();
  slice->of = time;
  slice->wish = wish;
  slice->blocks = blocksIn(time->timeline, wish.begin, wish.end, wish.least);
  slice->ofLane.assign(time->lanes.lanes.size(), TimelineSlice::none);
  slice->shares.assign(wish.lanes.size() * wish.bins, 0);
  const OccupiedShares occupied = occupiedIn(time->timeline, wish.begin, wish.end, wish.bins);
  for (std::size_t i = 0; i < wish.lanes.size(); ++i) {
    const std::uint32_t lane = wish.lanes[i];
    slice->ofLane[lane] = i;
    for (std::size_t bin = 0; bin < wish.bins; ++bin) {
      slice->shares[i * wish.bins + bin] =
          static_cast<float>(shareOf(time->lanes.lanes[lane], occupied, bin));
    }
  }
  return slice;
}

const TimelineInstruction* TimelineFine::find(std::int64_t number) const {
  const auto& all = timeline().instructions;
  const auto found = std::lower_bound(
      all.begin(), all.end(), number,
      [](const TimelineInstruction& each, std::int64_t wanted) { return each.number < wanted; });
  return found != all.end() && found->number == number ? &*found : nullptr;
}

std::size_t TimelineFine::firstAt(double cycle) const {
  const auto found = std::partition_point(endsSoFar.begin(), endsSoFar.end(),
                                          [&](Cycles until) { return static_cast<double>(until) <= cycle; });
  return static_cast<std::size_t>(found - endsSoFar.begin());
}

std::shared_ptr<const TimelineFine> fineOf(const std::shared_ptr<const LayerTime>& time, Cycles begin,
                                           Cycles end, std::int64_t most, Progress& progress) {
  const auto fine = std::make_shared<TimelineFine>();
  fine->of = time;
  fine->begin = begin;
  fine->end = end;
  Result<TimelineDetail> detail = detailOf(time->timeline, begin, end, most, progress);
  if (!detail) {
    fine->diagnostics = detail.diagnostics;
    return fine;
  }
  fine->detail = std::move(*detail);
  fine->made = !fine->detail.tooMany && !fine->detail.cancelled && fine->timeline().machine;
  if (!fine->made) return fine;
  const std::vector<TimelineInstruction>& all = fine->timeline().instructions;
  fine->begins.resize(all.size());
  fine->endsSoFar.resize(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    fine->endsSoFar[i] = std::max(i > 0 ? fine->endsSoFar[i - 1] : 0, all[i].end());
  }
  for (std::size_t i = all.size(); i-- > 0;) {
    fine->begins[i] = i + 1 < all.size() ? std::min(fine->begins[i + 1], all[i].begin()) : all[i].begin();
  }
  fine->neighbours.emplace(fine->detail.graph->graph);
  fine->bars = placeBars(fine->timeline());
  fine->laneSteps.resize(time->lanes.lanes.size());
  for (std::size_t lane = 0; lane < fine->laneSteps.size(); ++lane) {
    const TimelineLane& each = time->lanes.lanes[lane];
    if (each.isArray()) fine->laneSteps[lane] = busySteps(fine->bars, each.counted);
  }
  return fine;
}

}  // namespace taktwerk
