// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QListView>

namespace taktwerk {

class History;

/// The steps of a history as rows, after a first one for what was before all of them.
class HistoryModel : public QAbstractListModel {
  Q_OBJECT
 public:
  explicit HistoryModel(History& history, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  History& history_;
};

/// The steps as a list, the latest one done selected. Choosing a row goes there.
class HistoryView : public QListView {
  Q_OBJECT
 public:
  explicit HistoryView(History& history, QWidget* parent = nullptr);

 private:
  void showIndex();

  History& history_;
};

}  // namespace taktwerk
