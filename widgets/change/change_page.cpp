// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/change/change_page.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "core/report/sensitivity_report.h"
#include "widgets/change/step_model.h"
#include "widgets/change/step_run.h"
#include "widgets/change/tornado_chart.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

/// "−4 100 (−48.8 %)".
QString changeText(Cycles now, Cycles present) {
  const Cycles change = now - present;
  const QString percent = percentText(change, present);
  return (change < 0 ? QStringLiteral("−") : QStringLiteral("+")) + grouped(std::abs(change)) +
         (percent.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(percent));
}

/// What stands beside or in place of a step's bar.
QString figuresOf(const StepOutcome& outcome, Cycles present) {
  const QString remark = QString::fromStdString(remarkInWords(outcome));
  if (!outcome.cycles) return QStringLiteral("✕ ") + remark;
  const QString cycles = ChangePage::tr("%1 cycles").arg(grouped(*outcome.cycles));
  if (!outcome.comparable) return cycles + QStringLiteral(", ") + remark;
  return *outcome.cycles == present ? ChangePage::tr("no change") : changeText(*outcome.cycles, present);
}

}  // namespace

ChangePage::ChangePage(Models& models, QWidget* parent)
    : QWidget(parent),
      models_(models),
      run_(new StepRun(models.jobs, models.estimates, this)),
      model_(new StepModel(models.theme, *run_, this)),
      sorted_(new QSortFilterProxyModel(this)),
      chart_(new TornadoChart(models.theme)),
      table_(new QTableView),
      stack_(new QStackedWidget),
      sentence_(new WrappedLabel),
      empty_(new QLabel),
      scope_(new QComboBox),
      start_(new QPushButton(tr("Start"))),
      stop_(new QPushButton(tr("Stop"))),
      apply_(new QPushButton(tr("Take this step"))),
      follow_(new QToolButton),
      progress_(new QProgressBar) {
  layOut();
  connectAll();
  refreshScope();
  refresh();
}

void ChangePage::layOut() {
  sentence_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  scope_->setAccessibleName(tr("Whose cycles count"));
  start_->setProperty("primary", true);
  start_->setToolTip(tr("Estimate every parameter and tunable with its next value up and down"));
  follow_->setText(tr("After each run"));
  follow_->setCheckable(true);
  follow_->setToolTip(tr("Begin again whenever there is another estimate"));
  progress_->setFixedWidth(130);
  progress_->setAccessibleName(tr("Steps estimated"));
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(StepModel::SortRole);
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(StepModel::Change, Qt::AscendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setAccessibleName(tr("Steps, ranked by the cycles that they save"));
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(23);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setStretchLastSection(true);
  const std::pair<int, int> widths[] = {{StepModel::StepName, 230},
                                        {StepModel::CycleCount, 102},
                                        {StepModel::Change, 108},
                                        {StepModel::Percent, 94}};
  for (const auto& [column, width] : widths) table_->setColumnWidth(column, width);
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setMargin(24);

  auto* split = new QSplitter(Qt::Horizontal);
  split->addWidget(chart_);
  split->addWidget(table_);
  split->setSizes({640, 600});
  split->setChildrenCollapsible(false);
  stack_->addWidget(empty_);
  stack_->addWidget(split);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 6, 8, 6);
  head->setSpacing(8);
  head->addWidget(sentence_, 1);
  for (QWidget* each : std::initializer_list<QWidget*>{progress_, scope_, follow_, start_, stop_, apply_})
    head->addWidget(each);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(stack_, 1);
  setFocusProxy(start_);
}

