// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/calibration/calibration.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

class JobManager;

/// What is wrong with files, errors first. A table may have something wrong in each row: what is said again
/// and again is counted, and of very many kinds the rest is left out.
struct CalibrationProblems {
  static constexpr std::size_t most = 100;
  CalibrationProblems() = default;
  explicit CalibrationProblems(const Diagnostics& all);

  Diagnostics first;
  std::vector<std::size_t> again;  ///< by problem, how often the same is said at other places
  std::size_t more = 0;            ///< that are left out
  friend bool operator==(const CalibrationProblems&, const CalibrationProblems&) = default;
};

/// The table of measured layers that was chosen, and what became of reading it.
struct ChosenTable {
  QString path;          ///< empty: none
  QString operatorName;  ///< of all its rows; empty: the table says it
  std::size_t rows = 0;
  QStringList varied;  ///< dimensions and settings that are not the same in all rows
  CalibrationProblems problems;
};

/// What is compared, and how.
struct CalibrationRequest {
  EstimateInput input;  ///< of which the network is of no account
  QString table, operatorName;
  std::vector<Dimension> vary;  ///< none: nothing is fitted
  std::uint64_t seed = 1;
};

/// What a run gave: a comparison, or what prevented it.
struct CalibrationOutcome {
  CalibrationRequest request;
  Study study;
  Measurements measurements;
  Calibration calibration;
  std::vector<RowGroup> groups;  ///< of `calibration.last()`
  CalibrationProblems problems;  ///< of the table, the files and the comparison
  bool cancelled = false;

  [[nodiscard]] bool compared() const { return !calibration.before.empty() && !hasErrors(problems.first); }
  [[nodiscard]] bool fitted() const { return !calibration.after.empty(); }
};

/// Whether two runs would find the same of a table; the network that is open beside it makes no difference.
[[nodiscard]] bool sameDesign(const EstimateInput& a, const EstimateInput& b);

/// Compares and fits. `work` cancels, `rows` counts the rows that were estimated, of each design. For job
/// threads.
[[nodiscard]] CalibrationOutcome runCalibration(const CalibrationRequest& request, Progress& work,
                                                Progress& rows);

/// Reads measured layers and compares what is open with them, in the background. What a run found stays
/// until the next one; it is out of date as soon as the design or the table is another.
class CalibrationRun : public QObject {
  Q_OBJECT
 public:
  CalibrationRun(JobManager& jobs, EstimateController& estimates, QObject* parent = nullptr);
  ~CalibrationRun() override;

  /// Reads a table to say what is in it; a run reads it again.
  void chooseTable(const QString& path);
  void chooseOperator(const QString& name);
  [[nodiscard]] const ChosenTable& table() const { return table_; }
  [[nodiscard]] bool reading() const;

  /// Empty when `start` would begin, else why not, in a sentence for a tooltip.
  [[nodiscard]] QString whyNotStartable() const;
  void start(std::vector<Dimension> vary, std::uint64_t seed);
  void stop();
  /// Another design is open: what was found is of no use.
  void forget();
  [[nodiscard]] bool running() const;
  /// Rows estimated so far by the run under way, of each design, and of how many, where that is known.
  [[nodiscard]] std::int64_t done() const;
  [[nodiscard]] std::int64_t total() const;

  /// Of the latest reading or run.
  [[nodiscard]] const CalibrationProblems& problems() const;
  /// Null before the first run.
  [[nodiscard]] const std::shared_ptr<const CalibrationOutcome>& outcome() const { return outcome_; }
  [[nodiscard]] bool outOfDate() const { return outOfDate_; }
  /// Whether the latest run was stopped; what an earlier one found stays.
  [[nodiscard]] bool stopped() const { return stopped_; }

 Q_SIGNALS:
  /// Began, ended, went on or got out of date; another table.
  void changed();
  void outcomeChanged();

 private:
  void choose(const QString& path, const QString& operatorName);
  void read();
  [[nodiscard]] bool isOfTable(const CalibrationRequest& request) const;
  void take(CalibrationOutcome outcome);
  void compareInput();
  [[nodiscard]] bool isOutOfDate() const;

  JobManager& jobs_;
  EstimateController& estimates_;
  ChosenTable table_;
  std::shared_ptr<const CalibrationOutcome> outcome_;
  std::shared_ptr<Progress> work_;  ///< of the run under way
  bool outOfDate_ = false, stopped_ = false;
};

}  // namespace taktwerk
