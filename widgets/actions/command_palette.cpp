// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/command_palette.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>

#include "widgets/actions/command_table.h"

namespace taktwerk {

CommandPalette::CommandPalette(const CommandTable& commands, QWidget* parent)
    : QDialog(parent, Qt::Popup), commands_(commands), text_(new QLineEdit), list_(new QTreeWidget) {
  setFixedSize(520, 380);
  text_->setPlaceholderText(tr("Type a command"));
  text_->installEventFilter(this);
  list_->setColumnCount(2);
  list_->setHeaderHidden(true);
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(text_);
  column->addWidget(list_, 1);
  connect(text_, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(list_, &QTreeWidget::itemClicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::popUp() {
  text_->clear();
  filter({});
  if (const QWidget* window = parentWidget()) {
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, 90)));
  }
  show();
  text_->setFocus();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == text_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      QTreeWidgetItem* current = list_->currentItem();
      QTreeWidgetItem* next = key == Qt::Key_Down ? list_->itemBelow(current) : list_->itemAbove(current);
      if (next) list_->setCurrentItem(next);
      return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      runCurrent();
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

void CommandPalette::filter(const QString& text) {
  list_->clear();
  const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  for (Command* command : commands_.commands()) {
    const QAction* action = command->action();
    const QString path = command->path();
    const QString haystack = path + QLatin1Char(' ') + action->statusTip();
    bool match = true;
    for (const QString& word : words) match = match && haystack.contains(word, Qt::CaseInsensitive);
    if (!match) continue;
    auto* item = new QTreeWidgetItem(list_, {path, action->shortcut().toString(QKeySequence::NativeText)});
    item->setData(0, Qt::UserRole, QVariant::fromValue<QObject*>(command));
    item->setToolTip(0, action->toolTip());
    item->setDisabled(!action->isEnabled());
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
  }
  if (QTreeWidgetItem* first = list_->topLevelItem(0)) list_->setCurrentItem(first);
}

void CommandPalette::runCurrent() {
  const QTreeWidgetItem* item = list_->currentItem();
  if (!item || item->isDisabled()) return;
  auto* command = qobject_cast<Command*>(item->data(0, Qt::UserRole).value<QObject*>());
  hide();
  if (command) command->action()->trigger();
}

}  // namespace taktwerk