void ChangePage::connectAll() {
  connect(start_, &QPushButton::clicked, this, &ChangePage::start);
  connect(stop_, &QPushButton::clicked, run_, &StepRun::stop);
  connect(apply_, &QPushButton::clicked, this, &ChangePage::apply);
  connect(scope_, &QComboBox::currentIndexChanged, this, [this] {
    refresh();
    if (run_->begun() && run_->layer() != wantedLayer()) start();
  });
  connect(run_, &StepRun::changed, this, &ChangePage::refresh);
  connect(run_, &StepRun::cleared, this, [this] { chosen_.reset(); });
  connect(&models_.jobs, &JobManager::finished, this, [this] {
    refresh();
    chooseWanted();
  });
  connect(&models_.theme, &Theme::changed, this, &ChangePage::refreshHead);
  connect(&models_.session, &Session::layerChanged, this, &ChangePage::refreshScope);
  connect(&models_.estimates, &EstimateController::stateChanged, this, &ChangePage::refreshHead);
  connect(&models_.estimates, &EstimateController::outcomeChanged, this, [this] {
    refresh();
    const bool again = std::exchange(taken_, false) || follow_->isChecked();
    if (again && models_.estimates.outcome().estimate) start();
  });
  connect(&models_.session.selection(), &SelectionModel::selectionChanged, this,
          [this](const QObject* origin) {
            if (origin != this) markSelected();
          });
  connect(chart_, &TornadoChart::chosen, this,
          [this](std::size_t outcome) { choose(run_->outcomes()[outcome].step); });
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& current) {
            if (!current.isValid() || showing_) return;
            const auto row = static_cast<std::size_t>(sorted_->mapToSource(current).row());
            if (row < run_->outcomes().size()) choose(run_->outcomes()[row].step);
          });
}

QString ChangePage::wantedLayer() const {
  return scope_->currentIndex() == 1 ? models_.session.layer() : QString();
}

bool ChangePage::isOutOfDate() const {
  return run_->begun() && (run_->outOfDate() || run_->layer() != wantedLayer());
}

void ChangePage::start() {
  if (!models_.estimates.whyNotRunnable().isEmpty()) return;
  run_->start(wantedLayer());
}

void ChangePage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  const EstimateController& estimates = models_.estimates;
  if (!run_->begun() && estimates.outcome().estimate && !estimates.outOfDate()) start();
}

void ChangePage::lookFor(const QString& setting, const QString& layer) {
  wanted_ = setting.toStdString();
  if (!layer.isEmpty() && layer == models_.session.layer() && scope_->count() > 1) {
    scope_->setCurrentIndex(1);
  } else {
    scope_->setCurrentIndex(0);
  }
  if (!run_->running() && (!run_->begun() || isOutOfDate())) start();
  chooseWanted();
}

void ChangePage::chooseWanted() {
  if (wanted_.empty() || run_->running()) return;
  const auto& outcomes = run_->outcomes();  // ranked
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [&](const StepOutcome& each) { return settingName(each.step) == wanted_; });
  if (found == outcomes.end()) return;
  wanted_.clear();
  choose(found->step);
}

QString ChangePage::sentence() const {
  return stack_->currentIndex() == 0 ? empty_->text() : sentence_->text();
}

void ChangePage::refreshScope() {
  const int index = std::max(0, scope_->currentIndex());
  const QString layer = models_.session.layer();
  {
    const QSignalBlocker quiet(scope_);
    scope_->clear();
    scope_->addItem(tr("All layers"));
    if (!layer.isEmpty()) scope_->addItem(tr("Layer %1").arg(layer));
    scope_->setCurrentIndex(layer.isEmpty() ? 0 : index);
    scope_->setToolTip(layer.isEmpty()
                           ? tr("The total of all layers; choose a layer anywhere to look at it alone")
                           : tr("The total of all layers, or of the layer that is chosen"));
  }
  refresh();
}

void ChangePage::refresh() {
  refreshChart();
  refreshHead();
  showChosen();
}

/// What has been found so far, or why nothing is there.
QString ChangePage::stateInWords() const {
  const bool running = run_->running();
  const auto done = run_->outcomes().size();
  if (!run_->begun()) {
    const QString whyNot = models_.estimates.whyNotRunnable();
    return whyNot.isEmpty()
               ? tr("What would it change? Press Start: every parameter and tunable is tried with "
                    "its next value up and down.")
               : whyNot;
  }
  QString text;
  if (!run_->reason().isEmpty()) {
    text = tr("Nothing to compare with: %1.").arg(run_->reason());
  } else if (done == 0) {
    text = running ? tr("Estimating what there is now …")
           : run_->stopped()
               ? tr("Stopped before the first step was estimated. Start again to see what each would change.")
               : tr("Nothing here can be changed: no parameter or tunable has another value.");
  } else {
    text = outcomesInWords();
  }
  return isOutOfDate() ? tr("Out of date: start again. %1").arg(text) : text;
}

