// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QPoint>
#include <memory>
#include <vector>

class QAbstractItemView;
class QMimeData;
class QWidget;

namespace taktwerk::test {

/// What can be dragged of a list or tree, in its order.
[[nodiscard]] std::vector<QModelIndex> draggableEntries(const QAbstractItemView& view);
/// What a view gives to the drag of an entry, or null.
[[nodiscard]] std::unique_ptr<QMimeData> dragged(const QAbstractItemView& view, const QModelIndex& entry);

/// Drags something over a widget along points of it and drops it at the last, as the window system does: each
/// event goes through the application, and nothing more is sent once the widget does not want it. Gives what
/// was done with it; `Qt::IgnoreAction` when it was not wanted.
Qt::DropAction dragAndDrop(QWidget& target, const QMimeData& data, const std::vector<QPoint>& way,
                           Qt::KeyboardModifiers keys = {});
/// The same, but the mouse leaves without dropping.
void dragAcross(QWidget& target, const QMimeData& data, const std::vector<QPoint>& way);

}  // namespace taktwerk::test
