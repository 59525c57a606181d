// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <memory>

namespace taktwerk {

class HeatPlot;
class JobManager;
class ScatterPlot;
class StepFinder;
struct PlotData;

/// Steps that are marked in the plots that show other things, too: between the points of a scatter plot whose
/// axes are a parameter and a figure, and between the cells of a heat map. On demand.
class StepOverlays : public QObject {
  Q_OBJECT
 public:
  StepOverlays(JobManager& jobs, ScatterPlot& scatter, HeatPlot& heat, QObject* parent = nullptr);

  /// The choices, for those who lay out the plots.
  [[nodiscard]] QCheckBox& inScatter() { return *inScatter_; }
  [[nodiscard]] QCheckBox& inHeat() { return *inHeat_; }
  [[nodiscard]] const StepFinder& ofScatter() const { return *scatterSteps_; }
  [[nodiscard]] const StepFinder& alongX() const { return *xSteps_; }
  [[nodiscard]] const StepFinder& alongY() const { return *ySteps_; }
  /// Other rows, or other columns on the axes.
  void refresh(const std::shared_ptr<const PlotData>& data);

 private:
  void apply();

  ScatterPlot& scatter_;
  HeatPlot& heat_;
  QCheckBox *inScatter_, *inHeat_;
  StepFinder *scatterSteps_, *xSteps_, *ySteps_;
  std::shared_ptr<const PlotData> data_;
};

}  // namespace taktwerk
