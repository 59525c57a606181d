// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/step_finder.h"

#include <utility>

#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

namespace {
constexpr JobChannel<std::shared_ptr<const ValueSteps>> searches{"steps of results"};
}

StepFinder::StepFinder(JobManager& jobs, QObject* parent) : QObject(parent), jobs_(jobs) {
  connect(&jobs_, &JobManager::finished, this, [this](const QString& channel) {
    if (channel != QLatin1String(searches.name) || jobs_.running(searches, this)) return;
    underWay_.reset();
    next();
  });
}

void StepFinder::clear() {
  ++generation_;
  wanted_.reset();
  underWay_.reset();  // what it finds is of no use
  of_.reset();
  const bool had = std::exchange(steps_, nullptr) != nullptr;
  jobs_.cancel(searches, this);
  if (had) Q_EMIT found();
}

void StepFinder::find(const std::shared_ptr<const PlotData>& data, std::size_t parameter,
                      std::size_t figure) {
  const StepQuestion question{parameter, figure, data->derived};
  const auto same = [&](const std::shared_ptr<const PlotData>& other) {
    return other && other->results == data->results && other->shown == data->shown;
  };
  const bool asked =
      question_.parameter == parameter && question_.figure == figure && question_.derived == question.derived;
  if (asked && (same(wanted_) || (!wanted_ && (same(underWay_) || (!underWay_ && same(of_)))))) return;
  const auto& before = wanted_ ? wanted_ : underWay_ ? underWay_ : of_;
  if (!asked || (before && before->results != data->results)) clear();
  question_ = question;
  wanted_ = data;
  next();
}

void StepFinder::next() {
  if (!wanted_ || underWay_) return;
  underWay_ = std::exchange(wanted_, nullptr);
  jobs_.start(
      searches, tr("Finding steps"), this,
      [data = underWay_, question = question_](Progress& progress) {
        auto steps =
            std::make_shared<const ValueSteps>(stepsAlong(data->table, data->shown, question, progress));
        // A part of them would look like all.
        return progress.cancelled() ? nullptr : std::shared_ptr<const ValueSteps>(std::move(steps));
      },
      [this, data = underWay_, of = generation_](std::shared_ptr<const ValueSteps> steps) {
        if (of != generation_ || !steps) return;
        of_ = data;
        steps_ = std::move(steps);
        Q_EMIT found();
      });
}

}  // namespace taktwerk