QString ChangePage::outcomesInWords() const {
  const bool running = run_->running();
  const auto done = run_->outcomes().size();
  QString text = running           ? tr("%1 of %2 steps estimated.").arg(done).arg(run_->steps())
                 : run_->stopped() ? tr("Stopped: %1 of %2 steps estimated.").arg(done).arg(run_->steps())
                                   : tr("%1 steps estimated.").arg(done);
  const StepOutcome& best = run_->outcomes().front();
  if (best.cycles && best.comparable && *best.cycles < *run_->present()) {
    text = tr("%1 saves most: %2. %3")
               .arg(stepText(best.step), changeText(*best.cycles, *run_->present()), text);
  } else if (!running && !run_->stopped()) {
    text = tr("No single step saves cycles. %1").arg(text);
  }
  if (!run_->head().complete) {
    text += tr(" The total now is incomplete: %1.").arg(QString::fromStdString(run_->head().missing));
  }
  if (!run_->head().exact) text += tr(" The total now is an approximation.");
  return text;
}

void ChangePage::refreshHead() {
  const bool running = run_->running();
  const auto done = run_->outcomes().size();
  progress_->setVisible(running);
  progress_->setRange(0, static_cast<int>(run_->steps()));
  progress_->setValue(static_cast<int>(done));
  start_->setVisible(!running);
  stop_->setVisible(running);
  const QString whyNot = models_.estimates.whyNotRunnable();
  start_->setEnabled(whyNot.isEmpty());
  start_->setText(run_->begun() ? tr("Start again") : tr("Start"));
  const QString notApplicable = whyNotApplicable();
  apply_->setEnabled(notApplicable.isEmpty());
  apply_->setToolTip(notApplicable.isEmpty() ? tr("Set the value, as one step that can be undone")
                                             : notApplicable);

  const QString text = stateInWords();
  sentence_->setText(done > 0 ? text : QString());
  sentence_->setToolTip(sentence_->text());
  sentence_->setStyleSheet(
      QStringLiteral("color: %1;")
          .arg(models_.theme.colour(isOutOfDate() ? &Palette::mutedText : &Palette::text).name()));
  empty_->setText(text);
  stack_->setCurrentIndex(done > 0 ? 1 : 0);
}

void ChangePage::refreshChart() {
  std::vector<TornadoBar> bars;
  const std::vector<StepOutcome>& outcomes = run_->outcomes();
  const Cycles present = run_->present().value_or(0);
  for (const std::size_t place : byEffect(outcomes, present)) {
    const StepOutcome& outcome = outcomes[place];
    TornadoBar& bar = bars.emplace_back();
    bar.step = stepText(outcome.step);
    bar.figures = figuresOf(outcome, present);
    if (outcome.cycles && outcome.comparable) bar.change = *outcome.cycles - present;
    bar.marked = model_->marked(outcome.step);
    bar.outcome = place;
  }
  const QString who = run_->layer().isEmpty() ? QString() : tr("%1: ").arg(run_->layer());
  chart_->setBars(std::move(bars), who + tr("%1 cycles now").arg(grouped(present)), isOutOfDate());
}

void ChangePage::choose(const Step& step) {
  chosen_ = step;
  showChosen();
  refreshHead();
  selectBlocks();
}

void ChangePage::showChosen() {
  const auto& outcomes = run_->outcomes();
  const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                  [this](const StepOutcome& each) { return chosen_ == each.step; });
  if (found == outcomes.end()) return chart_->setCurrent(std::nullopt);
  const auto place = static_cast<std::size_t>(found - outcomes.begin());
  chart_->setCurrent(place);
  const QModelIndex row = sorted_->mapFromSource(model_->index(static_cast<int>(place), 0));
  if (row.row() == table_->currentIndex().row()) return;
  showing_ = true;
  table_->selectRow(row.row());
  table_->scrollTo(row);
  showing_ = false;
}

}  // namespace taktwerk
