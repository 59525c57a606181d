// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>

#include "widgets/jobs/job_channel.h"

namespace taktwerk {

/// What a job does, what that gave, and who takes it. It is made, delivered and destroyed on the manager's
/// thread; on the job's thread there is `work` alone, once.
class JobTask {
 public:
  JobTask() = default;
  JobTask(const JobTask&) = delete;
  JobTask& operator=(const JobTask&) = delete;
  virtual ~JobTask() = default;

  virtual void work(Progress& progress) = 0;
  /// After `work` came to its end without an exception, at most once.
  virtual void deliver() = 0;
};

/// The task of a job with a value of this type.
template <class Value, class Work, class Deliver>
class JobTaskOf final : public JobTask {
 public:
  JobTaskOf(Work work, Deliver deliver) : work_(std::move(work)), deliver_(std::move(deliver)) {}

  void work(Progress& progress) override {
    Work once = std::move(*work_);
    work_.reset();  // what it holds of the input goes here, not on the thread that paints
    value_.emplace(once(progress));
  }
  void deliver() override { deliver_(std::move(*value_)); }

 private:
  std::optional<Work> work_;
  std::optional<Value> value_;
  Deliver deliver_;
};

}  // namespace taktwerk
