// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>

namespace taktwerk {

struct CardSource;
class ResultPanel;
class SpacePanel;
class SpaceSetup;
class SweepResults;
class SweepRun;
struct DesignTexts;
struct DesignToOpen;
struct Models;
struct PointDesign;
struct PointStudy;
struct StoredOrigins;

/// A design space at the left, the results of its points at the right: made, forecast, run, paused, stopped
/// and gone on with; filtered, sorted, opened in the editor, saved and exported.
class SweepPage : public QWidget {
  Q_OBJECT
 public:
  explicit SweepPage(Models& models, QWidget* parent = nullptr);
  ~SweepPage() override;

  [[nodiscard]] SpaceSetup& setup() { return *setup_; }
  [[nodiscard]] SweepRun& run() { return *run_; }
  [[nodiscard]] SweepResults& results() { return *results_; }
  [[nodiscard]] SpacePanel& spacePanel() { return *space_; }
  [[nodiscard]] ResultPanel& resultPanel() { return *table_; }

  /// Runs what is set up; where counting its points was stopped, that comes first.
  void start();
  /// Reads the results of a store into the table; a run that is started meanwhile takes its place.
  void openResults(const QString& path);
  /// Sets the parameters of the chosen point for the estimate, and opens its files where they are others: the
  /// user may stay with an architecture that has changes, and then nothing is taken over.
  void openPoint();
  void savePoint();
  void exportRows(bool all);
  /// Of a run and its results, what goes with the window; a sentence each.
  [[nodiscard]] QStringList losses() const;

 private:
  void bindCommands();
  void bindPlotCommands();
  [[nodiscard]] std::optional<CardSource> cardSource(std::uint32_t row) const;
  void bindProfiles();
  void exportShownPlot();
  [[nodiscard]] QString whyNotStartable() const;
  [[nodiscard]] QString whyNoPoint() const;
  [[nodiscard]] PointDesign chosenDesign() const;
  [[nodiscard]] PointStudy studyOfRow(std::size_t row) const;
  void take(const PointDesign& design);
  void showLayers();
  /// That the architecture is another one than when a point was estimated, as the beginning of what is said.
  [[nodiscard]] QString sinceWhen(const DesignTexts& texts) const;
  /// Says in a job whether other files of a point hold something else by now.
  void compareFiles(const QString& name, const DesignTexts& texts);
  void takeOpened(const DesignToOpen& design);
  /// What is being read is not wanted any more.
  void stopReading();
  void goOnWithStart();
  /// Takes over what of a run that ended is in no file.
  void judge();
  /// Whether others may take the place of results that are in no file.
  [[nodiscard]] bool mayReplace() const;

  Models& models_;
  SweepResults* results_;
  SweepRun* run_;
  SpaceSetup* setup_;
  SpacePanel* space_;
  ResultPanel* table_;
  std::shared_ptr<QTemporaryDir> scratch_;        ///< for results that are kept in no file of the user's
  std::shared_ptr<const StoredOrigins> origins_;  ///< of results that were read from a store; else null
  bool startsOnceCounted_ = false;
  std::uint64_t wanted_ = 0;  ///< which reading of results counts
  std::uint64_t shown_ = 0;   ///< which results are in the table: runs and readings, counted
  std::uint64_t judged_ = 0;  ///< of them the latest run of which it is known what is in no file
  std::int64_t unkept_ = 0;   ///< points of the latest run that are in no file
  bool onlyHere_ = false;     ///< nor are they in `scratch_`: its store failed
};

}  // namespace taktwerk
