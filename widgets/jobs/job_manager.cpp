// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/job_manager.h"

#include <QElapsedTimer>
#include <QPointer>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <exception>
#include <thread>

namespace taktwerk {

struct JobManager::Job {
  std::uint64_t id = 0;
  const char* channel = nullptr;
  const char* unit = nullptr;
  QString title;
  QPointer<QObject> receiver;
  QMetaObject::Connection farewell;  // of the receiver
  bool superseded = false;
  bool abandoned = false;  // by its receiver
  Progress progress;
  QElapsedTimer clock;
  double rate = 0;  // of work units a second, smoothed
  std::int64_t lastDone = 0;
  qint64 lastMilliseconds = 0;  // when that became what it is, or a rest ended
  bool resting = false;
  std::atomic<bool> ended{false};  // the thread does nothing more with the job
  std::unique_ptr<JobTask> task;
  QString error;        // written by the thread, read when that is joined
  std::jthread thread;  // last: joined before what it uses goes away

  [[nodiscard]] bool awaited() const { return !superseded && !abandoned && receiver; }
  [[nodiscard]] JobState state() const;
  void measure();
};

JobState JobManager::Job::state() const {
  const std::int64_t total = progress.total.load(std::memory_order_relaxed);
  const std::int64_t done = progress.done.load(std::memory_order_relaxed);
  JobState state{id, title, QString::fromLatin1(unit), progress.cancelled(), -1, -1, done, total, rate};
  if (total <= 0) return state;
  state.fraction = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  if (clock.elapsed() > 3000 && rate > 0 && !resting) {
    state.secondsLeft = static_cast<double>(std::max<std::int64_t>(total - done, 0)) / rate;
  }
  return state;
}

/// Units may take longer than it is between two looks: the time since the latest one counts, with so much
/// weight as a look each tenth of a second would give it.
void JobManager::Job::measure() {
  const qint64 now = clock.elapsed();
  const qint64 passed = now - lastMilliseconds;
  const std::int64_t doneNow = progress.done.load(std::memory_order_relaxed);
  if (!resting && (doneNow == lastDone || passed < 50)) return;
  if (!resting) {
    const double latest = static_cast<double>(doneNow - lastDone) * 1000.0 / static_cast<double>(passed);
    const double before = std::pow(0.9, static_cast<double>(passed) / 100.0);
    rate = rate == 0 ? latest : before * rate + (1 - before) * latest;
  }
  lastDone = doneNow;
  lastMilliseconds = now;
}

JobManager::JobManager(QObject* parent) : QObject(parent) {
  timer_.setInterval(100);
  connect(&timer_, &QTimer::timeout, this, &JobManager::poll);
}

JobManager::~JobManager() {
  for (const auto& job : jobs_) {
    disconnect(job->farewell);
    job->progress.cancel();
  }
  for (const auto& job : jobs_) {
    if (job->thread.joinable()) job->thread.join();
  }
  // What a task holds goes while the manager is whole, and can ask it.
  while (!jobs_.empty()) {
    const std::unique_ptr<Job> job = std::move(jobs_.back());
    jobs_.pop_back();
  }
}

void JobManager::begin(const char* channel, const char* unit, const QString& title, QObject* receiver,
                       std::unique_ptr<JobTask> task) {
  Q_ASSERT(receiver && receiver->thread() == thread());
  if (Job* earlier = current(channel, receiver)) {
    earlier->superseded = true;
    earlier->progress.cancel();
  }
  auto made = std::make_unique<Job>();
  Job& job = *made;
  job.id = next_++;
  job.channel = channel;
  job.unit = unit;
  job.title = title;
  job.receiver = receiver;
  job.task = std::move(task);
  job.farewell = connect(receiver, &QObject::destroyed, this, [this, id = job.id] { abandon(id); });
  job.clock.start();
  jobs_.push_back(std::move(made));
  timer_.start();
  // Who stops it then stops it before it has done anything, and may destroy the manager.
  const QPointer<JobManager> self(this);
  Q_EMIT started(QString::fromLatin1(channel));
  if (self) job.thread = std::jthread([this, &job] { run(job); });
}

/// On the job's thread, where of the manager there is nothing but the address that the end is told to.
void JobManager::run(Job& job) {
  try {
    job.task->work(job.progress);
  } catch (const std::exception& e) {
    job.error = QString::fromUtf8(e.what());
    if (job.error.isEmpty()) job.error = tr("unknown exception");
  } catch (...) {
    job.error = tr("unknown exception");
  }
  job.ended.store(true, std::memory_order_release);
  // By name: a closure would be handed over under a lock of Qt alone, which the thread sanitizer does not
  // see.
  QMetaObject::invokeMethod(this, "collect", Qt::QueuedConnection);
}

void JobManager::cancelNamed(const char* channel, const QObject* receiver) {
  if (Job* job = current(channel, receiver)) {
    job->progress.cancel();
    Q_EMIT progressed();
  }
}

void JobManager::setRestingNamed(const char* channel, const QObject* receiver, bool resting) {
  Job* job = current(channel, receiver);
  if (job == nullptr || job->resting == resting) return;
  job->measure();
  job->resting = resting;
}

void JobManager::cancel(std::uint64_t id) {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [id](const auto& job) { return job->id == id; });
  if (found == jobs_.end()) return;
  (*found)->progress.cancel();
  Q_EMIT progressed();
}

void JobManager::setThreads(unsigned threads) {
  if (threads == threads_) return;
  threads_ = threads;
  Q_EMIT threadsChanged();
}

std::optional<JobState> JobManager::stateNamed(const char* channel, const QObject* receiver) const {
  const Job* job = current(channel, receiver);
  return job ? std::optional(job->state()) : std::nullopt;
}

std::vector<JobState> JobManager::states() const {
  std::vector<JobState> states;
  for (const auto& job : jobs_) {
    if (job->awaited()) states.push_back(job->state());
  }
  return states;
}

void JobManager::poll() {
  for (const auto& job : jobs_) {
    if (!job->receiver) job->progress.cancel();  // it went after it had cut its connections
    job->measure();
  }
  Q_EMIT progressed();
}

void JobManager::abandon(std::uint64_t id) {
  for (const auto& job : jobs_) {
    if (job->id != id) continue;
    job->abandoned = true;
    job->progress.cancel();
    return;
  }
}

void JobManager::collect() {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(),
                                  [](const auto& job) { return job->ended.load(std::memory_order_acquire); });
  if (found == jobs_.end()) return;
  const std::unique_ptr<Job> job = std::move(*found);
  jobs_.erase(found);
  if (jobs_.empty()) timer_.stop();
  disconnect(job->farewell);
  job->thread.join();  // posting this call was the last thing it did
  if (job->superseded) return;
  // Whoever hears of it may destroy the receiver, and the manager too.
  const QPointer<JobManager> self(this);
  if (job->awaited()) {
    if (job->error.isEmpty()) {
      job->task->deliver();
    } else {
      Q_EMIT failed(job->error);
    }
  }
  if (self) Q_EMIT finished(QString::fromLatin1(job->channel));
}

JobManager::Job* JobManager::current(const char* channel, const QObject* receiver) const {
  for (const auto& job : jobs_) {
    if (job->awaited() && job->receiver == receiver && std::strcmp(job->channel, channel) == 0)
      return job.get();
  }
  return nullptr;
}

}  // namespace taktwerk
