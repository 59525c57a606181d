// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sweep/run_sweep.h"

#include <chrono>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/processor_time.h"
#include "core/estimate/threads.h"
#include "core/study/study_memory.h"

namespace taktwerk {
namespace {

void waitWhilePaused(const SweepControl& control) {
  using namespace std::chrono_literals;
  while (control.paused.load(std::memory_order_relaxed) && !control.work.cancelled()) {
    std::this_thread::sleep_for(20ms);
  }
}

void count(SweepTotals& totals, PointState state) {
  switch (state) {
    case PointState::Done:
      ++totals.done;
      break;
    case PointState::Infeasible:
      ++totals.infeasible;
      break;
    case PointState::Failed:
      ++totals.failed;
      break;
    case PointState::Cancelled:
      ++totals.cancelled;
      break;
  }
}

/// Whether a row that was kept lacks a figure that is looked for: it was kept when nobody asked for it.
bool lacksObjective(const Sweep& sweep, const SweepRow& row) {
  return row.state == PointState::Done && !sweep.objectives.empty() &&
         row.figures.size() < sweep.figures.size();
}

}  // namespace

SweepRow knownOrEstimated(const Sweep& sweep, SweepPoint point, const SweepOptions& options,
                          StudyMemory& memory, Progress& progress) {
  // Values that could not be computed are not there: without them it is another point.
  const bool mayBeKnown = options.known && point.problem.empty();
  std::optional<SweepRow> known = mayBeKnown ? options.known(point) : std::nullopt;
  if (!known || lacksObjective(sweep, *known))
    return estimatePoint(sweep, std::move(point), options.study, memory, progress);
  known->point = std::move(point);
  known->known = true;
  return std::move(*known);
}

SweepTotals& SweepTotals::operator+=(const SweepTotals& more) {
  done += more.done;
  infeasible += more.infeasible;
  failed += more.failed;
  cancelled += more.cancelled;
  known += more.known;
  stopped = stopped || more.stopped;
  processorSeconds += more.processorSeconds;
  timingSeconds += more.timingSeconds;
  return *this;
}

SweepTotals runSweep(const Sweep& sweep, const PointStream& points, const SweepOptions& options,
                     StudyMemory& memory, SweepControl& control, const RowListener& listener) {
  SweepTotals totals;
  const double processorBefore = secondsOfProcess(), timingBefore = memory.timingSeconds();
  std::mutex asking, telling;
  std::int64_t next = 0;
  bool over = false;
  const auto ask = [&]() -> std::optional<std::pair<std::int64_t, SweepPoint>> {
    const std::scoped_lock lock(asking);
    waitWhilePaused(control);
    if (over || control.work.cancelled()) return std::nullopt;
    auto point = points(control.work);
    over = !point;
    if (!point) return std::nullopt;
    const std::int64_t place = next++;
    return std::pair(point->sequence.value_or(place), std::move(*point));
  };
  const auto work = [&] {
    while (auto asked = ask()) {
      SweepRow row = knownOrEstimated(sweep, std::move(asked->second), options, memory, control.work);
      row.sequence = asked->first;
      const std::scoped_lock lock(telling);
      count(totals, row.state);
      totals.known += row.known ? 1 : 0;
      if (row.state != PointState::Cancelled) control.done.fetch_add(1, std::memory_order_relaxed);
      listener(std::move(row));
    }
  };
  // Once a thread; each takes points as long as there are some.
  inParallel(threadsOf(options.jobs), options.jobs, [&](std::size_t) { work(); });
  totals.stopped = control.work.cancelled();
  totals.processorSeconds = secondsOfProcess() - processorBefore;
  totals.timingSeconds = memory.timingSeconds() - timingBefore;
  return totals;
}

}  // namespace taktwerk
