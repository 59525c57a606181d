// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/status_line.h"

#include <QLabel>
#include <QStatusBar>
#include <algorithm>

#include "widgets/joblist/job_model.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"
#include "widgets/view/view_host.h"

namespace taktwerk {

namespace {
constexpr int sayMilliseconds = 8000;
}

StatusLine::StatusLine(QStatusBar& bar, Models& models, ViewHost& views)
    : QObject(&bar),
      bar_(bar),
      models_(models),
      views_(views),
      hint_(new QLabel),
      jobs_(new QLabel),
      counts_(new QLabel),
      zoom_(new QLabel) {
  bar_.addWidget(hint_, 1);
  counts_->setContentsMargins(0, 0, 16, 0);
  jobs_->setContentsMargins(0, 0, 16, 0);
  jobs_->setObjectName(QStringLiteral("jobs"));
  jobs_->setAccessibleDescription(tr("Jobs"));
  jobs_->setToolTip(tr("Show everything that runs in the background"));
  bar_.addPermanentWidget(jobs_);
  bar_.addPermanentWidget(counts_);
  bar_.addPermanentWidget(zoom_);
  bar_.setSizeGripEnabled(false);
  bar_.setContentsMargins(8, 0, 12, 0);
  connect(&models_.session, &Session::said, this,
          [this](const QString& sentence) { bar_.showMessage(sentence, sayMilliseconds); });
  connect(&models_.commands, &CommandTable::refused, this,
          [this](const QString& reason) { bar_.showMessage(reason, sayMilliseconds); });
  connect(jobs_, &QLabel::linkActivated, this, [this] { models_.session.reveal(QStringLiteral("jobs")); });
  connect(&models_.jobs, &JobManager::progressed, this, &StatusLine::refreshJobs);
  connect(&models_.jobs, &JobManager::finished, this, &StatusLine::refreshJobs);
  connect(&models_.documents, &DocumentController::documentChanged, this, &StatusLine::refreshCounts);
  connect(&models_.documents, &DocumentController::documentChanged, this, &StatusLine::refreshView);
  connect(&models_.problems, &ProblemList::changed, this, &StatusLine::refreshCounts);
  connect(&views_, &ViewHost::frontChanged, this, &StatusLine::refreshView);
  for (const ViewSpec& spec : views_.specs()) {
    connect(views_.find(spec.id), &View::hintChanged, this, &StatusLine::refreshView);
    connect(views_.find(spec.id), &View::moved, this, &StatusLine::refreshView);
  }
  refreshCounts();
  refreshView();
}

void StatusLine::refreshView() {
  const View& front = views_.front();
  const std::optional<ViewPosition> position = front.position();
  hint_->setText(front.hint());
  zoom_->setText(models_.document() && position ? tr("%1 %").arg(position->zoom * 100, 0, 'f', 0)
                                                : QString());
}

/// The one that takes longest from now on stands for all.
void StatusLine::refreshJobs() {
  const std::vector<JobState> jobs = models_.jobs.states();
  const auto slowest = std::max_element(jobs.begin(), jobs.end(), [](const JobState& a, const JobState& b) {
    return a.secondsLeft < b.secondsLeft;
  });
  QString text;
  if (slowest != jobs.end() && (slowest->fraction >= 0 || jobs.size() > 1)) {
    QStringList parts{slowest->title, doneText(*slowest), leftText(*slowest)};
    if (jobs.size() > 1) parts << tr("%1 jobs").arg(jobs.size());
    parts.removeAll(QString());
    text = QStringLiteral("<a href='jobs' style='text-decoration:none; color:%1'>%2</a>")
               .arg(models_.theme.colour(&Palette::accent).name(),
                    parts.join(QStringLiteral(" · ")).toHtmlEscaped());
  }
  if (text != jobs_->text()) jobs_->setText(text);
}

void StatusLine::refreshCounts() {
  QStringList parts;
  const int errors = models_.problems.errors(), warnings = models_.problems.warnings();
  if (errors > 0) parts << tr("✕ %1").arg(errors);
  if (warnings > 0) parts << tr("⚠ %1").arg(warnings);
  if (const auto& document = models_.document()) {
    const auto blocks = document->architecture->objects.size();
    const auto wires = document->architecture->connections.size();
    parts << (blocks == 1 ? tr("1 block, ") : tr("%1 blocks, ").arg(blocks)) +
                 (wires == 1 ? tr("1 connection") : tr("%1 connections").arg(wires));
  }
  counts_->setText(parts.join(QStringLiteral("   ")));
}

}  // namespace taktwerk
