// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/history/history_view.h"

#include <QItemSelectionModel>

#include "widgets/document/history.h"

namespace taktwerk {

HistoryModel::HistoryModel(History& history, QObject* parent)
    : QAbstractListModel(parent), history_(history) {
  connect(&history_, &History::indexChanged, this, [this] {
    beginResetModel();
    endResetModel();
  });
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : history_.count() + 1;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) return {};
  if (index.row() == 0) return tr("As opened");
  return history_.text(index.row() - 1);
}

HistoryView::HistoryView(History& history, QWidget* parent) : QListView(parent), history_(history) {
  setModel(new HistoryModel(history_, this));
  setAccessibleName(tr("History"));
  connect(&history_, &History::indexChanged, this, &HistoryView::showIndex);
  connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
    // Invalid while the rows are made anew.
    if (now.isValid()) history_.setIndex(now.row());
  });
  showIndex();
}

void HistoryView::showIndex() {
  selectionModel()->setCurrentIndex(model()->index(history_.index(), 0), QItemSelectionModel::ClearAndSelect);
}

}  // namespace taktwerk
