// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"
#include "core/estimate/estimate.h"
#include "core/network/network.h"

namespace taktwerk {

class JobManager;
struct Document;

/// What a run needs; a copy goes to the job.
struct EstimateInput {
  std::shared_ptr<const Document> document;
  QString networkPath;
  QStringList mappingPaths;                        ///< empty: those beside the architecture
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "network.batch"
  std::map<std::string, LayerChoice> choices;      ///< by layer
};

/// What a run gave: an estimate, or the problems that prevented it.
struct EstimateOutcome {
  std::shared_ptr<const NetworkEstimate> estimate;  ///< null when a file was wrong
  std::shared_ptr<const Network> network;
  std::shared_ptr<const Document> document;  ///< that was estimated
  int mappings = 0;                          ///< read
  Diagnostics diagnostics;
  bool cancelled = false;
};

/// Reads network and mappings, elaborates and estimates. For job threads.
[[nodiscard]] EstimateOutcome runEstimate(const EstimateInput& input, Progress& progress);

/// "exact", "approximate", "at least 12 345 cycles, 3 layers missing" …: the standing of a total in words.
[[nodiscard]] QString standingOf(const NetworkEstimate& estimate);
/// "12 345 678", with narrow spaces between groups of three digits.
[[nodiscard]] QString grouped(std::int64_t value);

/// The chosen network, mappings and parameters, and the latest result. A result stays until the next one; it
/// is out of date as soon as what it came from changes.
class EstimateController : public QObject {
  Q_OBJECT
 public:
  explicit EstimateController(JobManager& jobs, QObject* parent = nullptr);

  [[nodiscard]] const EstimateInput& input() const { return input_; }
  void setDocument(std::shared_ptr<const Document> document);
  void setNetwork(const QString& path);
  void setMappings(const QStringList& paths);
  void setParameters(const std::map<std::string, std::int64_t>& parameters);
  void setChoices(const std::map<std::string, LayerChoice>& choices);

  /// Empty when `run` would start, else why not, in a sentence for a tooltip.
  [[nodiscard]] QString whyNotRunnable() const;
  [[nodiscard]] bool running() const;
  /// The chosen network once it is read, or null.
  [[nodiscard]] const std::shared_ptr<const Network>& network() const { return network_; }
  /// What is wrong with the chosen network or with the files of the latest run.
  [[nodiscard]] Diagnostics problems() const;
  [[nodiscard]] const EstimateOutcome& outcome() const { return outcome_; }
  [[nodiscard]] bool outOfDate() const { return outOfDate_; }

  void run();
  void cancel();
  /// Runs by itself shortly after the latest of these calls: for changes made step by step. Not where the
  /// latest run took so long that running all the time would be in the way.
  void follow();
  /// Whether the run under way was begun by `follow`.
  [[nodiscard]] bool following() const { return following_ && running(); }
  /// The total before the latest changes, which ended with a pause; nothing when there was none.
  [[nodiscard]] std::optional<Cycles> cyclesBefore() const { return before_; }

 Q_SIGNALS:
  void inputChanged();
  /// A run began or ended, or the result got out of date.
  void stateChanged();
  void outcomeChanged();
  /// The chosen network was read, or another one was chosen.
  void networkChanged();
  void problemsChanged();

 private:
  void start();
  void touch();
  void readChosenNetwork();

  JobManager& jobs_;
  EstimateInput input_;
  EstimateOutcome outcome_;
  std::shared_ptr<const Network> network_;
  Diagnostics networkProblems_;
  bool outOfDate_ = false;
  bool following_ = false;
  QTimer follow_;
  QElapsedTimer sinceOutcome_;
  QElapsedTimer sinceRun_;
  qint64 latestMilliseconds_ = 0;  ///< of the latest complete run
  std::optional<Cycles> before_;
};

}  // namespace taktwerk
