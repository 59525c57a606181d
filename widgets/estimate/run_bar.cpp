// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/run_bar.h"

#include <QComboBox>
#include <QFileInfo>
#include <QProgressBar>
#include <cmath>

#include "core/report/trust_text.h"
#include "widgets/actions/command_table.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/estimate/pinning.h"
#include "widgets/estimate/reference.h"
#include "widgets/estimate/trust_tag.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/session/session.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QString nameOf(const QString& path) {
  return QFileInfo(path).fileName().section(QLatin1Char('.'), 0, 0);
}

QString durationText(double seconds) {
  const auto whole = static_cast<int>(std::ceil(seconds));
  if (whole < 60) return RunBar::tr("%1 s left").arg(whole);
  return RunBar::tr("%1:%2 left").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

}  // namespace

RunBar::RunBar(const Theme& theme, Session& session, EstimateController& estimates, JobManager& jobs,
               CommandTable& commands, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      session_(session),
      estimates_(estimates),
      commands_(commands),
      networks_(new QComboBox),
      mappings_(new QLabel),
      run_(new QPushButton(tr("Run"))),
      stop_(new QPushButton(tr("Stop"))),
      progress_(new QProgressBar),
      phase_(new QLabel),
      total_(new QLabel),
      difference_(new QLabel),
      standing_(new TrustTag(theme)) {
  networks_->setMinimumWidth(130);
  networks_->setAccessibleName(tr("Network"));
  run_->setProperty("primary", true);
  run_->setAccessibleName(tr("Run"));
  progress_->setTextVisible(false);
  progress_->setFixedWidth(150);
  total_->setFont(theme_.font(13, true));
  total_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  // What says more about the figure gives way to it: a tool bar hides what does not fit.
  for (QLabel* label : {mappings_, phase_, difference_}) label->setMinimumWidth(1);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(4, 0, 4, 0);
  row->setSpacing(8);
  auto* label = new QLabel(tr("Network"));
  label->setBuddy(networks_);
  row->addWidget(label);
  row->addWidget(networks_);
  row->addWidget(mappings_);
  row->addWidget(run_);
  row->addWidget(stop_);
  row->addWidget(progress_);
  row->addWidget(phase_);
  row->addStretch(1);
  row->addWidget(total_);
  row->addWidget(difference_);
  row->addWidget(standing_, 0, Qt::AlignVCenter);

  for (QPushButton* button : {run_, stop_}) {
    button->setFocusPolicy(Qt::TabFocus);  // a click leaves the keyboard where it is
    connect(button, &QPushButton::released, this, &RunBar::refresh);
  }
  connect(networks_, &QComboBox::activated, this, &RunBar::chooseNetwork);
  commands_.bind(
      QStringLiteral("analyse.run"),
      {[this] { estimates_.run(); },
       [this] { return estimates_.running() ? tr("A run is under way.") : estimates_.whyNotRunnable(); }});
  commands_.bind(QStringLiteral("analyse.stop"),
                 {[this] { estimates_.cancel(); },
                  [this] { return estimates_.running() ? QString() : tr("Nothing is running."); }});
  connect(run_, &QPushButton::clicked, commands_.action(QStringLiteral("analyse.run")), &QAction::trigger);
  connect(stop_, &QPushButton::clicked, commands_.action(QStringLiteral("analyse.stop")), &QAction::trigger);
  connect(&estimates_, &EstimateController::inputChanged, this, &RunBar::showChosenNetwork);
  connect(&estimates_, &EstimateController::stateChanged, this, &RunBar::refresh);
  connect(&estimates_, &EstimateController::outcomeChanged, this, &RunBar::refresh);
  connect(&jobs, &JobManager::progressed, this, &RunBar::refreshProgress);
  connect(&session_, &Session::baselineChanged, this, &RunBar::refresh);
  connect(&theme_, &Theme::changed, this, &RunBar::refresh);
  new Pinning(session_, estimates_, commands_, this);
  setNetworks({});
  refresh();
}

void RunBar::setNetworks(const QStringList& paths) {
  networks_->clear();
  networks_->addItem(tr("Choose a network…"), QString());
  for (const QString& path : paths) networks_->addItem(nameOf(path), path);
  networks_->insertSeparator(networks_->count());
  networks_->addItem(tr("Open file…"), QStringLiteral("?"));
  showChosenNetwork();
}

void RunBar::chooseNetwork(int index) {
  const QString path = networks_->itemData(index).toString();
  if (path == QLatin1String("?")) {
    showChosenNetwork();
    Q_EMIT openNetworkRequested();
    return;
  }
  if (fileKindOf(path) == FileKind::Trace) return estimates_.setTrace(path);
  estimates_.setNetwork(path);
}

void RunBar::showChosenNetwork() {
  const EstimateInput& input = estimates_.input();
  const bool trace = !input.tracePath.isEmpty();
  const QString path = trace ? input.tracePath : input.networkPath;
  int index = networks_->findData(path);
  if (index < 0) {
    networks_->insertItem(1, nameOf(path), path);
    index = 1;
  }
  networks_->setCurrentIndex(index);
  networks_->setToolTip(path);
  const auto given = input.mappingPaths.size();
  mappings_->setText(trace        ? tr("a trace, without mappings")
                     : given == 0 ? tr("its own mappings")
                     : given == 1 ? tr("1 mapping chosen")
                                  : tr("%1 mappings chosen").arg(given));
  mappings_->setToolTip(trace        ? QString()
                        : given == 0 ? tr("The mappings beside the file of the architecture")
                                     : input.mappingPaths.join(QLatin1Char('\n')));
}

QString RunBar::totalText() const {
  return total_->text();
}
QString RunBar::differenceText() const {
  return difference_->text();
}
QString RunBar::standingText() const {
  return standing_->words();
}

void RunBar::refreshStanding() {
  const EstimateOutcome& outcome = estimates_.outcome();
  if (outcome.estimate) {
    const Trust trust = trustIn(*outcome.estimate, estimates_.outOfDate());
    standing_->say(
        trust.standing == Standing::OutOfDate ? tr("out of date") : taktwerk::standingText(*outcome.estimate),
        roleOf(trust.standing), QString::fromStdString(trust.explanation));
  } else if (estimates_.outOfDate()) {
    standing_->say(tr("out of date"), &Palette::mutedText,
                   tr("Something has changed since the latest run, which gave no figure: run again."));
  } else if (hasErrors(outcome.diagnostics)) {
    standing_->say(tr("not estimated: see Problems"), &Palette::error,
                   tr("The run found errors, which are listed in Problems."));
  } else if (outcome.cancelled) {
    standing_->say(tr("cancelled"), &Palette::mutedText,
                   tr("The run was stopped before it had a figure: run again."));
  } else {
    standing_->say({}, &Palette::mutedText, {});
  }
}

void RunBar::refresh() {
  const bool running = estimates_.running();
  Command& start = commands_.command(QStringLiteral("analyse.run"));
  start.refresh();
  commands_.command(QStringLiteral("analyse.stop")).refresh();
  run_->setEnabled(running ||
                   start.action()->isEnabled());  // never disabled on its way out: it hands the focus over
  run_->setToolTip(start.action()->toolTip());
  showButtons(running);
  mappings_->setStyleSheet(QStringLiteral("color: %1;").arg(theme_.colour(&Palette::mutedText).name()));
  phase_->setStyleSheet(mappings_->styleSheet());

  const EstimateOutcome& outcome = estimates_.outcome();
  const bool out = estimates_.outOfDate();
  total_->clear();
  difference_->clear();
  if (outcome.estimate) {
    const NetworkEstimate& estimate = *outcome.estimate;
    const bool failed = hasErrors(estimate.diagnostics);
    const bool unmapped = estimate.layers.empty() && !estimate.unmapped.empty();
    total_->setText(failed     ? QString()
                    : unmapped ? tr("nothing mapped")
                               : tr("%1 cycles").arg(grouped(estimate.cycles)));
    total_->setStyleSheet(out ? phase_->styleSheet() : QString());
    if (!failed) showDifference(estimate);
    difference_->setVisible(!difference_->text().isEmpty());
  }
  refreshStanding();
  refreshProgress();
}

void RunBar::showDifference(const NetworkEstimate& estimate) {
  const Reference reference = referenceOf(session_, estimates_);
  if (!reference.result) return;
  const auto& before = reference.result->cycles;
  QString text = before ? taktwerk::differenceText(estimate.cycles, *before) : tr("total missing");
  if (reference.isBaseline) {
    constexpr int longestTitle = 200;
    const QString title =
        difference_->fontMetrics().elidedText(reference.title, Qt::ElideMiddle, longestTitle);
    text = tr("%1 against: %2").arg(text.isEmpty() ? tr("no difference") : text, title);
  }
  difference_->setText(text);
  difference_->setToolTip(before ? tr("Against the %1 cycles of %2").arg(grouped(*before), reference.title)
                                 : tr("%1 has no total").arg(reference.title));
  const bool same = !before || estimate.cycles == *before;
  const QColor colour = estimates_.outOfDate() || same ? theme_.colour(&Palette::mutedText)
                                                       : changeColour(theme_, estimate.cycles < *before);
  difference_->setStyleSheet(QStringLiteral("color: %1;").arg(colour.name()));
}

/// One of the two at a time. The one that goes hands the focus to the other; while it is pressed it stays.
void RunBar::showButtons(bool running) {
  QPushButton* comes = running ? stop_ : run_;
  QPushButton* goes = running ? run_ : stop_;
  if (goes->isDown()) return;
  comes->show();
  if (goes->hasFocus()) comes->setFocus();
  goes->hide();
}

void RunBar::refreshProgress() {
  const std::optional<JobState> state = estimates_.runState();
  progress_->setVisible(state.has_value());
  phase_->setVisible(state.has_value());
  if (!state) return;
  progress_->setRange(0, state->fraction < 0 ? 0 : 1000);
  if (state->fraction >= 0) progress_->setValue(static_cast<int>(state->fraction * 1000));
  QString text = state->fraction < 0 ? tr("working") : tr("%1 %").arg(state->fraction * 100, 0, 'f', 0);
  if (state->secondsLeft >= 0) text += QStringLiteral(" · ") + durationText(state->secondsLeft);
  phase_->setText(state->cancelling ? tr("Cancelling…") : text);
}

}  // namespace taktwerk
