// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/sweep/value_steps.h"

class QLabel;
class QTableView;
class QToolButton;

namespace taktwerk {

class ColumnBox;
class JobManager;
class PointProfiles;
class StepFinder;
class ValueStepModel;
class StepPlot;
class Theme;
struct PlotData;

/// Where a figure jumps or stays the same along a parameter, all others being equal: a plot and a list of the
/// steps. One that is chosen leads to its points, and tells its cause, for which both are estimated once more
/// in a job.
class StepsTab : public QWidget {
  Q_OBJECT
 public:
  StepsTab(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  [[nodiscard]] StepPlot& plot() { return *plot_; }
  [[nodiscard]] QTableView& list() { return *list_; }
  [[nodiscard]] ValueStepModel& model() { return *model_; }
  [[nodiscard]] StepFinder& finder() { return *finder_; }
  [[nodiscard]] PointProfiles& profiles() { return *profiles_; }
  [[nodiscard]] ColumnBox& parameter() { return *parameter_; }
  [[nodiscard]] ColumnBox& figure() { return *figure_; }
  /// "3 cliffs and 4 plateaus in 2 lines of 52 points, 1 of them a staircase".
  [[nodiscard]] QString countText() const;
  /// The cause of the step that is chosen, or how far it is.
  [[nodiscard]] QString causeText() const;
  void setData(std::shared_ptr<const PlotData> next);

 Q_SIGNALS:
  /// A click on a point, or a step that is chosen: its second point.
  void rowChosen(std::uint32_t row);
  /// The two points of a step are to be set side by side.
  void compareWanted(std::uint32_t baseline, std::uint32_t other);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void layOut();
  void refresh();
  void take();
  void choose(const ValueStep& step);
  void chooseCurrent();
  void findCause();
  [[nodiscard]] QString causeOf(const ValueStep& step) const;

  PointProfiles* profiles_;
  StepFinder* finder_;
  ValueStepModel* model_;
  StepPlot* plot_;
  ColumnBox *parameter_, *figure_;
  QTableView* list_;
  QLabel *counts_, *cause_;
  QToolButton *compare_, *again_;
  std::shared_ptr<const PlotData> data_;
  std::optional<ValueStep> chosen_;
};

}  // namespace taktwerk
