// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "widgets/timeline/timeline_data.h"

namespace taktwerk {

class JobManager;

/// What of a layer is in sight, and at which scale.
struct TimelineSight {
  double from = 0, to = 1;  ///< cycles
  double perCycle = 1;      ///< pixels
  std::vector<std::uint32_t> lanes;
  bool single = false;  ///< instructions are to be drawn
};

/// Instructions that are drawn one by one at once, and that are read for it.
inline constexpr std::int64_t singleAtMost = 3'000, readAtMost = 12'000;

/// Fetches what a timeline shows, in the background: first the stretch at its scale, then single
/// instructions. What was there stays until the next is; while somebody moves about, only what is in sight
/// when a job ends is fetched next.
class TimelineLoader : public QObject {
  Q_OBJECT
 public:
  explicit TimelineLoader(JobManager& jobs, QObject* parent = nullptr);

  /// Null: nothing. Forgets what was fetched of another.
  void setTime(std::shared_ptr<const LayerTime> time);
  void want(const TimelineSight& sight);
  [[nodiscard]] const std::shared_ptr<const TimelineSlice>& slice() const { return slice_; }
  /// Of the stretch that was asked for last, or of one before.
  [[nodiscard]] const std::shared_ptr<const TimelineFine>& fine() const { return fine_; }
  /// Something that is in sight is not there yet.
  [[nodiscard]] bool isWaiting() const;

 Q_SIGNALS:
  void sliceChanged();
  void fineChanged();

 private:
  void fetchSlice();
  void fetchFine();
  [[nodiscard]] bool sliceFits() const;
  [[nodiscard]] std::pair<Cycles, Cycles> inSight() const;

  JobManager& jobs_;
  std::shared_ptr<const LayerTime> time_;
  TimelineSight sight_;
  std::shared_ptr<const TimelineSlice> slice_;
  std::shared_ptr<const TimelineFine> fine_;
  std::pair<Cycles, Cycles> reading_{0, 0};  ///< of the job under way
};

}  // namespace taktwerk
