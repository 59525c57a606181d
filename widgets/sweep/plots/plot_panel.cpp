// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/plot_panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/study/saved_view.h"
#include "core/sweep/row_ranges.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/effects_plot.h"
#include "widgets/sweep/plots/heat_plot.h"
#include "widgets/sweep/plots/marked_bars.h"
#include "widgets/sweep/plots/marked_designs.h"
#include "widgets/sweep/plots/marked_tab.h"
#include "widgets/sweep/plots/parallel_plot.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/plots/step_overlays.h"
#include "widgets/sweep/plots/step_plot.h"
#include "widgets/sweep/plots/steps_tab.h"
#include "widgets/sweep/results/sweep_results.h"

namespace taktwerk {

namespace {

constexpr JobChannel<Effects> effectJobs{"effects of parameters"};
constexpr int sliderSteps = 100;

/// A plot below a line of choices.
QWidget* tabOf(QHBoxLayout* choices, QWidget* plot) {
  auto* tab = new QWidget;
  auto* column = new QVBoxLayout(tab);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  if (choices) {
    choices->setContentsMargins(8, 4, 8, 4);
    choices->setSpacing(6);
    choices->addStretch(1);
    column->addLayout(choices);
  }
  column->addWidget(plot, 1);
  return tab;
}

void addLabelled(QHBoxLayout& row, const QString& text, QWidget* box) {
  auto* label = new QLabel(text);
  label->setBuddy(box);
  row.addWidget(label);
  row.addWidget(box);
}

}  // namespace

PlotPanel::PlotPanel(JobManager& jobs, const Theme& theme, SweepResults& results, QWidget* parent)
    : QWidget(parent),
      jobs_(jobs),
      theme_(theme),
      results_(results),
      data_(std::make_shared<PlotData>()),
      tabs_(new QTabWidget),
      scatter_(new ScatterPlot(jobs, theme)),
      parallel_(new ParallelPlot(jobs, theme)),
      heat_(new HeatPlot(jobs, theme)),
      effects_(new EffectsPlot(jobs, theme)),
      marked_(new MarkedDesigns(theme, this)),
      markedTab_(new MarkedTab(jobs, theme, *marked_)),
      steps_(new StepsTab(jobs, theme)),
      overlays_(new StepOverlays(jobs, *scatter_, *heat_, this)),
      x_(new ColumnBox(tr("Column to the right"))),
      y_(new ColumnBox(tr("Column upwards"))),
      colour_(new ColumnBox(tr("Column of the colour"), tr("one colour"))),
      size_(new ColumnBox(tr("Column of the size"), tr("one size"))),
      lineColour_(new ColumnBox(tr("Column of the lines' colour"), tr("one colour"))),
      heatX_(new ColumnBox(tr("Cells to the right"))),
      heatY_(new ColumnBox(tr("Cells upwards"))),
      heatFigure_(new ColumnBox(tr("Figure of the cells"))),
      effectFigure_(new ColumnBox(tr("Figure that is explained"))),
      bestFigure_(new ColumnBox(tr("Figure by which the best are kept"))),
      front_(new QCheckBox(tr("Front"))),
      objectives_(new QToolButton),
      rescale_(new QToolButton),
      best_(new QSlider(Qt::Horizontal)),
      bestText_(new QLabel) {
  tabs_->setDocumentMode(true);
  tabs_->setAccessibleName(tr("Plots of the results"));
  tabs_->addTab(makeScatter(), tr("Scatter"));
  tabs_->addTab(makeParallel(), tr("Parallel"));
  tabs_->addTab(makeHeat(), tr("Heat map"));
  tabs_->addTab(makeEffects(), tr("Effects"));
  tabs_->addTab(markedTab_, tr("Marked"));
  tabs_->addTab(steps_, tr("Steps"));
  Q_ASSERT(tabs_->count() == static_cast<int>(viewPlots().size()));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(tabs_);
  for (ResultPlot* plot : std::initializer_list<ResultPlot*>{scatter_, parallel_, heat_, effects_})
    connectPlot(*plot);
  connect(steps_, &StepsTab::rowChosen, this, &PlotPanel::rowChosen);
  connect(steps_, &StepsTab::compareWanted, this, &PlotPanel::compare);
  connect(&results_, &SweepResults::reset, this, [this] {
    const std::uint64_t next = data_->results + 1;
    data_ = std::make_shared<PlotData>();
    data_->results = next;
    mattering_.clear();
    matteringOf_ = {};
    // Columns of these results are none of those that plots still show, also those that are not looked at.
    for (ResultPlot* plot : std::initializer_list<ResultPlot*>{scatter_, parallel_, heat_, effects_,
                                                               &markedTab_->bars(), &steps_->plot()})
      plot->setData(data_);
    Q_EMIT marksChanged();
  });
  connect(&results_, &SweepResults::changed, this, &PlotPanel::refresh);
  connect(tabs_, &QTabWidget::currentChanged, this, &PlotPanel::refresh);
  refresh();
}

void PlotPanel::connectPlot(const ResultPlot& plot) const {
  connect(&plot, &ResultPlot::filterWanted, this, &PlotPanel::filterWanted);
  connect(&plot, &ResultPlot::rowChosen, this, &PlotPanel::rowChosen);
  connect(&plot, &ResultPlot::rowWanted, this, &PlotPanel::rowWanted);
  connect(&plot, &ResultPlot::orderWanted, this, &PlotPanel::askOrder);
  connect(&plot, &ResultPlot::rowPointed, this, &PlotPanel::rowPointed);
  connect(&plot, &ResultPlot::lookedAway, this, &PlotPanel::lookedAway);
}

QWidget* PlotPanel::makeScatter() {
  auto* row = new QHBoxLayout;
  addLabelled(*row, tr("x"), x_);
  addLabelled(*row, tr("y"), y_);
  addLabelled(*row, tr("colour"), colour_);
  addLabelled(*row, tr("size"), size_);
  front_->setToolTip(tr("Show the designs that no other beats in every objective"));
  row->addWidget(front_);
  objectives_->setText(tr("Objectives"));
  objectives_->setToolTip(tr("The figures by which the front is found; by themselves those of the axes"));
  objectives_->setPopupMode(QToolButton::InstantPopup);
  objectives_->setMenu(new QMenu(objectives_));
  row->addWidget(objectives_);
  rescale_->setText(tr("Rescale"));
  rescale_->setToolTip(tr("Results lie outside of the axes: fit them"));
  rescale_->hide();
  row->addWidget(rescale_);
  row->addWidget(&overlays_->inScatter());
  for (ColumnBox* each : {x_, y_, colour_, size_})
    connect(each, &ColumnBox::chosen, this, &PlotPanel::applyChoices);
  connect(front_, &QCheckBox::toggled, this, &PlotPanel::applyChoices);
  connect(rescale_, &QToolButton::clicked, scatter_, &ScatterPlot::rescale);
  connect(scatter_, &ScatterPlot::outgrownChanged, this,
          [this] { rescale_->setVisible(scatter_->isOutgrown()); });
  return tabOf(row, scatter_);
}

QWidget* PlotPanel::makeParallel() {
  auto* row = new QHBoxLayout;
  addLabelled(*row, tr("colour"), lineColour_);
  addLabelled(*row, tr("keep the best"), best_);
  best_->setRange(1, sliderSteps);
  best_->setValue(sliderSteps);
  best_->setFixedWidth(120);
  best_->setAccessibleName(tr("How many of the best are kept"));
  row->addWidget(bestText_);
  addLabelled(*row, tr("by"), bestFigure_);
  connect(lineColour_, &ColumnBox::chosen, this, &PlotPanel::applyChoices);
  connect(best_, &QSlider::valueChanged, this, &PlotPanel::keepBest);
  connect(bestFigure_, &ColumnBox::chosen, this, &PlotPanel::keepBest);
  return tabOf(row, parallel_);
}

QWidget* PlotPanel::makeHeat() {
  auto* row = new QHBoxLayout;
  addLabelled(*row, tr("x"), heatX_);
  addLabelled(*row, tr("y"), heatY_);
  addLabelled(*row, tr("best"), heatFigure_);
  for (ColumnBox* each : {heatX_, heatY_, heatFigure_})
    connect(each, &ColumnBox::chosen, this, &PlotPanel::applyChoices);
  connect(heatFigure_, &ColumnBox::chosen, this, &PlotPanel::findCells);  // of another figure others matter
  row->addWidget(&overlays_->inHeat());
  return tabOf(row, heat_);
}

QWidget* PlotPanel::makeEffects() {
  auto* row = new QHBoxLayout;
  addLabelled(*row, tr("what matters for"), effectFigure_);
  connect(effectFigure_, &ColumnBox::chosen, this, &PlotPanel::findEffects);
  return tabOf(row, effects_);
}

ColumnBox* PlotPanel::box(const QString& name) const {
  for (ColumnBox* each :
       {x_, y_, colour_, size_, lineColour_, heatX_, heatY_, heatFigure_, effectFigure_, bestFigure_}) {
    if (each->accessibleName() == name) return each;
  }
  return nullptr;
}

ResultPlot* PlotPanel::currentPlot() const {
  const auto plots = std::initializer_list<ResultPlot*>{scatter_, parallel_,           heat_,
                                                        effects_, &markedTab_->bars(), &steps_->plot()};
  const auto place = static_cast<std::size_t>(tabs_->currentIndex());
  return place < plots.size() ? plots.begin()[place] : nullptr;
}

void PlotPanel::refresh() {
  auto next = std::make_shared<PlotData>();
  next->table = results_.table();
  next->shown = results_.shown();
  std::sort(next->shown.begin(), next->shown.end());
  next->isShown.assign(next->table.rows(), 0);
  for (const std::uint32_t row : next->shown) next->isShown[row] = 1;
  next->results = data_->results;
  next->filter = results_.filter().text();
  next->current = data_->current;
  next->baseline = data_->baseline;
  next->pinned = data_->pinned;
  next->orders = orders_;
  if (derived_) next->derived = derived_();
  const bool others =
      next->table.columns().size() != data_->table.columns().size() || data_->table.rows() < 2;
  data_ = std::move(next);
  if (others || data_->table.rows() < 2000) fillBoxes();
  // Only what is looked at is drawn anew: while results stream in the others would cost as much again.
  applyChoices();
  if (ResultPlot* plot = currentPlot()) plot->setData(data_);
  marked_->setData(data_);
  markedTab_->setData(data_);
  steps_->setData(data_);
  if (currentPlot() == effects_) findEffects();
  if (currentPlot() == heat_) findCells();
  refreshCounts();
  Q_EMIT dataChanged();
}

void PlotPanel::fillBoxes() {
  const RowTable& table = data_->table;
  x_->fill(table, canBeAxis, {"area", "arch.rows", "arch.mesh", "total"});
  y_->fill(table, canBeAxis, {"cycles"});
  colour_->fill(table, canBeAxis, {"architecture", "network", "mapping"});
  size_->fill(table, canBeAxis, {});
  lineColour_->fill(table, canBeAxis, {"cycles"});
  std::vector<std::string> varied;
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    if (table.rows() > 0 && wasVaried(table, c)) varied.push_back(table.columns()[c].name);
  }
  // What matters most is shown, once that is known.
  if (mattering_.size() > 1) varied = mattering_;
  heatX_->fill(table, wasVaried, varied);
  if (varied.size() > 1) varied.erase(varied.begin());
  heatY_->fill(table, wasVaried, varied);
  for (ColumnBox* each : {heatFigure_, effectFigure_, bestFigure_}) each->fill(table, isFigure, {"cycles"});
  // Where nothing has an area, what was varied first is as good.
  QMenu* menu = objectives_->menu();
  QStringList checked;
  for (const QAction* action : menu->actions()) {
    if (action->isChecked()) checked << action->data().toString();
  }
  menu->clear();
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    if (!isFigure(table, c)) continue;
    const QString name = QString::fromStdString(table.columns()[c].name);
    const bool more = table.columns()[c].better == Figure::Better::More;
    QAction* action = menu->addAction(
        tr("%1, %2 is better").arg(columnTitle(table.columns()[c]), more ? tr("more") : tr("less")));
    action->setData(name);
    action->setCheckable(true);
    action->setChecked(checked.contains(name));
    connect(action, &QAction::toggled, this, &PlotPanel::applyChoices);
  }
}

