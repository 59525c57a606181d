// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/steps_tab.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/report/step_causes.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/point_profiles.h"
#include "widgets/sweep/plots/step_finder.h"
#include "widgets/sweep/plots/step_plot.h"
#include "widgets/sweep/plots/value_step_model.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/table_look.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// Figures that are what the cycles are.
bool isOfCycles(const RowColumn& figure) {
  return figure.name == "cycles" || figure.name == "time" || figure.name == "interval" ||
         figure.name == "total";
}

}  // namespace

StepsTab::StepsTab(JobManager& jobs, const Theme& theme, QWidget* parent)
    : QWidget(parent),
      profiles_(new PointProfiles(jobs, this)),
      finder_(new StepFinder(jobs, this)),
      model_(new ValueStepModel(this)),
      plot_(new StepPlot(jobs, theme)),
      parameter_(new ColumnBox(tr("Parameter along which steps are looked for"))),
      figure_(new ColumnBox(tr("Figure whose steps are looked for"))),
      list_(new QTableView),
      counts_(new QLabel),
      cause_(new WrappedLabel),
      compare_(new QToolButton),
      again_(new QToolButton),
      data_(std::make_shared<PlotData>()) {
  layOut();
  for (ColumnBox* box : {parameter_, figure_}) connect(box, &ColumnBox::chosen, this, &StepsTab::refresh);
  connect(finder_, &StepFinder::found, this, &StepsTab::take);
  connect(profiles_, &PointProfiles::changed, this, &StepsTab::findCause);
  connect(plot_, &StepPlot::stepChosen, this, &StepsTab::choose);
  connect(plot_, &StepPlot::rowChosen, this, &StepsTab::rowChosen);
  connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &StepsTab::chooseCurrent);
  connect(compare_, &QToolButton::clicked, this, [this] {
    if (chosen_) Q_EMIT compareWanted(chosen_->from, chosen_->to);
  });
  connect(again_, &QToolButton::clicked, profiles_, &PointProfiles::tryAgain);
  findCause();
}

void StepsTab::layOut() {
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 4, 8, 4);
  row->setSpacing(6);
  const auto add = [row](const QString& text, QWidget* box) {
    auto* label = new QLabel(text);
    label->setBuddy(box);
    row->addWidget(label);
    row->addWidget(box);
  };
  add(tr("steps of"), figure_);
  add(tr("along"), parameter_);
  counts_->setMinimumWidth(1);
  counts_->setAccessibleDescription(tr("How many steps there are"));
  row->addWidget(counts_, 1);
  compare_->setObjectName(QStringLiteral("compare"));
  compare_->setText(tr("Compare"));
  compare_->setToolTip(
      tr("Set the point before the step as baseline, pin the one behind it, and show where "
         "the cycles of both go"));
  again_->setObjectName(QStringLiteral("again"));
  again_->setText(tr("Estimate again"));
  again_->setToolTip(tr("Find out what was stopped"));
  list_->setModel(model_);
  setTableLook(*list_, tr("Steps"));
  list_->horizontalHeader()->setStretchLastSection(true);
  list_->setWordWrap(false);
  cause_->setTextFormat(Qt::PlainText);
  cause_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  cause_->setAccessibleDescription(tr("Cause of the step"));
  cause_->setContentsMargins(8, 4, 8, 4);
  auto* below = new QHBoxLayout;
  below->setContentsMargins(0, 0, 8, 4);
  below->addWidget(cause_, 1);
  below->addWidget(again_);
  below->addWidget(compare_);
  auto* right = new QWidget;
  auto* side = new QVBoxLayout(right);
  side->setContentsMargins(0, 0, 0, 0);
  side->setSpacing(0);
  side->addWidget(list_, 1);
  side->addLayout(below);
  auto* halves = new QSplitter(Qt::Horizontal);
  halves->setChildrenCollapsible(false);
  halves->addWidget(plot_);
  halves->addWidget(right);
  halves->setStretchFactor(0, 1);
  halves->setStretchFactor(1, 1);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(row);
  all->addWidget(halves, 1);
}

QString StepsTab::countText() const {
  return counts_->text();
}
QString StepsTab::causeText() const {
  return cause_->text();
}

void StepsTab::setData(std::shared_ptr<const PlotData> next) {
  const bool others = next->results != data_->results;
  data_ = std::move(next);
  if (others) {
    chosen_.reset();
    finder_->clear();
    profiles_->forget();
  }
  if (isVisible()) refresh();
}

