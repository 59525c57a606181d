// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/step_overlays.h"

#include "widgets/sweep/plots/heat_plot.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/plots/step_finder.h"

namespace taktwerk {

namespace {

/// Looks for them where they are wanted and the columns are of the right kind.
void look(StepFinder& finder, const std::shared_ptr<const PlotData>& data, bool wanted, std::size_t parameter,
          std::size_t figure) {
  const auto& columns = data->table.columns();
  if (wanted && hasSteps(data->table, parameter) && figure < columns.size() && columns[figure].isReal()) {
    finder.find(data, parameter, figure);
  } else {
    finder.clear();
  }
}

}  // namespace

StepOverlays::StepOverlays(JobManager& jobs, ScatterPlot& scatter, HeatPlot& heat, QObject* parent)
    : QObject(parent),
      scatter_(scatter),
      heat_(heat),
      inScatter_(new QCheckBox(tr("Steps"))),
      inHeat_(new QCheckBox(tr("Steps"))),
      scatterSteps_(new StepFinder(jobs, this)),
      xSteps_(new StepFinder(jobs, this)),
      ySteps_(new StepFinder(jobs, this)) {
  inScatter_->setAccessibleName(tr("Mark steps between points"));
  inScatter_->setToolTip(
      tr("Mark where a figure upwards jumps or stays the same along a parameter to the right, all others "
         "being equal. The tab Steps lists them with their causes."));
  inHeat_->setAccessibleName(tr("Mark steps between cells"));
  inHeat_->setToolTip(tr("Mark where the figure jumps from a cell to its neighbour, all else being equal"));
  for (QCheckBox* box : {inScatter_, inHeat_}) connect(box, &QCheckBox::toggled, this, &StepOverlays::apply);
  connect(scatterSteps_, &StepFinder::found, this, [this] { scatter_.setSteps(scatterSteps_->steps()); });
  for (StepFinder* finder : {xSteps_, ySteps_})
    connect(finder, &StepFinder::found, this, [this] { heat_.setSteps(xSteps_->steps(), ySteps_->steps()); });
}

void StepOverlays::refresh(const std::shared_ptr<const PlotData>& data) {
  data_ = data;
  apply();
}

void StepOverlays::apply() {
  if (!data_) return;
  look(*scatterSteps_, data_, inScatter_->isChecked(), scatter_.choice().x, scatter_.choice().y);
  look(*xSteps_, data_, inHeat_->isChecked(), heat_.x(), heat_.figure());
  look(*ySteps_, data_, inHeat_->isChecked(), heat_.y(), heat_.figure());
}

}  // namespace taktwerk