void PlotPanel::applyChoices() {
  const RowTable& table = data_->table;
  if (table.rows() == 0) return refreshCounts();
  ScatterChoice choice = scatter_->choice();
  choice.x = x_->column().value_or(0);
  choice.y = y_->column().value_or(0);
  choice.colour = colour_->column();
  choice.size = size_->column();
  choice.front = front_->isChecked();
  choice.objectives.clear();
  for (const QAction* action : objectives_->menu()->actions()) {
    const auto column = table.find(action->data().toString().toStdString());
    if (action->isChecked() && column) choice.objectives.push_back(*column);
  }
  if (choice.objectives.empty()) {
    for (const std::size_t axis : {choice.x, choice.y}) choice.objectives.push_back(axis);
  }
  // Those that are not looked at take theirs when they are.
  const ResultPlot* plot = currentPlot();
  if (plot == scatter_ && choice != scatter_->choice()) scatter_->setChoice(choice);
  if (plot == parallel_) parallel_->setColour(lineColour_->column());
  if (plot == heat_ && heatX_->column() && heatY_->column() && heatFigure_->column())
    heat_->setChoice(*heatX_->column(), *heatY_->column(), *heatFigure_->column());
  overlays_->refresh(data_);
  refreshCounts();
}

void PlotPanel::refreshCounts() {
  const auto figure = bestFigure_->column();
  const bool all = best_->value() == sliderSteps;
  bestText_->setText(!figure || all ? tr("all") : tr("%1 %").arg(best_->value()));
}

