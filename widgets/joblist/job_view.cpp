// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/joblist/job_model.h"
#include "widgets/joblist/job_panel.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class JobsView : public View {
 public:
  explicit JobsView(Models& models) : View(new JobPanel(models.jobs)) {
    const JobModel& model = static_cast<JobPanel*>(widget())->model();
    connect(&model, &JobModel::rowsInserted, this, &View::titleChanged);
    connect(&model, &JobModel::rowsRemoved, this, &View::titleChanged);
  }
  [[nodiscard]] QString title() const override {
    const int jobs = static_cast<JobPanel*>(widget())->model().rowCount();
    return jobs == 0 ? QString() : tr("Jobs (%1)").arg(jobs);
  }
};

}  // namespace

ViewSpec jobsView() {
  ViewSpec spec;
  spec.id = QStringLiteral("jobs");
  spec.title = View::tr("Jobs");
  spec.menuText = View::tr("&Jobs");
  spec.help = View::tr("Show what runs in the background and stop it, and set how many threads it may use");
  spec.place = ViewPlace::Bottom;
  spec.tabWith = QStringLiteral("layers");
  spec.make = [](Models& models) { return std::make_unique<JobsView>(models); };
  return spec;
}

}  // namespace taktwerk
