// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/sweep_run.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "core/estimate/threads.h"
#include "core/store/merge_stores.h"
#include "core/store/sweep_store.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/point_texts.h"
#include "widgets/sweep/results/sweep_results.h"

namespace taktwerk {

/// What the job of a run shares with the window.
struct SweepRun::Stream {
  SweepControl control;
  mutable std::mutex mutex;
  RowTable table;
  std::map<std::int64_t, SweepPoint> underWay;  ///< by number
  std::optional<PointCount> total;
  std::shared_ptr<const std::vector<DesignTexts>> texts;
  bool tookEarlier = false;

  /// False: there is no going on.
  [[nodiscard]] bool takeEarlier(const SweepRequest& request, SweepOutcome& outcome,
                                 const Progress& progress);
};

bool SweepRun::Stream::takeEarlier(const SweepRequest& request, SweepOutcome& outcome,
                                   const Progress& progress) {
  if (request.earlier.isEmpty()) return true;
  auto merged = mergeStores({toPath(request.earlier).string()}, toPath(request.store).string(), progress);
  outcome.problems = std::move(merged.diagnostics);
  outcome.totals.stopped = progress.cancelled();
  const std::scoped_lock lock(mutex);
  tookEarlier = merged && !progress.cancelled();
  return tookEarlier;
}

namespace {
constexpr JobChannel<SweepOutcome> runs{"sweep", "points"};
}  // namespace

SweepRun::SweepRun(JobManager& jobs, SweepResults& results, QObject* parent)
    : QObject(parent), jobs_(jobs), results_(results) {
  connect(&jobs_, &JobManager::progressed, this, &SweepRun::take);
  connect(&jobs_, &JobManager::finished, this, [this](const QString& channel) {
    if (channel == QLatin1String(runs.name) && stream_ && !jobs_.running(runs, this)) breakOff();
  });
}

SweepRun::~SweepRun() {
  if (stream_) stream_->control.work.cancel();
}

void SweepRun::start(SweepRequest request) {
  if (stream_) stream_->control.work.cancel();
  request_ = std::move(request);
  stream_ = std::make_shared<Stream>();
  stream_->table = RowTable(request_.sweep->columns, request_.sweep->figures);
  state_ = State::Running;
  done_ = 0;
  total_.reset();
  totals_.reset();
  texts_.reset();
  tookEarlier_ = false;
  problems_.clear();
  results_.begin(stream_->table);
  jobs_.start(
      runs, tr("Sweep"), this,
      [request = request_, stream = stream_, threads = jobs_.threads()](Progress& progress) {
        return work(request, threads, *stream, progress);
      },
      [this](const SweepOutcome& outcome) { finish(outcome); });
  Q_EMIT changed();
}

SweepOutcome SweepRun::work(const SweepRequest& request, unsigned threads, Stream& stream,
                            Progress& progress) {
  SweepOutcome outcome;
  if (!stream.takeEarlier(request, outcome, progress)) return outcome;
  const Sweep& sweep = *request.sweep;
  SweepOptions options;
  options.jobs = threads;
  options.study.keep = false;
  std::vector<StoredStudy> inputs;
  auto opened = SweepStore::open(toPath(request.store).string(), true, sweep, options.study, *request.memory,
                                 request.texts, &inputs);
  if (!opened) {
    outcome.problems = std::move(opened.diagnostics);
    return outcome;
  }
  const std::shared_ptr<SweepStore> store = *opened;
  auto texts = std::make_shared<const std::vector<DesignTexts>>(textsOf(std::move(inputs)));
  options.known = [store](const SweepPoint& point) { return store->find(point); };
  const PointSupply supply = pointsOf(request.sweep, request.choice);
  {
    const std::scoped_lock lock(stream.mutex);
    stream.total = supply.count;
    stream.texts = std::move(texts);
  }
  progress.total = supply.count.atMost;
  // Threads that have no point of their own help with the layers of others.
  const std::int64_t points = std::max<std::int64_t>(supply.count.atMost, 1);
  options.study.how.jobs = static_cast<unsigned>(std::max<std::int64_t>(1, threadsOf(options.jobs) / points));
  const PointStream points_ = [&](const Progress& work) {
    auto point = supply.stream(work);
    if (point) {
      const std::scoped_lock lock(stream.mutex);
      stream.underWay.emplace(point->number, *point);
    }
    return point;
  };
  outcome.totals =
      runSweep(sweep, points_, options, *request.memory, stream.control, [&](const SweepRow& row) {
        if (!store->add(row)) stream.control.work.cancel();  // nothing that comes could be kept
        const std::scoped_lock lock(stream.mutex);
        stream.underWay.erase(row.point.number);
        stream.table.add(row);
        progress.done = stream.control.done.load();
      });
  (void)store->commit();
  outcome.problems = store->problems();
  return outcome;
}

void SweepRun::pause() {
  if (state_ != State::Running) return;
  stream_->control.paused = true;
  state_ = State::Pausing;
  jobs_.setResting(runs, this, true);
  take();
}

void SweepRun::goOn() {
  if (state_ != State::Pausing && state_ != State::Paused) return;
  stream_->control.paused = false;
  state_ = State::Running;
  jobs_.setResting(runs, this, false);
  Q_EMIT changed();
}

void SweepRun::stop() {
  if (!isRunning()) return;
  stream_->control.work.cancel();
  state_ = State::Stopping;
  jobs_.cancel(runs, this);
  Q_EMIT changed();
}

void SweepRun::forget() {
  if (isRunning()) return;
  totals_.reset();
  problems_.clear();
  Q_EMIT changed();
}

std::vector<SweepPoint> SweepRun::underWay() const {
  std::vector<SweepPoint> points;
  if (!stream_) return points;
  const std::scoped_lock lock(stream_->mutex);
  points.reserve(stream_->underWay.size());
  for (const auto& [number, point] : stream_->underWay) points.push_back(point);
  return points;
}

void SweepRun::take() {
  if (!stream_) return;
  const auto job = jobs_.state(runs, this);
  if (job && job->cancelling && state_ != State::Stopping) {  // from the list of jobs
    stream_->control.work.cancel();
    state_ = State::Stopping;
  }
  RowTable table;
  bool resting = false;
  {
    const std::scoped_lock lock(stream_->mutex);
    table = stream_->table;
    total_ = stream_->total;
    texts_ = stream_->texts;
    tookEarlier_ = stream_->tookEarlier;
    resting = stream_->underWay.empty();
  }
  done_ = stream_->control.done.load();
  if (state_ == State::Pausing && resting) state_ = State::Paused;
  results_.grow(table);
  Q_EMIT changed();
}

double SweepRun::rate() const {
  const auto job = jobs_.state(runs, this);
  return job ? job->rate : 0;
}

std::optional<double> SweepRun::secondsLeft() const {
  const auto job = jobs_.state(runs, this);
  if (!job || job->secondsLeft < 0 || state_ != State::Running) return std::nullopt;
  return job->secondsLeft;
}

void SweepRun::finish(const SweepOutcome& outcome) {
  take();
  stream_.reset();
  state_ = State::Idle;
  totals_ = outcome.totals;
  problems_ = outcome.problems;
  Q_EMIT changed();
}

/// The work ended without an outcome.
void SweepRun::breakOff() {
  SweepOutcome outcome;
  outcome.totals.stopped = true;
  Diagnostic problem;
  problem.message = tr("the sweep ended unexpectedly; what it found until then is shown").toStdString();
  outcome.problems.push_back(std::move(problem));
  {
    const std::scoped_lock lock(stream_->mutex);
    const RowTable& table = stream_->table;
    outcome.totals.done = table.count(PointState::Done);
    outcome.totals.infeasible = table.count(PointState::Infeasible);
    outcome.totals.failed = table.count(PointState::Failed);
    outcome.totals.cancelled = table.count(PointState::Cancelled);
  }
  finish(outcome);
}

}  // namespace taktwerk
