// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/connect_box.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace taktwerk {

ConnectBox::ConnectBox(QWidget* parent)
    : QDialog(parent, Qt::Popup), text_(new QLineEdit), list_(new QListWidget) {
  setObjectName(QStringLiteral("connectBox"));
  setFixedSize(400, 320);
  text_->setPlaceholderText(tr("Connect: type a part of a name"));
  text_->setAccessibleName(tr("Wire to make"));
  text_->installEventFilter(this);
  list_->setAccessibleName(tr("Wires that can be made"));
  list_->setUniformItemSizes(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->addWidget(text_);
  column->addWidget(list_, 1);
  connect(text_, &QLineEdit::textChanged, this, &ConnectBox::filter);
  connect(list_, &QListWidget::itemClicked, this, &ConnectBox::accept);
}

void ConnectBox::popUp(const QString& block, std::vector<Choice> choices, QPoint globalPosition) {
  block_ = block;
  choices_ = std::move(choices);
  text_->clear();
  filter({});
  move(globalPosition);
  show();
  text_->setFocus();
}

void ConnectBox::hideEvent(QHideEvent* event) {
  QDialog::hideEvent(event);
  Q_EMIT closed();
}

bool ConnectBox::eventFilter(QObject* watched, QEvent* event) {
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

void ConnectBox::filter(const QString& text) {
  const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  shown_.clear();
  list_->clear();
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const QString& sentence = choices_[i].sentence;
    const bool matches = std::all_of(words.begin(), words.end(), [&](const QString& word) {
      return sentence.contains(word, Qt::CaseInsensitive);
    });
    if (!matches) continue;
    shown_.push_back(i);
    list_->addItem(sentence);
  }
  if (shown_.empty()) {
    auto* item = new QListWidgetItem(choices_.empty() ? tr("There is nothing to connect %1 to.").arg(block_)
                                                      : tr("Nothing matches “%1”.").arg(text),
                                     list_);
    item->setFlags(Qt::NoItemFlags);
  } else {
    list_->setCurrentRow(0);
  }
}

void ConnectBox::accept() {
  const int row = list_->currentRow();
  if (row < 0 || row >= static_cast<int>(shown_.size())) return;
  const std::function<void()> make = choices_[shown_[static_cast<std::size_t>(row)]].make;
  hide();
  make();
}

}  // namespace taktwerk
