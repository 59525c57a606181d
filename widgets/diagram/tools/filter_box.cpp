// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/filter_box.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace taktwerk {

FilterBox::FilterBox(const QString& names, QSize size, QWidget* parent)
    : QDialog(parent, Qt::Popup), text_(new QLineEdit), list_(new QListWidget) {
  setFixedSize(size);
  text_->setAccessibleName(names);
  text_->installEventFilter(this);
  list_->setUniformItemSizes(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(text_);
  column->addWidget(list_, 1);
  connect(text_, &QLineEdit::textChanged, this, &FilterBox::filter);
  connect(list_, &QListWidget::itemClicked, this, &FilterBox::accept);
}

void FilterBox::openAt(QPoint globalPosition) {
  text_->clear();
  filter({});
  move(globalPosition);
  show();
  text_->setFocus();
}

QString FilterBox::whyEmpty(const QString& text) const {
  return tr("Nothing matches “%1”.").arg(text);
}

void FilterBox::hideEvent(QHideEvent* event) {
  QDialog::hideEvent(event);
  Q_EMIT closed();
}

bool FilterBox::eventFilter(QObject* watched, QEvent* event) {
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

void FilterBox::filter(const QString& text) {
  list_->clear();
  rows_ = fill(text);
  if (rows_ > 0) return list_->setCurrentRow(0);
  auto* item = new QListWidgetItem(whyEmpty(text), list_);
  item->setFlags(Qt::NoItemFlags);
}

void FilterBox::accept() {
  const int row = list_->currentRow();
  if (row < 0 || row >= rows_) return;
  hide();
  take(row);
}

}  // namespace taktwerk
