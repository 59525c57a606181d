// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/analysis/parameter_use.h"
#include "core/study/steps.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace taktwerk {

class StepModel;
class StepRun;
class TornadoChart;
struct Models;

/// What every parameter and tunable would save or cost with its next value up and down: a tornado chart, the
/// same as a ranked table, and a button that takes the step.
class ChangePage : public QWidget {
  Q_OBJECT
 public:
  explicit ChangePage(Models& models, QWidget* parent = nullptr);

  [[nodiscard]] const StepRun& run() const { return *run_; }
  [[nodiscard]] const StepModel& model() const { return *model_; }
  [[nodiscard]] const TornadoChart& chart() const { return *chart_; }
  [[nodiscard]] QString sentence() const;
  void start();
  /// Chooses the step of a setting ("arch.rows") that saves most, once it is estimated: of all layers, or of
  /// the one that is looked at.
  void lookFor(const QString& setting, const QString& layer = {});
  /// The step that is chosen, if one is.
  [[nodiscard]] const std::optional<Step>& chosen() const { return chosen_; }
  void choose(const Step& step);
  /// Empty when the chosen step can be taken, else why not.
  [[nodiscard]] QString whyNotApplicable() const;
  void apply();

 protected:
  /// Begins by itself when it is first looked at.
  void showEvent(QShowEvent* event) override;

 private:
  void layOut();
  void chooseWanted();
  void connectAll();
  /// The layer whose cycles count; empty: all.
  [[nodiscard]] QString wantedLayer() const;
  [[nodiscard]] bool isOutOfDate() const;
  [[nodiscard]] QString stateInWords() const;
  [[nodiscard]] QString outcomesInWords() const;
  void refreshScope();
  void refresh();
  void refreshHead();
  void refreshChart();
  void showChosen();
  void selectBlocks();
  void markSelected();
  void changeDefault(const Step& step);

  Models& models_;
  StepRun* run_;
  StepModel* model_;
  QSortFilterProxyModel* sorted_;
  TornadoChart* chart_;
  QTableView* table_;
  QStackedWidget* stack_;
  QLabel* sentence_;
  QLabel* empty_;
  QComboBox* scope_;
  QPushButton* start_;
  QPushButton* stop_;
  QPushButton* apply_;
  QToolButton* follow_;
  QProgressBar* progress_;
  std::optional<Step> chosen_;
  bool taken_ = false;  ///< a step was: its estimate is awaited
  std::string wanted_;  ///< by its name in settings; empty: none
  ParameterUse use_;
  std::shared_ptr<const Architecture> used_;  ///< that `use_` is of
  bool showing_ = false;                      ///< what is chosen is being shown, not chosen by the user
};

}  // namespace taktwerk
