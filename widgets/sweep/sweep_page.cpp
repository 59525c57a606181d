// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/sweep_page.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

#include "widgets/sweep/plots/plot_export.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/result_plot.h"
#include "widgets/sweep/point_cards.h"
#include "widgets/sweep/point_settings.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/space_tree.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/view/models.h"

namespace taktwerk {

SweepPage::SweepPage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      results_(new SweepResults(models.jobs, this)),
      run_(new SweepRun(models.jobs, *results_, this)),
      setup_(new SpaceSetup(models, this)) {
  space_ = new SpacePanel(models_, *setup_, *run_);
  table_ = new ResultPanel(models_, *results_, *run_);
  auto* split = new QSplitter(Qt::Horizontal);
  split->addWidget(space_);
  split->addWidget(table_);
  split->setSizes({400, 900});
  split->setStretchFactor(0, 0);
  split->setStretchFactor(1, 1);
  split->setChildrenCollapsible(false);
  space_->setMinimumWidth(300);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(split);
  setFocusProxy(&space_->tree());
  table_->cards().setSource([this](std::uint32_t row) { return cardSource(row); });
  bindCommands();
  bindProfiles();
  const auto refresh = [this] {
    for (const char* id : {"sweep.openPoint", "sweep.savePoint", "sweep.baseline", "sweep.pin",
                           "sweep.exportPlot", "sweep.copy", "sweep.exportShown", "sweep.exportAll"})
      models_.commands.command(QLatin1String(id)).refresh();
  };
  connect(table_, &ResultPanel::currentChanged, this, refresh);
  connect(table_, &ResultPanel::currentChanged, this, &SweepPage::showLayers);
  connect(results_, &SweepResults::reset, this, &SweepPage::showLayers);
  connect(results_, &SweepResults::changed, this, refresh);
  connect(&table_->plots(), &PlotPanel::marksChanged, this, refresh);
  connect(setup_, &SpaceSetup::outlookChanged, this, &SweepPage::goOnWithStart);
  // It would be a run of something else.
  const auto doNotStart = [this] { startsOnceCounted_ = false; };
  connect(setup_, &SpaceSetup::spaceChanged, this, doNotStart);
  connect(&models_.estimates, &EstimateController::inputChanged, this, doNotStart);
  connect(run_, &SweepRun::changed, this, &SweepPage::judge);
  connect(&models_.opener, &FileOpener::designOpened, this, &SweepPage::takeOpened);
}

SweepPage::~SweepPage() {
  // The commands outlive the page, and are asked again when the next one is made.
  for (Command* command : models_.commands.commands()) {
    if (command->id().startsWith(QStringLiteral("sweep."))) command->bind({});
  }
  // Views before what they look at.
  delete table_;
  delete space_;
}

QString SweepPage::whyNotStartable() const {
  if (run_->isRunning()) return tr("A sweep is under way.");
  return setup_->wasStopped() ? QString() : setup_->whyNotRunnable();
}

void SweepPage::start() {
  if (setup_->wasStopped()) {
    startsOnceCounted_ = true;
    return setup_->look();
  }
  startsOnceCounted_ = false;
  // Those of earlier runs without a file are still there, and found again.
  if (onlyHere_ && !mayReplace()) return;
  stopReading();
  SweepRequest request = setup_->request();
  const bool keeps = !request.store.isEmpty();
  if (!keeps && !scratch_) scratch_ = std::make_shared<QTemporaryDir>();
  const QString scratch = scratch_ ? scratch_->filePath(QStringLiteral("results.sqlite")) : QString();
  if (!keeps) {
    request.store = scratch;
    request.scratch = scratch_;
  } else if (scratch_ && QFileInfo::exists(scratch)) {
    request.earlier = scratch;
    request.earlierFolder = scratch_;
  }
  if (onlyHere_ || request.earlier.isEmpty()) unkept_ = 0;
  onlyHere_ = false;
  origins_.reset();
  ++shown_;
  run_->start(std::move(request));
}

void SweepPage::judge() {
  const SweepRequest& request = run_->request();
  if (run_->tookEarlier() && scratch_ == request.earlierFolder) {
    scratch_.reset();
    unkept_ = 0;
  }
  if (run_->isRunning() || !run_->totals() || std::exchange(judged_, shown_) == shown_) return;
  if (!request.earlier.isEmpty() && !run_->tookEarlier()) return;  // it found nothing, and lost nothing
  onlyHere_ = !run_->problems().empty() && run_->totals()->all() > 0;
  unkept_ = request.scratch || onlyHere_ ? run_->totals()->all() : 0;
}

bool SweepPage::mayReplace() const {
  return unkept_ == 0 || !models_.ask.replace || models_.ask.replace(losses());
}

void SweepPage::goOnWithStart() {
  if (!startsOnceCounted_ || (setup_->isLooking() && !setup_->outlook())) return;
  startsOnceCounted_ = false;
  if (!setup_->wasStopped() && whyNotStartable().isEmpty()) start();
}

QStringList SweepPage::losses() const {
  QStringList losses;
  if (run_->isRunning()) {
    const SweepRequest& request = run_->request();
    losses << (request.scratch ? tr("A sweep is under way; what it has found is in no file.")
                               : tr("A sweep is under way; what it has found stays in %1.")
                                     .arg(QFileInfo(request.store).fileName()));
  }
  if (unkept_ == 0) return losses;
  const QString points = unkept_ == 1 ? tr("1 point") : tr("%1 points").arg(grouped(unkept_));
  losses << (onlyHere_      ? tr("Not all results of a sweep of %1 are in a file: it could not be written.")
             : unkept_ == 1 ? tr("The result of a sweep of %1 is in no file.")
                            : tr("The results of a sweep of %1 are in no file."))
                .arg(points);
  return losses;
}

QString SweepPage::whyNoPoint() const {
  if (!models_.document()) return tr("Open an architecture first.");
  return table_->currentRow() ? QString() : tr("Choose a point in the table of results first.");
}

void SweepPage::bindPlotCommands() {
  CommandTable& commands = models_.commands;
  PlotPanel& plots = table_->plots();
  const auto whyNone = [this] {
    return table_->currentRow() ? QString() : tr("Choose a point in the table of results first.");
  };
  commands.bind(QStringLiteral("sweep.baseline"),
                {[this, &plots] {
                   const auto row = table_->currentRow();
                   const bool again = row && plots.data().baseline == static_cast<std::uint32_t>(*row);
                   plots.setBaseline(again ? std::nullopt : row);
                 },
                 whyNone});
  commands.bind(QStringLiteral("sweep.pin"), {[this, &plots] {
                                                if (const auto row = table_->currentRow())
                                                  plots.togglePin(*row);
                                              },
                                              [this, &plots, whyNone] {
                                                const auto row = table_->currentRow();
                                                return row && !plots.canPin(*row)
                                                           ? tr("%1 points are pinned, one for each letter: "
                                                                "unpin one of them first.")
                                                                 .arg(PlotPanel::mostPins)
                                                           : whyNone();
                                              }});
  commands.bind(QStringLiteral("sweep.exportPlot"),
                {[this] { exportShownPlot(); },
                 [this, &plots] {
                   if (results_->table().rows() == 0) return tr("There are no results yet.");
                   return plots.currentPlot() ? QString() : tr("There is no plot on this tab.");
                 }});
}

void SweepPage::exportShownPlot() {
  const ResultPlot* plot = table_->plots().currentPlot();
  const QString path =
      plot && models_.ask.plotPath ? models_.ask.plotPath(QStringLiteral("plot.svg")) : QString();
  if (path.isEmpty()) return;
  const Diagnostics problems = exportPlot(*plot, path);
  if (!problems.empty()) return table_->tell(QString::fromStdString(problems.front().message));
  models_.session.say(tr("Wrote %1").arg(QFileInfo(path).fileName()));
}

void SweepPage::bindCommands() {
  CommandTable& commands = models_.commands;
  const auto always = [] { return QString(); };
  commands.bind(QStringLiteral("sweep.run"), {[this] { start(); }, [this] { return whyNotStartable(); }});
  commands.bind(QStringLiteral("sweep.pause"),
                {[this] {
                   if (run_->state() == SweepRun::State::Running) {
                     run_->pause();
                   } else {
                     run_->goOn();
                   }
                 },
                 [this] { return run_->isRunning() ? QString() : tr("No sweep is under way."); }});
  commands.bind(QStringLiteral("sweep.stop"),
                {[this] { run_->stop(); },
                 [this] { return run_->isRunning() ? QString() : tr("No sweep is under way."); }});
  commands.bind(QStringLiteral("sweep.openSpace"),
                {[this] { space_->openSpace(); }, [this] { return whyNothingOpen(models_); }});
  commands.bind(QStringLiteral("sweep.saveSpace"),
                {[this] { space_->saveSpace(); },
                 [this] { return setup_->isEmpty() ? tr("Choose parameters to vary first.") : QString(); }});
  commands.bind(QStringLiteral("sweep.openResults"),
                {[this] {
                   const QString path = models_.ask.storeToOpen ? models_.ask.storeToOpen() : QString();
                   if (!path.isEmpty()) openResults(path);
                 },
                 [this] { return run_->isRunning() ? tr("A sweep is under way.") : QString(); }});
  const auto whyNoPoint = [this] { return this->whyNoPoint(); };
  commands.bind(QStringLiteral("sweep.openPoint"), {[this] { openPoint(); }, whyNoPoint});
  commands.bind(QStringLiteral("sweep.savePoint"), {[this] { savePoint(); }, whyNoPoint});
  commands.bind(QStringLiteral("sweep.copy"),
                {[this] { table_->copyRows(); },
                 [this] {
                   return table_->hasSelectedRows() ? QString()
                                                    : tr("Choose points in the table of results first.");
                 }});
  bindPlotCommands();
  const auto whyNothing = [this] {
    return results_->table().rows() == 0 ? tr("There are no results yet.") : QString();
  };
  commands.bind(QStringLiteral("sweep.exportShown"),
                {[this] { exportRows(false); },
                 [this, whyNothing] {
                   // What is shown is what held before.
                   return results_->isArranging() ? tr("The results are being filtered and sorted.")
                                                  : whyNothing();
                 }});
  commands.bind(QStringLiteral("sweep.exportAll"), {[this] { exportRows(true); }, whyNothing});
  commands.bind(QStringLiteral("sweep.filter"), {[this] {
                                                   models_.session.reveal(QStringLiteral("sweep"));
                                                   table_->filter().setFocus();
                                                   table_->filter().selectAll();
                                                 },
                                                 always});
}

}  // namespace taktwerk
