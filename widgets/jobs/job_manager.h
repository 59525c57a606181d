// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/jobs/job_task.h"

namespace taktwerk {

/// How far a job is, for those who show it.
struct JobState {
  std::uint64_t id = 0;
  QString title;
  QString unit;  ///< what `done` and `total` count, or empty: nothing that users know
  bool cancelling = false;
  double fraction = -1;     ///< 0 to 1, below 0 when the total is not known
  double secondsLeft = -1;  ///< below 0 when not known yet; from a smoothed rate, after 3 s
  std::int64_t done = 0, total = 0;
  double rate = 0;  ///< of them a second, smoothed over about a second, or the time of one that takes longer
};

/// Runs long work off the GUI thread: one coordinator thread a job, which gets an immutable snapshot with its
/// closure and gives a value, which the receiver takes on the GUI thread.
///
/// A job belongs to a channel of its receiver. Starting a job cancels the earlier one there, and what a
/// superseded job gives is dropped. So it is with the jobs of a receiver that goes away, at whatever time:
/// they are cancelled at once, nothing is delivered any more, and nobody waits for them. Progress is polled
/// ten times a second; the work never sends signals. The destructor cancels and joins everything; from then
/// on nothing is delivered.
///
///     constexpr JobChannel<Outcome> estimates{"estimate"};
///     jobs.start(estimates, tr("Estimating"), this,
///                [input](Progress& progress) { return compute(input, progress); },
///                [this](Outcome outcome) { show(std::move(outcome)); });
class JobManager : public QObject {
  Q_OBJECT
 public:
  explicit JobManager(QObject* parent = nullptr);
  ~JobManager() override;

  /// `receiver` lives on the thread of the manager. `work` must not use it; `deliver` may.
  template <class Value, JobWork<Value> Work, JobDelivery<Value> Deliver>
  void start(const JobChannel<Value>& channel, const QString& title, QObject* receiver, Work work,
             Deliver deliver) {
    begin(channel.name, channel.unit, title, receiver,
          std::make_unique<JobTaskOf<Value, Work, Deliver>>(std::move(work), std::move(deliver)));
  }
  /// Asks the receiver's job to stop; its delivery still arrives, with whatever it has.
  template <class Value>
  void cancel(const JobChannel<Value>& channel, const QObject* receiver) {
    cancelNamed(channel.name, receiver);
  }
  template <class Value>
  [[nodiscard]] bool running(const JobChannel<Value>& channel, const QObject* receiver) const {
    return current(channel.name, receiver) != nullptr;
  }
  /// Whether the receiver's job rests: that is no time of its rate, and how long it takes is not known.
  template <class Value>
  void setResting(const JobChannel<Value>& channel, const QObject* receiver, bool resting) {
    setRestingNamed(channel.name, receiver, resting);
  }
  /// How far the receiver's job is; nothing when none runs.
  template <class Value>
  [[nodiscard]] std::optional<JobState> state(const JobChannel<Value>& channel,
                                              const QObject* receiver) const {
    return stateNamed(channel.name, receiver);
  }
  /// Asks a job to stop, whoever it is of.
  void cancel(std::uint64_t id);
  /// How many threads each job may use for what can be done side by side; 0: all cores. Jobs that are under
  /// way keep theirs.
  [[nodiscard]] unsigned threads() const { return threads_; }
  void setThreads(unsigned threads);
  /// Jobs under way, without those that have not noticed yet that nobody waits for them.
  [[nodiscard]] std::vector<JobState> states() const;

 Q_SIGNALS:
  /// Right before the work begins: a job that is stopped then is stopped before it has done anything.
  void started(const QString& channel);
  void progressed();
  void threadsChanged();
  /// After the delivery ran, or after the end of a job whose receiver is gone.
  void finished(const QString& channel);
  /// The work threw, which is a bug: its message.
  void failed(const QString& message);

 private:
  struct Job;
  void begin(const char* channel, const char* unit, const QString& title, QObject* receiver,
             std::unique_ptr<JobTask> task);
  void run(Job& job);
  void poll();
  void abandon(std::uint64_t id);
  /// Takes one job that came to its end; called once for each.
  Q_INVOKABLE void collect();
  void cancelNamed(const char* channel, const QObject* receiver);
  void setRestingNamed(const char* channel, const QObject* receiver, bool resting);
  [[nodiscard]] std::optional<JobState> stateNamed(const char* channel, const QObject* receiver) const;
  [[nodiscard]] Job* current(const char* channel, const QObject* receiver) const;

  std::vector<std::unique_ptr<Job>> jobs_;
  std::uint64_t next_ = 1;
  unsigned threads_ = 0;
  QTimer timer_;
};

}  // namespace taktwerk
