// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <map>
#include <memory>
#include <optional>

#include "core/space/count.h"
#include "core/study/study_memory.h"
#include "core/sweep/run_sweep.h"
#include "widgets/workspace/design_files.h"

namespace taktwerk {

class JobManager;
class SweepResults;

/// What a run is of.
struct SweepRequest {
  std::shared_ptr<const Sweep> sweep;
  PointChoice choice;
  QString store;  ///< path of the file for results
  /// By path what files hold that are edited and not saved.
  std::map<std::string, std::shared_ptr<const std::string>> texts;
  std::shared_ptr<StudyMemory> memory;
  DesignFiles files;                         ///< of the points, but where the space has alternatives
  std::map<std::string, std::int64_t> base;  ///< values that all points have in common
  /// Stays as long as anything is written there: the folder of `store`, if it is one that goes away.
  std::shared_ptr<const QTemporaryDir> scratch;
  /// Of earlier runs, which had no file of the user's: their store, whose results go into `store` first, and
  /// the folder that it is in.
  QString earlier;
  std::shared_ptr<const QTemporaryDir> earlierFolder;
};

/// How its job ended.
struct SweepOutcome {
  SweepTotals totals;
  Diagnostics problems;
};

/// Runs a sweep in the background: its rows go into a store and into the results that views show. What a
/// store knows is not estimated again, so that a run that was stopped goes on where it was.
class SweepRun : public QObject {
  Q_OBJECT
 public:
  enum class State { Idle, Running, Pausing, Paused, Stopping };

  SweepRun(JobManager& jobs, SweepResults& results, QObject* parent = nullptr);
  ~SweepRun() override;

  /// Instead of the run under way.
  void start(SweepRequest request);
  /// Points that are under way are finished, no others begun.
  void pause();
  void goOn();
  /// The latest run is not what is shown any more.
  void forget();
  /// What was found stays.
  void stop();

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool isRunning() const { return state_ != State::Idle; }
  [[nodiscard]] std::int64_t done() const { return done_; }
  /// How many points there are, once that is known.
  [[nodiscard]] const std::optional<PointCount>& total() const { return total_; }
  /// Points a second and what is left at that rate, as the list of jobs has it; 0 and nothing while that is
  /// not known.
  [[nodiscard]] double rate() const;
  [[nodiscard]] std::optional<double> secondsLeft() const;
  /// Of the latest run, once it ended.
  [[nodiscard]] const std::optional<SweepTotals>& totals() const { return totals_; }
  /// What kept it from going on: of its store, or of its files.
  [[nodiscard]] const Diagnostics& problems() const { return problems_; }
  [[nodiscard]] const SweepRequest& request() const { return request_; }
  /// What files of the latest run held, by study of its sweep; null until they were read.
  [[nodiscard]] const std::shared_ptr<const std::vector<DesignTexts>>& texts() const { return texts_; }
  /// The results of earlier runs are in its store, too.
  [[nodiscard]] bool tookEarlier() const { return tookEarlier_; }
  /// Points under way.
  [[nodiscard]] std::vector<SweepPoint> underWay() const;

 Q_SIGNALS:
  /// Anything of the above.
  void changed();

 private:
  struct Stream;
  [[nodiscard]] static SweepOutcome work(const SweepRequest& request, unsigned threads, Stream& stream,
                                         Progress& progress);
  void take();
  void finish(const SweepOutcome& outcome);
  void breakOff();

  JobManager& jobs_;
  SweepResults& results_;
  SweepRequest request_;
  std::shared_ptr<Stream> stream_;  ///< of the run under way
  State state_ = State::Idle;
  std::int64_t done_ = 0;
  std::optional<PointCount> total_;
  std::optional<SweepTotals> totals_;
  std::shared_ptr<const std::vector<DesignTexts>> texts_;
  Diagnostics problems_;
  bool tookEarlier_ = false;
};

}  // namespace taktwerk
