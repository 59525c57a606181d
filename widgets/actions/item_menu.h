// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>
#include <initializer_list>

class QAbstractItemView;
class QMenu;
class QModelIndex;

namespace taktwerk {

class CommandTable;

/// Adds those of some commands that can be used just now to a menu, behind a line.
void offerCommands(QMenu& menu, const CommandTable& commands, std::initializer_list<const char*> ids);

/// The menu of a row of a list, tree or table: of the one under the mouse, which is selected then, or by the
/// menu key of the current one.
class ItemMenu : public QObject {
  Q_OBJECT
 public:
  /// `fill` is given what the menu is about, and leaves the menu empty when there is nothing to offer.
  using Fill = std::function<void(QMenu& menu, const QModelIndex& index)>;
  ItemMenu(QAbstractItemView& view, Fill fill);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QAbstractItemView& view_;
  Fill fill_;
};

}  // namespace taktwerk
