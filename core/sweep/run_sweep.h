// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "core/base/progress.h"
#include "core/sweep/point_stream.h"
#include "core/sweep/sweep_row.h"

namespace taktwerk {

/// What a sweep that runs shares with whoever waits for it.
struct SweepControl {
  Progress work;                    ///< cancels; counts instructions timed
  std::atomic<bool> paused{false};  ///< points that are under way are finished, no others begun
  std::atomic<std::int64_t> done{0};
  /// Points whose machines a goal search looks at before it estimates the first, and of how many.
  std::atomic<std::int64_t> lookedAt{0}, toLookAt{0};
};

/// The row of a point that was estimated before, if it is known; asked by many threads.
using KnownRow = std::function<std::optional<SweepRow>(const SweepPoint& point)>;

struct SweepOptions {
  /// How each point is estimated. Its jobs are those within a point: 1 where there are many points.
  StudyOptions study;
  unsigned jobs = 0;  ///< points at the same time, 0: all cores
  KnownRow known;     ///< none: nothing is known
};

/// How the points of a run ended.
struct SweepTotals {
  std::int64_t done = 0, infeasible = 0, failed = 0, cancelled = 0;
  std::int64_t known = 0;  ///< of them, that were known before
  bool stopped = false;    ///< by whoever waits, before the last point
  /// Of computing, by all threads of the program, and how much of them the timing of programs took.
  double processorSeconds = 0, timingSeconds = 0;
  [[nodiscard]] std::int64_t all() const { return done + infeasible + failed; }
  /// Of a run and one that follows it.
  SweepTotals& operator+=(const SweepTotals& more);
};

/// Told of each row as it is there, by one thread at a time, in any order.
using RowListener = std::function<void(SweepRow row)>;

/// The row of a point that is known with all figures, else estimated.
[[nodiscard]] SweepRow knownOrEstimated(const Sweep& sweep, SweepPoint point, const SweepOptions& options,
                                        StudyMemory& memory, Progress& progress);

/// Estimates the points of a stream on oneTBB, `jobs` at the same time, each begun as soon as a thread is
/// free. Rows are a function of their points, with any number of threads; the order in which they come is
/// not, see InOrder. Cancelled: the points that were under way are rows that say so.
SweepTotals runSweep(const Sweep& sweep, const PointStream& points, const SweepOptions& options,
                     StudyMemory& memory, SweepControl& control, const RowListener& listener);

}  // namespace taktwerk
