// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/item_menu.h"

#include <QAbstractItemView>
#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>

#include "widgets/actions/command_table.h"

namespace taktwerk {

void offerCommands(QMenu& menu, const CommandTable& commands, std::initializer_list<const char*> ids) {
  menu.addSeparator();
  for (const char* id : ids) {
    Command& each = commands.command(QLatin1String(id));
    each.refresh();
    if (each.action()->isEnabled()) menu.addAction(each.action());
  }
}

ItemMenu::ItemMenu(QAbstractItemView& view, Fill fill) : QObject(&view), view_(view), fill_(std::move(fill)) {
  view_.installEventFilter(this);
  view_.viewport()->installEventFilter(this);
}

bool ItemMenu::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ContextMenu) return QObject::eventFilter(watched, event);
  const auto* asked = static_cast<QContextMenuEvent*>(event);
  // The place that a key gives is that of the current row, but counted from the view with its headings.
  const bool keyed = asked->reason() == QContextMenuEvent::Keyboard;
  if (!keyed && watched != view_.viewport()) return false;
  // Selecting a row can make the rows anew.
  const QPersistentModelIndex index = keyed ? view_.currentIndex() : view_.indexAt(asked->pos());
  if (!index.isValid()) return true;
  if (!view_.selectionModel()->isSelected(index)) view_.setCurrentIndex(index);
  if (!index.isValid()) return true;
  auto* menu = new QMenu(&view_);
  menu->setObjectName(QStringLiteral("contextMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setToolTipsVisible(true);
  fill_(*menu, index);
  if (menu->isEmpty()) {
    delete menu;
    return true;
  }
  menu->popup(view_.viewport()->mapToGlobal(keyed ? view_.visualRect(index).center() : asked->pos()));
  return true;
}

}  // namespace taktwerk