/// The condition that the best so many of all designs meet.
void PlotPanel::keepBest() {
  refreshCounts();
  const auto figure = bestFigure_->column();
  const RowTable& table = data_->table;
  if (!figure || table.rows() == 0) return;
  RowRange range;
  if (best_->value() < sliderSteps) {
    std::vector<double> values;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const double value = table.number(*figure, row);
      if (!std::isnan(value)) values.push_back(value);
    }
    if (values.empty()) return;
    const bool more = table.columns()[*figure].better == Figure::Better::More;
    const std::size_t keep =
        std::max<std::size_t>(1, values.size() * static_cast<std::size_t>(best_->value()) / sliderSteps);
    const auto last = values.begin() + static_cast<std::ptrdiff_t>(more ? values.size() - keep : keep - 1);
    std::nth_element(values.begin(), last, values.end());
    (more ? range.least : range.most) = *last;
  }
  Q_EMIT filterWanted(QString::fromStdString(withRange(data_->filter, table, *figure, range)));
}

void PlotPanel::findEffects() {
  const auto figure = effectFigure_->column();
  if (!figure || data_->table.rows() == 0) return effects_->setEffects(0, {});
  jobs_.start(
      effectJobs, tr("Finding which parameter matters"), this,
      [data = data_, figure = *figure](Progress& progress) {
        return effectsOn(data->table, data->shown, figure, progress);
      },
      [this, figure = *figure, of = data_->results](Effects effects) {
        // Columns of other results mean something else.
        if (of == data_->results) effects_->setEffects(figure, std::move(effects));
      });
}

