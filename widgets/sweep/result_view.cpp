// SPDX-License-Identifier: GPL-3.0-or-later
// What views keep of the table of results, and its columns that are shown.
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>

#include "core/study/saved_view.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/result_plot.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

SavedView ResultPanel::currentView() const {
  SavedView view;
  const RowTable& table = results_.table();
  view.filter = results_.filter().text();
  if (const auto& order = results_.order()) {
    view.sort = table.columns()[order->column].name;
    view.descending = order->descending;
  }
  const QHeaderView& header = *table_->horizontalHeader();
  for (int place = 0; place < header.count(); ++place) {
    const std::string& name = table.columns()[static_cast<std::size_t>(header.logicalIndex(place))].name;
    if (!hidden_.contains(name)) view.columns.push_back(name);
  }
  view.hidden.assign(hidden_.begin(), hidden_.end());
  plots_->saveTo(view);
  return view;
}

QString ResultPanel::takeView(const SavedView& view) {
  const RowTable& table = results_.table();
  QStringList missing;
  QHeaderView& header = *table_->horizontalHeader();
  int next = 0;
  for (const std::string& name : view.columns) {
    const auto column = table.find(name);
    if (column && table.columns()[*column].name == name) {
      header.moveSection(header.visualIndex(static_cast<int>(*column)), next++);
    } else {
      missing << QString::fromStdString(name);
    }
  }
  hidden_ = {view.hidden.begin(), view.hidden.end()};
  // Numbers of points stay: a table without a column would have no header to bring others back by.
  if (!table.columns().empty()) hidden_.erase(table.columns().front().name);
  const auto sort = view.sort.empty() ? std::nullopt : table.find(view.sort);
  if (!sort && !view.sort.empty()) missing << QString::fromStdString(view.sort);
  header.setSortIndicator(sort ? static_cast<int>(*sort) : -1,
                          view.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
  // A filter that is not understood stays in its box, where it is said why.
  setFilter(QString::fromStdString(view.filter));
  missing += plots_->take(view);
  missing.removeDuplicates();
  foldConstants();
  if (missing.isEmpty()) return {};
  return tr("These results have no %1, which the view “%2” names; what else it says holds.")
      .arg(shortened(missing.join(tr(" and no "))), shortened(view.name, 60));
}

void ResultPanel::setColumnShown(const std::string& column, bool shown) {
  if (shown) {
    hidden_.erase(column);
  } else {
    hidden_.insert(column);
  }
  foldConstants();
}

void ResultPanel::showColumnMenu(const QPoint& at) {
  const RowTable& table = results_.table();
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addSection(tr("Columns"));
  for (std::size_t c = 1; c < table.columns().size(); ++c) {
    const std::string name = table.columns()[c].name;
    if (table.isConstant(c) && c != table.stateColumn()) continue;  // named below the table
    QAction* action = menu->addAction(columnTitle(table.columns()[c]));
    action->setCheckable(true);
    action->setChecked(!hidden_.contains(name));
    connect(action, &QAction::toggled, this, [this, name](bool on) { setColumnShown(name, on); });
  }
  menu->popup(table_->horizontalHeader()->mapToGlobal(at));
}

}  // namespace taktwerk