void StepsTab::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void StepsTab::refresh() {
  const RowTable& table = data_->table;
  parameter_->fill(table, hasSteps, {"arch.columns", "arch.rows", "arch.mesh"});
  figure_->fill(table, isFigure, {"cycles"});
  plot_->setData(data_);
  const auto parameter = parameter_->column(), figure = figure_->column();
  if (parameter && figure && table.rows() > 0) {
    finder_->find(data_, *parameter, *figure);
  } else {
    finder_->clear();
  }
  if (!finder_->steps()) take();
}

void StepsTab::take() {
  const std::shared_ptr<const ValueSteps> steps = finder_->steps();
  const StepQuestion& question = finder_->question();
  {
    const QSignalBlocker quiet(list_->selectionModel());
    model_->setSteps(data_, steps, question);
  }
  plot_->setSteps(steps, question);
  if (!steps) {
    counts_->setText(data_->table.rows() > 0 && !parameter_->column() ? tr("no parameter was varied")
                                                                      : QString());
    chosen_.reset();
    return findCause();
  }
  const auto number = [](std::int64_t n) { return grouped(n); };
  QString text =
      tr("%1 cliffs and %2 plateaus in %3 lines of %4 points")
          .arg(number(steps->count(ValueStep::Kind::Cliff)), number(steps->count(ValueStep::Kind::Plateau)),
               number(steps->lines()), number(steps->points));
  if (steps->staircases > 0) text += tr(", %1 of them staircases").arg(number(steps->staircases));
  if (steps->alone > 0) text += tr("; %1 without a neighbour").arg(number(steps->alone));
  if (steps->withoutFigure > 0) text += tr("; %1 without a figure").arg(number(steps->withoutFigure));
  counts_->setText(text);
  counts_->setToolTip(text);
  for (int column = 0; column < ValueStepModel::Cause; ++column) list_->resizeColumnToContents(column);
  // The same step, if it is still one.
  const int row = chosen_ ? model_->rowOf(*chosen_) : -1;
  if (row < 0) chosen_.reset();
  const QSignalBlocker quiet(list_->selectionModel());
  if (row >= 0) list_->selectRow(row);
  plot_->setChosen(chosen_);
  findCause();
}

void StepsTab::choose(const ValueStep& step) {
  const int row = model_->rowOf(step);
  if (row < 0) return;
  list_->setCurrentIndex(model_->index(row, 0));  // see `chooseCurrent`
  list_->scrollTo(model_->index(row, 0));
}

void StepsTab::chooseCurrent() {
  const ValueStep* step = model_->stepAt(list_->currentIndex().row());
  chosen_ = step ? std::optional(*step) : std::nullopt;
  plot_->setChosen(chosen_);
  if (chosen_) {
    profiles_->want({chosen_->from, chosen_->to});
    Q_EMIT rowChosen(chosen_->to);
  }
  findCause();
}

/// What both estimates tell, as soon as they are there.
QString StepsTab::causeOf(const ValueStep& step) const {
  const auto from = profiles_->find(step.from), to = profiles_->find(step.to);
  for (const auto& profile : {from, to}) {
    if (!profile) return tr("Its cause is being found out: both points are estimated once more…");
    if (profile->stopped) return tr("Its cause is not known: the estimate was stopped.");
    if (!profile->problem.isEmpty()) return tr("Its cause is not known: %1.").arg(profile->problem);
  }
  const Cycles before = from->design.cycles, after = to->design.cycles;
  const StepExplanation explanation =
      before == after ? explainPlateau(from->design, to->design) : explainStep(from->design, to->design);
  QString text = QString::fromStdString(explanation.sentence);
  if (text.isEmpty()) text = tr("Nothing that the estimates tell explains it.");
  const RowColumn& figure = data_->table.columns()[finder_->question().figure];
  if (!isOfCycles(figure))
    text.prepend(before == after ? tr("The cycles stay at %1: ").arg(grouped(after))
                                 : tr("The cycles go from %1 to %2: ").arg(grouped(before), grouped(after)));
  for (const auto& profile : {from, to}) {
    if (!profile->note.isEmpty()) text += QLatin1Char(' ') + tr("Mind: %1.").arg(profile->note);
  }
  return text;
}

void StepsTab::findCause() {
  again_->setVisible(chosen_ && profiles_->wasStopped());
  compare_->setEnabled(chosen_.has_value());
  if (!chosen_ || finder_->question().figure >= data_->table.columns().size()) {
    cause_->setText(model_->rowCount() > 0 ? tr("Choose a step to see its cause.") : QString());
    return;
  }
  const QString cause = causeOf(*chosen_);
  const bool known = profiles_->find(chosen_->from) && profiles_->find(chosen_->to);
  if (known) model_->setCause(*chosen_, cause);
  cause_->setText(QStringLiteral("%1: %2").arg(model_->whereInWords(*chosen_), cause));
}

}  // namespace taktwerk