void PlotPanel::findCells() {
  const auto figure = heatFigure_->column();
  const bool chosen = heatX_->isChosen() && heatY_->isChosen();
  const std::size_t rows = data_->table.rows();
  if (!figure || chosen || rows < 2) return;
  // Of the first results it may be another than of all; each of them would be too often.
  const bool known = matteringOf_.first == *figure && rows < 2 * matteringOf_.second;
  if (known) return;
  matteringOf_ = {*figure, rows};
  jobs_.start(
      effectJobs, tr("Finding which parameters matter"), heat_,
      [data = data_, figure = *figure](Progress& progress) {
        return effectsOn(data->table, data->shown, figure, progress);
      },
      [this, of = data_->results](const Effects& effects) {
        if (of != data_->results) return;
        mattering_.clear();
        for (const MainEffect& effect : effects.main)
          mattering_.push_back(data_->table.columns()[effect.column].name);
        fillBoxes();
        applyChoices();
      });
}

void PlotPanel::setCurrent(std::optional<std::size_t> row) {
  const auto next = row ? std::optional(static_cast<std::uint32_t>(*row)) : std::nullopt;
  if (next == data_->current) return;
  data_ = std::make_shared<PlotData>(*data_);
  data_->current = next;
  if (ResultPlot* plot = currentPlot()) plot->setData(data_);
  marked_->setData(data_);
  Q_EMIT dataChanged();
}

void PlotPanel::setBaseline(std::optional<std::size_t> row) {
  data_ = std::make_shared<PlotData>(*data_);
  data_->baseline = row ? std::optional(static_cast<std::uint32_t>(*row)) : std::nullopt;
  refresh();
  Q_EMIT marksChanged();
}

bool PlotPanel::canPin(std::size_t row) const {
  const auto& pinned = data_->pinned;
  return pinned.size() < mostPins ||
         std::find(pinned.begin(), pinned.end(), static_cast<std::uint32_t>(row)) != pinned.end();
}

void PlotPanel::togglePin(std::size_t row) {
  data_ = std::make_shared<PlotData>(*data_);
  auto& pinned = data_->pinned;
  const auto place = std::find(pinned.begin(), pinned.end(), static_cast<std::uint32_t>(row));
  if (place != pinned.end()) {
    pinned.erase(place);
  } else if (pinned.size() < mostPins) {
    pinned.push_back(static_cast<std::uint32_t>(row));
  }
  refresh();
  Q_EMIT marksChanged();
}

/// Two designs side by side on the tab of those that are marked.
void PlotPanel::compare(std::uint32_t baseline, std::uint32_t other) {
  setBaseline(baseline);
  if (std::find(data_->pinned.begin(), data_->pinned.end(), other) == data_->pinned.end()) togglePin(other);
  tabs_->setCurrentWidget(markedTab_);
}

}  // namespace taktwerk
