// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/calibrate_page.h"

#include <QDragEnterEvent>
#include <QSplitter>
#include <QVBoxLayout>

#include "widgets/calibrate/calibration_results.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/calibrate/calibration_setup.h"
#include "widgets/view/dropped_files.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

constexpr const char* ownCommands[] = {"calibrate.table", "calibrate.run",  "calibrate.stop",
                                       "calibrate.write", "calibrate.copy", "calibrate.export"};

}  // namespace

CalibratePage::CalibratePage(Models& models, QWidget* parent)
    : QWidget(parent), models_(models), run_(new CalibrationRun(models.jobs, models.estimates, this)) {
  setAcceptDrops(true);
  setup_ = new CalibrationSetup(models_, *run_);
  results_ = new CalibrationResults(models_, *run_);
  setup_->setMinimumWidth(250);
  auto* split = new QSplitter(Qt::Horizontal);
  split->addWidget(setup_);
  split->addWidget(results_);
  split->setSizes({290, 1000});
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 1);
  split->setChildrenCollapsible(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(split);
  setFocusProxy(setup_);
  bindCommands();
  connect(run_, &CalibrationRun::changed, this, &CalibratePage::refreshCommands);
  connect(run_, &CalibrationRun::outcomeChanged, this, &CalibratePage::refreshCommands);
  connect(&models_.documents, &DocumentController::documentChanged, this, [this] {
    if (isAnother(models_.documents)) {
      run_->forget();
      setup_->forget();
    }
    refreshCommands();
  });
}

CalibratePage::~CalibratePage() {
  // The commands outlive the page, and are asked again when the next one is made.
  for (const char* id : ownCommands) models_.commands.bind(QLatin1String(id), {});
  // Views before what they look at.
  delete results_;
  delete setup_;
}

bool CalibratePage::isWaiting() const {
  return run_->running() || run_->reading();
}

void CalibratePage::refreshCommands() const {
  for (const char* id : ownCommands) models_.commands.command(QLatin1String(id)).refresh();
}

QString CalibratePage::whyNothingFound() const {
  const auto& outcome = run_->outcome();
  return outcome && outcome->compared() ? QString() : tr("Compare with a table of measured layers first.");
}

void CalibratePage::bindCommands() {
  CommandTable& commands = models_.commands;
  const auto show = [this] { models_.session.reveal(QStringLiteral("calibrate")); };
  const auto nothing = [this] { return whyNothingFound(); };
  commands.bind(QStringLiteral("calibrate.table"), {[this, show] {
                                                      show();
                                                      setup_->browse();
                                                    },
                                                    [this] { return whyNothingOpen(models_); }});
  commands.bind(QStringLiteral("calibrate.run"), {[this, show] {
                                                    show();
                                                    setup_->start();
                                                  },
                                                  [this] { return run_->whyNotStartable(); }});
  commands.bind(QStringLiteral("calibrate.stop"),
                {[this] { run_->stop(); },
                 [this] { return run_->running() ? QString() : tr("No rows are being compared."); }});
  commands.bind(QStringLiteral("calibrate.write"),
                {[this] { write(); }, [this] { return whyNotWritable(); }});
  commands.bind(QStringLiteral("calibrate.copy"), {[this] { copyRows(); }, nothing});
  commands.bind(QStringLiteral("calibrate.export"), {[this] { exportComparison(); }, nothing});
}

void CalibratePage::dragEnterEvent(QDragEnterEvent* event) {
  const QStringList paths = filesIn(*event->mimeData());
  // Other files are the window's.
  if (paths.size() == 1 && isTable(paths.front())) event->acceptProposedAction();
}

void CalibratePage::dropEvent(QDropEvent* event) {
  const QStringList paths = filesIn(*event->mimeData());
  if (paths.isEmpty()) return;
  event->acceptProposedAction();
  run_->chooseTable(paths.front());
}

}  // namespace taktwerk
