// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/palette_drag.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDropEvent>
#include <QMimeData>

namespace taktwerk::test {

namespace {

constexpr Qt::DropActions offered = Qt::CopyAction | Qt::MoveAction;

/// Enters and moves; false once the widget does not want it.
bool carry(QWidget& target, const QMimeData& data, const std::vector<QPoint>& way,
           Qt::KeyboardModifiers keys) {
  QDragEnterEvent enter(way.front(), offered, &data, Qt::LeftButton, keys);
  QApplication::sendEvent(&target, &enter);
  if (!enter.isAccepted()) return false;
  for (const QPoint& at : way) {
    QDragMoveEvent move(at, offered, &data, Qt::LeftButton, keys);
    QApplication::sendEvent(&target, &move);
  }
  return true;
}

}  // namespace

std::vector<QModelIndex> draggableEntries(const QAbstractItemView& view) {
  std::vector<QModelIndex> entries;
  const QAbstractItemModel& model = *view.model();
  std::vector<QModelIndex> open{QModelIndex()};
  while (!open.empty()) {
    const QModelIndex parent = open.back();
    open.pop_back();
    for (int row = 0; row < model.rowCount(parent); ++row) {
      const QModelIndex index = model.index(row, 0, parent);
      if (index.flags() & Qt::ItemIsDragEnabled) entries.push_back(index);
      open.push_back(index);
    }
  }
  return entries;
}

std::unique_ptr<QMimeData> dragged(const QAbstractItemView& view, const QModelIndex& entry) {
  return std::unique_ptr<QMimeData>(view.model()->mimeData({entry}));
}

Qt::DropAction dragAndDrop(QWidget& target, const QMimeData& data, const std::vector<QPoint>& way,
                           Qt::KeyboardModifiers keys) {
  if (!carry(target, data, way, keys)) return Qt::IgnoreAction;
  QDropEvent drop(way.back(), offered, &data, Qt::LeftButton, keys);
  if (keys & Qt::ShiftModifier) drop.setDropAction(Qt::MoveAction);
  QApplication::sendEvent(&target, &drop);
  return drop.isAccepted() ? drop.dropAction() : Qt::IgnoreAction;
}

void dragAcross(QWidget& target, const QMimeData& data, const std::vector<QPoint>& way) {
  if (!carry(target, data, way, {})) return;
  QDragLeaveEvent leave;
  QApplication::sendEvent(&target, &leave);
}

}  // namespace taktwerk::test
