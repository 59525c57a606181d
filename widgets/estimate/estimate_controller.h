// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/analysis/object_table.h"
#include "core/analysis/stored_result.h"
#include "core/base/diagnostic.h"
#include "core/estimate/estimate.h"
#include "core/network/network.h"
#include "core/study/study.h"
#include "core/study/study_memory.h"

namespace taktwerk {

class JobManager;
struct Document;
struct JobState;

/// What a run needs; a copy goes to the job.
struct EstimateInput {
  std::shared_ptr<const Document> document;
  QString networkPath;        ///< empty: none chosen, or a trace
  QString tracePath;          ///< of a `*.trace.jsonl`, instead of a network
  QStringList mappingPaths;   ///< empty: those beside the architecture
  QStringList addedMappings;  ///< in any case, behind them
  /// Files that are edited here, by path: their text, instead of what the file holds.
  std::map<QString, std::shared_ptr<const std::string>> texts;
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "network.batch", "mapping.tile_k"
  std::map<std::string, LayerChoice> choices;      ///< by layer
  unsigned threads = 0;  ///< that its jobs may use, 0: all cores; no part of what is studied
  /// What runs of one window have in common.
  std::shared_ptr<StudyMemory> memory = std::make_shared<StudyMemory>();
};

/// Whether two runs study the same; how a document is looked at makes no difference.
[[nodiscard]] bool sameStudy(const EstimateInput& a, const EstimateInput& b);

/// What a run gave: an estimate, or the problems that prevented it.
struct EstimateOutcome {
  std::shared_ptr<const NetworkEstimate> estimate;  ///< null when a file was wrong
  std::shared_ptr<const Network> network;           ///< null of a trace
  std::shared_ptr<const Document> document;         ///< that was estimated
  std::shared_ptr<const Machine> machine;           ///< that it was estimated on; null without an estimate
  std::shared_ptr<const std::vector<Mapping>> mappingFiles;  ///< that `estimate` refers to
  ObjectTable objects;                                       ///< the machine's in `document`
  /// Its files with their texts, for comparing with it later; null without an estimate.
  std::shared_ptr<const std::vector<StoredSource>> sources;
  std::map<std::string, std::int64_t> parameters;  ///< that were set for it
  int mappings = 0;                                ///< read
  Diagnostics diagnostics;
  bool cancelled = false;
};

/// Reads network and mappings, or a trace, elaborates and estimates. For job threads.
[[nodiscard]] EstimateOutcome runEstimate(const EstimateInput& input, Progress& progress);

/// The chosen network and the text it was read from, which of an imported file is the text it becomes.
struct NetworkReading {
  std::shared_ptr<const Network> network;  ///< null with errors
  std::shared_ptr<const std::string> text;
  Diagnostics diagnostics;
};
[[nodiscard]] NetworkReading readNetworkOf(const EstimateInput& input);
/// The files of what a run studies, edited ones with their texts.
[[nodiscard]] StudyFiles filesOf(const EstimateInput& input);
/// What a run studies, edited files as edited; with errors it holds what could be read.
[[nodiscard]] Result<Study> studyOf(const EstimateInput& input);

/// The standing of a total in words: "exact", "proven to repeat", "estimated", "at least 12 345 cycles, 3
/// layers missing" …
[[nodiscard]] QString standingText(const NetworkEstimate& estimate);
/// "−3.2 %", "+28 %", "−0.04 %": what does not round to nothing has a digit. Empty of nothing.
[[nodiscard]] QString percentText(Cycles change, Cycles of);
/// "−1 234 (−3.2 %)" of `now` against `before`, "" without a difference.
[[nodiscard]] QString differenceText(Cycles now, Cycles before);
/// "12 345 678", with narrow spaces between groups of three digits.
[[nodiscard]] QString grouped(std::int64_t value);

/// The chosen network or trace, mappings and parameters, and the latest result. A result stays until the next
/// one; it is out of date as soon as what it came from changes.
class EstimateController : public QObject {
  Q_OBJECT
 public:
  explicit EstimateController(JobManager& jobs, QObject* parent = nullptr);

  [[nodiscard]] const EstimateInput& input() const { return input_; }
  void setDocument(std::shared_ptr<const Document> document);
  /// The same document, saved elsewhere: its mappings are referred to where they are, its results and what
  /// was chosen for it stay.
  void moveDocument(std::shared_ptr<const Document> document);
  /// A network in place of a trace …
  void setNetwork(const QString& path);
  /// … or the other way round. Empty: neither, where it was a trace.
  void setTrace(const QString& path);
  void setMappings(const QStringList& paths);
  void setParameters(const std::map<std::string, std::int64_t>& parameters);
  void setChoices(const std::map<std::string, LayerChoice>& choices);
  /// The text of an edited file; null: the file itself counts again.
  void setText(const QString& path, std::shared_ptr<const std::string> text);
  void addMapping(const QString& path);
  /// The mappings beside the document count from now on, and these, with the texts of them, no more. When
  /// they were copied there, the results stay.
  void leaveMappings(const QStringList& mappings, bool copied);
  /// A mapping was written to another file, which counts instead of the one it came from.
  void replaceMapping(const QString& before, const QString& path);

  /// Runs again by itself, soon after whatever changes, once there is a result.
  void setLive(bool live);

  /// Empty when `run` would start, else why not, in a sentence for a tooltip.
  [[nodiscard]] QString whyNotRunnable() const;
  [[nodiscard]] bool running() const;
  /// How far the run is; nothing when none is under way.
  [[nodiscard]] std::optional<JobState> runState() const;
  /// An estimate begins by itself once changes rest.
  [[nodiscard]] bool isWaiting() const { return again_.isActive(); }
  /// The chosen network once it is read, or null.
  [[nodiscard]] const std::shared_ptr<const Network>& network() const { return network_; }
  /// The text the chosen network was read from, or null.
  [[nodiscard]] const std::shared_ptr<const std::string>& networkText() const { return networkText_; }
  /// The result before the present one, of the same network on the same architecture, or null.
  [[nodiscard]] const std::shared_ptr<const NetworkEstimate>& before() const { return before_; }
  /// Cycles of a layer in that result.
  [[nodiscard]] std::optional<Cycles> cyclesBefore(const std::string& layer) const;
  /// What is wrong with the chosen network or with the files of the latest run.
  [[nodiscard]] Diagnostics problems() const;
  [[nodiscard]] const EstimateOutcome& outcome() const { return outcome_; }
  [[nodiscard]] bool outOfDate() const { return outOfDate_; }

  void run();
  void cancel();

 Q_SIGNALS:
  void inputChanged();
  /// A run began or ended, or the result got out of date.
  void stateChanged();
  void outcomeChanged();
  /// The chosen network was read, or another one was chosen.
  void networkChanged();
  void problemsChanged();

 private:
  void touch();
  void runAgain();
  void readChosenNetwork();
  void takeNetwork(NetworkReading reading);
  /// What a run with that input gave, which may be another one by now.
  void take(EstimateOutcome outcome, const EstimateInput& input);

  JobManager& jobs_;
  EstimateInput input_;
  EstimateOutcome outcome_;
  std::shared_ptr<const Network> network_;
  std::shared_ptr<const std::string> networkText_;
  std::shared_ptr<const NetworkEstimate> before_;
  QString estimatedPath_;  ///< of the network or trace of the present result
  Diagnostics networkProblems_;
  QTimer again_;
  QElapsedTimer age_;  ///< of the latest run
  bool live_ = false;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
