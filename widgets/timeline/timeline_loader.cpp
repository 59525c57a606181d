// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_loader.h"

#include <algorithm>
#include <cmath>

#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {

constexpr JobChannel<std::shared_ptr<const TimelineSlice>> slices{"timeline slice"};
constexpr JobChannel<std::shared_ptr<const TimelineFine>> fines{"timeline instructions"};
constexpr double binPixels = 2, blockPixels = 3;

}  // namespace

TimelineLoader::TimelineLoader(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {}

void TimelineLoader::setTime(std::shared_ptr<const LayerTime> time) {
  time_ = std::move(time);
  slice_.reset();
  fine_.reset();
  sight_ = {};
  jobs_.cancel(slices, this);
  jobs_.cancel(fines, this);
}

bool TimelineLoader::isWaiting() const {
  return jobs_.running(slices, this) || jobs_.running(fines, this);
}

std::pair<Cycles, Cycles> TimelineLoader::inSight() const {
  // What is under way at the end goes on behind it.
  const Cycles most = time_->cycles() + 1;
  const auto from = static_cast<Cycles>(std::clamp(std::floor(sight_.from), 0.0, static_cast<double>(most)));
  const auto to = static_cast<Cycles>(std::clamp(std::ceil(sight_.to), 0.0, static_cast<double>(most)));
  return {from, std::max(to, from + 1)};
}

bool TimelineLoader::sliceFits() const {
  if (!slice_ || slice_->of != time_) return false;
  const auto [from, to] = inSight();
  const SliceWish& there = slice_->wish;
  if (there.begin > from || there.end < std::min(to, time_->cycles())) return false;
  const bool lanes = std::all_of(sight_.lanes.begin(), sight_.lanes.end(),
                                 [this](std::uint32_t lane) { return slice_->has(lane); });
  if (!lanes) return false;
  const double each = static_cast<double>(there.end - there.begin) / static_cast<double>(there.bins);
  const double pixels = each * sight_.perCycle;
  return pixels >= binPixels / 3 && (pixels <= binPixels * 1.6 || each <= 1);
}

void TimelineLoader::want(const TimelineSight& sight) {
  sight_ = sight;
  if (!time_) return;
  fetchSlice();
  fetchFine();
}

/// Half a sight to the left and to the right as well.
void TimelineLoader::fetchSlice() {
  if (sliceFits() || jobs_.running(slices, this)) return;
  const auto [from, to] = inSight();
  const Cycles beside = (to - from) / 2 + 1;
  SliceWish wish;
  wish.begin = std::max<Cycles>(0, from - beside);
  wish.end = std::max(wish.begin + 1, std::min(time_->cycles(), to + beside));
  const auto length = static_cast<double>(wish.end - wish.begin);
  const double bins = std::clamp(length * sight_.perCycle / binPixels, 1.0, std::min(length, 8192.0));
  wish.bins = static_cast<std::size_t>(bins);
  wish.least = std::max<Cycles>(1, static_cast<Cycles>(blockPixels / sight_.perCycle));
  wish.lanes = sight_.lanes;
  jobs_.start(
      slices, tr("Looking at the timeline"), this,
      [time = time_, wish](Progress&) { return sliceOf(time, wish); },
      [this](const std::shared_ptr<const TimelineSlice>& slice) {
        if (slice->of != time_) return;
        slice_ = slice;
        Q_EMIT sliceChanged();
        QMetaObject::invokeMethod(
            this,
            [this] {
              if (time_) fetchSlice();
            },
            Qt::QueuedConnection);
      });
}

void TimelineLoader::fetchFine() {
  if (!sight_.single) return;
  const auto [from, to] = inSight();
  if (fine_ && fine_->of == time_ && fine_->begin <= from && fine_->end >= to) return;
  if (jobs_.running(fines, this) && reading_.first < to && reading_.second > from) return;
  std::pair<Cycles, Cycles> range{std::max<Cycles>(0, from - (to - from) / 2), to + (to - from) / 2};
  const InstructionWindow window = instructionsIn(time_->timeline, range.first, range.second);
  if (window.end - window.first > readAtMost / 2) range = {from, to};
  reading_ = range;
  jobs_.start(
      fines, tr("Reading instructions of %1").arg(time_->layer), this,
      [time = time_, range](Progress& progress) {
        return fineOf(time, range.first, range.second, readAtMost, progress);
      },
      [this](const std::shared_ptr<const TimelineFine>& fine) {
        if (fine->of != time_ || fine->detail.cancelled) return;
        fine_ = fine;
        Q_EMIT fineChanged();
        QMetaObject::invokeMethod(
            this,
            [this] {
              if (time_) fetchFine();
            },
            Qt::QueuedConnection);
      });
}

}  // namespace taktwerk
