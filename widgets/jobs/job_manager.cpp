// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/job_manager.h"

#include <algorithm>
#include <exception>

namespace taktwerk {

struct JobManager::Job {
  std::uint64_t id = 0;
  QString channel;
  QString title;
  bool superseded = false;
  Progress progress;
  QElapsedTimer clock;
  double rate = 0;  // of work units a second, smoothed
  std::int64_t lastDone = 0;
  qint64 lastMilliseconds = 0;
  std::jthread thread;  // last: joined before what it uses goes away
};

JobManager::JobManager(QObject* parent) : QObject(parent) {
  timer_.setInterval(100);
  connect(&timer_, &QTimer::timeout, this, &JobManager::poll);
}

JobManager::~JobManager() {
  for (const auto& job : jobs_) job->progress.cancel();
  for (const auto& job : jobs_) {
    if (job->thread.joinable()) job->thread.join();
  }
}

std::uint64_t JobManager::start(const QString& channel, const QString& title, Work work) {
  if (Job* earlier = current(channel)) {
    earlier->superseded = true;
    earlier->progress.cancel();
  }
  auto job = std::make_unique<Job>();
  job->id = next_++;
  job->channel = channel;
  job->title = title;
  job->clock.start();
  Job* raw = job.get();
  jobs_.push_back(std::move(job));
  raw->thread = std::jthread([this, raw, id = raw->id, run = std::move(work)] {
    Delivery delivery;
    QString error;
    try {
      delivery = run(raw->progress);
    } catch (const std::exception& e) {
      error = QString::fromUtf8(e.what());
    } catch (...) {
      error = tr("unknown exception");
    }
    QMetaObject::invokeMethod(
        this, [this, id, delivery = std::move(delivery), error] { finish(id, delivery, error); },
        Qt::QueuedConnection);
  });
  timer_.start();
  const std::uint64_t id = raw->id;
  Q_EMIT started(channel);
  return id;
}

void JobManager::cancel(const QString& channel) {
  if (Job* job = current(channel)) {
    job->progress.cancel();
    Q_EMIT progressed();
  }
}

bool JobManager::running(const QString& channel) const {
  return current(channel) != nullptr;
}

std::vector<JobState> JobManager::states() const {
  std::vector<JobState> states;
  for (const auto& job : jobs_) {
    if (job->superseded) continue;
    JobState state{job->id, job->title, job->progress.cancelled(), -1, -1};
    const std::int64_t total = job->progress.total.load(std::memory_order_relaxed);
    const std::int64_t done = job->progress.done.load(std::memory_order_relaxed);
    if (total > 0) {
      state.fraction = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
      if (job->clock.elapsed() > 3000 && job->rate > 0) {
        state.secondsLeft = static_cast<double>(std::max<std::int64_t>(total - done, 0)) / job->rate;
      }
    }
    states.push_back(state);
  }
  return states;
}

void JobManager::poll() {
  for (const auto& job : jobs_) {
    const qint64 now = job->clock.elapsed();
    const qint64 passed = now - job->lastMilliseconds;
    if (passed < 50) continue;
    const std::int64_t done = job->progress.done.load(std::memory_order_relaxed);
    const double rate = static_cast<double>(done - job->lastDone) * 1000.0 / static_cast<double>(passed);
    job->rate = job->rate == 0 ? rate : 0.9 * job->rate + 0.1 * rate;
    job->lastDone = done;
    job->lastMilliseconds = now;
  }
  Q_EMIT progressed();
}

void JobManager::finish(std::uint64_t id, const Delivery& delivery, const QString& error) {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [id](const auto& job) { return job->id == id; });
  if (found == jobs_.end()) return;
  const std::unique_ptr<Job> job = std::move(*found);
  jobs_.erase(found);
  if (jobs_.empty()) timer_.stop();
  job->thread.join();  // posting this call was the last thing it did
  if (job->superseded) return;
  if (!error.isEmpty()) {
    Q_EMIT failed(error);
  } else if (delivery) {
    delivery();
  }
  Q_EMIT finished(job->channel);
}

JobManager::Job* JobManager::current(const QString& channel) const {
  for (const auto& job : jobs_) {
    if (!job->superseded && job->channel == channel) return job.get();
  }
  return nullptr;
}

}  // namespace taktwerk
