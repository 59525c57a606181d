// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/change/step_run.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "widgets/document/document.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {
constexpr JobChannel<Sensitivity> runs{"change"};
}  // namespace

/// What the job has found and the window has not taken yet.
struct StepRun::Stream {
  std::mutex mutex;
  Sensitivity head;  ///< the present figure, as soon as it is there
  bool known = false;
  std::vector<StepOutcome> found;
};

StepRun::StepRun(JobManager& jobs, EstimateController& estimates, QObject* parent)
    : QObject(parent), jobs_(jobs), estimates_(estimates) {
  connect(&jobs_, &JobManager::progressed, this, &StepRun::take);
  connect(&estimates_, &EstimateController::inputChanged, this, &StepRun::compareInput);
  connect(&estimates_, &EstimateController::outcomeChanged, this, &StepRun::compareInput);
}

void StepRun::start(const QString& layer) {
  Q_EMIT aboutToClear();
  input_ = estimates_.input();
  layer_ = layer;
  reason_.clear();
  head_ = {};
  outcomes_.clear();
  Q_EMIT cleared();
  begun_ = true;
  stopped_ = outOfDate_ = false;
  stream_ = std::make_shared<Stream>();
  jobs_.start(
      runs, tr("Estimating what could be changed"), this,
      [input = input_, layer = layer.toStdString(), stream = stream_](Progress& progress) {
        const Result<Study> study = studyOf(input);
        Sensitivity failed;
        if (study->network.path.empty() && study->trace.empty()) failed.reason = "there is no network";
        for (const Diagnostic& problem : study.diagnostics) {
          if (problem.severity != Severity::Error) continue;
          failed.reason = problem.message;
          break;
        }
        if (!failed.reason.empty()) return failed;
        StudyOptions options{{}, layer};
        options.how.jobs = input.threads;
        {
          Sensitivity head = presentFigure(*study, options, *input.memory, progress);
          const std::scoped_lock lock(stream->mutex);
          stream->head = std::move(head);
          stream->known = true;
        }
        Sensitivity found = sensitivityOf(*study, options, *input.memory, progress,
                                          [&stream](const StepOutcome& outcome, std::size_t, std::size_t) {
                                            const std::scoped_lock lock(stream->mutex);
                                            stream->found.push_back(outcome);
                                          });
        return found;
      },
      [this](const Sensitivity& found) { finish(found); });
  Q_EMIT changed();
}

void StepRun::stop() {
  jobs_.cancel(runs, this);
}

bool StepRun::running() const {
  return jobs_.running(runs, this);
}

void StepRun::take() {
  if (!stream_) return;
  std::vector<StepOutcome> found;
  {
    const std::scoped_lock lock(stream_->mutex);
    if (stream_->known && !head_.cycles) head_ = stream_->head;
    found = std::exchange(stream_->found, {});
  }
  for (StepOutcome& outcome : found) add(std::move(outcome));
  Q_EMIT changed();
}

void StepRun::add(StepOutcome&& outcome) {
  const auto place = std::lower_bound(outcomes_.begin(), outcomes_.end(), outcome, ranksBefore);
  const auto number = static_cast<std::size_t>(std::distance(outcomes_.begin(), place));
  Q_EMIT aboutToAdd(number);
  outcomes_.insert(place, std::move(outcome));
  Q_EMIT added(number);
}

void StepRun::finish(const Sensitivity& found) {
  take();
  stream_.reset();
  reason_ = QString::fromStdString(found.reason);
  stopped_ = found.cancelled;
  Q_EMIT changed();
}

void StepRun::compareInput() {
  const bool now = begun_ && !sameStudy(input_, estimates_.input());
  if (now == outOfDate_) return;
  outOfDate_ = now;
  Q_EMIT changed();
}

}  // namespace taktwerk
