// SPDX-License-Identifier: GPL-3.0-or-later
// What views keep of plots, and the orders of names along their axes.
#include <QAction>
#include <QCheckBox>
#include <QMenu>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QToolButton>
#include <algorithm>

#include "core/study/saved_view.h"
#include "widgets/sweep/plots/axis_menu.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/parallel_plot.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"

namespace taktwerk {

namespace {

std::string nameOf(const ColumnBox& box) {
  return box.name().toStdString();
}

}  // namespace

void PlotPanel::setOrder(const std::string& column, const std::vector<std::string>& order) {
  if (order.empty()) {
    orders_.erase(column);
  } else {
    orders_[column] = order;
  }
  scatter_->rescale();
  refresh();
}

void PlotPanel::askOrder(std::size_t column) {
  // A menu that was opened before other results came holds a column of those before.
  if (column >= data_->table.columns().size() || !data_->table.columns()[column].isWord()) return;
  const RowColumn& of = data_->table.columns()[column];
  const std::vector<double> ranks = data_->ranks(column);
  QStringList usual, names;
  for (const std::string& word : of.words) usual << QString::fromStdString(word);
  names = usual;
  for (std::size_t word = 0; word < ranks.size(); ++word)
    names[static_cast<qsizetype>(ranks[word])] = usual[static_cast<qsizetype>(word)];
  auto* dialog = new OrderDialog(columnTitle(of), names, usual, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, usual, name = of.name] {
    std::vector<std::string> order;
    if (dialog->names() != usual) {
      for (const QString& word : dialog->names()) order.push_back(word.toStdString());
    }
    setOrder(name, order);
  });
  dialog->open();
}

void PlotPanel::saveTo(SavedView& view) const {
  view.plot = viewPlots()[static_cast<std::size_t>(std::max(0, tabs_->currentIndex()))];
  const ScatterChoice& choice = scatter_->choice();
  view.x = {nameOf(*x_), choice.xTurned, choice.xLogarithmic};
  view.y = {nameOf(*y_), choice.yTurned, choice.yLogarithmic};
  view.colour = nameOf(*colour_);
  view.size = nameOf(*size_);
  view.front = front_->isChecked();
  view.objectives.clear();
  for (const QAction* action : objectives_->menu()->actions()) {
    if (action->isChecked()) view.objectives.push_back(action->data().toString().toStdString());
  }
  view.axes = parallel_->hasOwnAxes() ? parallel_->viewAxes() : std::vector<ViewAxis>();
  // Axes that were turned or made logarithmic are one's own, too.
  for (const ViewAxis& axis : parallel_->viewAxes()) {
    if (axis.inverted || axis.logarithmic) view.axes = parallel_->viewAxes();
  }
  view.lineColour = nameOf(*lineColour_);
  view.heatX = heatX_->isChosen() ? nameOf(*heatX_) : std::string();
  view.heatY = heatY_->isChosen() ? nameOf(*heatY_) : std::string();
  view.heatFigure = nameOf(*heatFigure_);
  view.effectFigure = nameOf(*effectFigure_);
  view.orders = orders_;
}

QStringList PlotPanel::take(const SavedView& view) {
  const RowTable& table = data_->table;
  QStringList missing;
  const auto lacks = [&](const std::string& name) {
    if (!missing.contains(QString::fromStdString(name))) missing << QString::fromStdString(name);
  };
  const auto choose = [&](ColumnBox& box, const std::string& name, bool orNothing) {
    if (name.empty() && !orNothing) return;
    if (!box.take(QString::fromStdString(name))) lacks(name);
  };
  orders_ = view.orders;
  choose(*x_, view.x.column, false);
  choose(*y_, view.y.column, false);
  choose(*colour_, view.colour, true);
  choose(*size_, view.size, true);
  choose(*lineColour_, view.lineColour, true);
  choose(*heatX_, view.heatX, false);
  choose(*heatY_, view.heatY, false);
  choose(*heatFigure_, view.heatFigure, false);
  choose(*effectFigure_, view.effectFigure, false);
  ScatterChoice choice = scatter_->choice();
  choice.xTurned = view.x.inverted;
  choice.xLogarithmic = view.x.logarithmic;
  choice.yTurned = view.y.inverted;
  choice.yLogarithmic = view.y.logarithmic;
  scatter_->setChoice(choice);
  // `refresh` takes all of them over at once.
  const QSignalBlocker quietFront(front_);
  front_->setChecked(view.front);
  std::vector<std::string> objectives = view.objectives;
  for (QAction* action : objectives_->menu()->actions()) {
    const QSignalBlocker quiet(action);
    const auto wanted =
        std::find(objectives.begin(), objectives.end(), action->data().toString().toStdString());
    action->setChecked(wanted != objectives.end());
    if (wanted != objectives.end()) objectives.erase(wanted);
  }
  for (const std::string& name : objectives) lacks(name);
  for (const ViewAxis& axis : view.axes) {
    if (table.find(axis.column) == std::nullopt) lacks(axis.column);
  }
  parallel_->setAxes(view.axes);
  const auto& plots = viewPlots();
  const auto tab = std::find(plots.begin(), plots.end(), view.plot);
  if (tab != plots.end()) tabs_->setCurrentIndex(static_cast<int>(tab - plots.begin()));
  refresh();
  return missing;
}

}  // namespace taktwerk
