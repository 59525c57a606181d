// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

#include "core/analysis/method_comparison.h"
#include "widgets/estimate/estimate_controller.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTableView;

namespace taktwerk {

class JobManager;
class MethodModel;
class MethodPlot;
class Theme;

/// The methods of timing side by side for what is open: a job a method, so that each is seen as soon as it is
/// there.
class MethodsTab : public QWidget {
  Q_OBJECT
 public:
  MethodsTab(const Theme& theme, EstimateController& estimates, JobManager& jobs, QWidget* parent = nullptr);

  void run();
  void cancel();
  [[nodiscard]] bool running() const { return next_ >= 0; }
  /// Reads measured cycles and judges the methods by them from the next run on, which begins at once when
  /// methods were run before.
  void openMeasured(const QString& path);
  /// Null before a run.
  [[nodiscard]] const std::shared_ptr<const MethodComparison>& comparison() const;
  [[nodiscard]] bool outOfDate() const;
  [[nodiscard]] QString standingText() const;
  /// Why there is no table and what to do; nothing while there is one or methods run.
  [[nodiscard]] QString whyEmpty() const;
  [[nodiscard]] QTableView& table() { return *table_; }
  [[nodiscard]] const MethodPlot& plot() const { return *plot_; }
  void setSimulateLimit(int instructions);
  void setCurrentLayer(const QString& name);

 Q_SIGNALS:
  void layerSelected(const QString& name);
  void measuredRequested();
  void failed(const QString& path, const taktwerk::Diagnostics& diagnostics);
  /// It began or came to an end.
  void runningChanged();

 private:
  [[nodiscard]] QWidget* makeHead();
  [[nodiscard]] MethodOptions options() const;
  void runNext();
  void take(MethodComparison comparison);
  [[nodiscard]] QString standing() const;
  void refresh();
  void showNotes();
  void show(std::shared_ptr<const MethodComparison> comparison);

  const Theme& theme_;
  EstimateController& estimates_;
  JobManager& jobs_;
  MethodModel* model_;
  MethodPlot* plot_;
  QTableView* table_;
  QPushButton* run_;
  QPushButton* stop_;
  QPushButton* measure_;
  QPushButton* forget_;
  QSpinBox* limit_;
  QLabel* standing_;
  QLabel* notes_;
  QLabel* empty_;
  QStackedWidget* body_;
  QProgressBar* progress_;
  std::shared_ptr<const MeasuredCycles> measured_;
  EstimateInput input_;  ///< of the run
  MethodOptions used_;   ///< by it
  int next_ = -1;        ///< the method that is timed: 0 is auto, then the further ones; none is
  bool cancelled_ = false;
  bool following_ = false;
  bool shownOutOfDate_ = false;  ///< what table and plot show says so
};

}  // namespace taktwerk
