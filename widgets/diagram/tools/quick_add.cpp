// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/quick_add.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>

#include "widgets/theme/theme.h"

namespace taktwerk {

QuickAdd::QuickAdd(const Theme& theme, QWidget* parent)
    : QDialog(parent, Qt::Popup), theme_(theme), text_(new QLineEdit), list_(new QListWidget) {
  setObjectName(QStringLiteral("quickAdd"));
  setFixedSize(340, 320);
  text_->setPlaceholderText(tr("Add a block: type a part of its name"));
  text_->setAccessibleName(tr("Block to add"));
  text_->installEventFilter(this);
  list_->setIconSize(QSize(16, 16));
  list_->setUniformItemSizes(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(text_);
  column->addWidget(list_, 1);
  connect(text_, &QLineEdit::textChanged, this, &QuickAdd::filter);
  connect(list_, &QListWidget::itemClicked, this, &QuickAdd::accept);
}

void QuickAdd::popUp(std::vector<Placeable> choices, QPoint globalPosition) {
  choices_ = std::move(choices);
  text_->clear();
  filter({});
  move(globalPosition);
  show();
  text_->setFocus();
}

void QuickAdd::hideEvent(QHideEvent* event) {
  QDialog::hideEvent(event);
  Q_EMIT closed();
}

bool QuickAdd::eventFilter(QObject* watched, QEvent* event) {
  if (watched == text_ && event->type() == QEvent::ShortcutOverride) event->accept();  // typed, no command
  if (watched == text_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
      const int row = list_->currentRow() + (key == Qt::Key_Down ? 1 : -1);
      if (row >= 0 && row < list_->count()) list_->setCurrentRow(row);
      return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
      accept();
      return true;
    }
  }
  return QDialog::eventFilter(watched, event);
}

void QuickAdd::filter(const QString& text) {
  shown_ = matching(choices_, text);
  list_->clear();
  for (const Placeable& what : shown_) {
    auto* item = new QListWidgetItem(iconOf(theme_, what), what.title, list_);
    item->setToolTip(what.description);
  }
  if (list_->count() == 0) {
    auto* item = new QListWidgetItem(tr("Nothing matches “%1”.").arg(text), list_);
    item->setFlags(Qt::NoItemFlags);
  } else {
    list_->setCurrentRow(0);
  }
}

void QuickAdd::accept() {
  const int row = list_->currentRow();
  if (row < 0 || row >= static_cast<int>(shown_.size())) return;
  const Placeable what = shown_[static_cast<std::size_t>(row)];
  hide();
  Q_EMIT chosen(what);
}

}  // namespace taktwerk
