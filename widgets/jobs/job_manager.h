// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "core/base/progress.h"

namespace taktwerk {

/// How far a job is, for those who show it.
struct JobState {
  std::uint64_t id = 0;
  QString title;
  bool cancelling = false;
  double fraction = -1;     ///< 0 to 1, below 0 when the total is not known
  double secondsLeft = -1;  ///< below 0 when not known yet; from a smoothed rate, after 3 s
};

/// Runs long work off the GUI thread: one coordinator thread a job, which gets an immutable snapshot with its
/// closure and hands back what to do with the result on the GUI thread.
///
/// A job belongs to a channel ("open", "estimate"). Starting a job cancels the channel's earlier one, and
/// what a superseded or cancelled-and-replaced job delivers is dropped. Progress is polled ten times a
/// second; the work never sends signals. The destructor cancels and joins everything.
///
///     jobs.start("estimate", tr("Estimating"), [input](Progress& progress) -> JobManager::Delivery {
///       auto result = compute(input, progress);
///       return [this, result] { show(result); };
///     });
class JobManager : public QObject {
  Q_OBJECT
 public:
  using Delivery = std::function<void()>;           ///< runs on the GUI thread
  using Work = std::function<Delivery(Progress&)>;  ///< runs on the job's thread

  explicit JobManager(QObject* parent = nullptr);
  ~JobManager() override;

  std::uint64_t start(const QString& channel, const QString& title, Work work);
  /// Asks the channel's job to stop; its delivery still arrives, with whatever it has.
  void cancel(const QString& channel);
  [[nodiscard]] bool running(const QString& channel) const;
  /// Jobs under way, superseded ones that have not noticed yet left out.
  [[nodiscard]] std::vector<JobState> states() const;

 Q_SIGNALS:
  void started(const QString& channel);
  void progressed();
  /// After the delivery ran.
  void finished(const QString& channel);
  /// The work threw, which is a bug: its message.
  void failed(const QString& message);

 private:
  struct Job;
  void poll();
  void finish(std::uint64_t id, const Delivery& delivery, const QString& error);
  [[nodiscard]] Job* current(const QString& channel) const;

  std::vector<std::unique_ptr<Job>> jobs_;
  std::uint64_t next_ = 1;
  QTimer timer_;
};

}  // namespace taktwerk
