// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/shortcut_editor.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/actions/command_table.h"
#include "widgets/actions/gestures.h"

namespace taktwerk {

namespace {

QString keysText(const QAction* action) {
  QStringList texts;
  for (const QKeySequence& key : action->shortcuts()) texts << key.toString(QKeySequence::NativeText);
  return texts.join(QStringLiteral(", "));
}

}  // namespace

ShortcutEditor::ShortcutEditor(CommandTable& commands, QWidget* parent)
    : QDialog(parent),
      commands_(commands),
      search_(new QLineEdit),
      list_(new QTreeWidget),
      key_(new QKeySequenceEdit),
      message_(new QLabel),
      assign_(new QPushButton(tr("Set key"))),
      clear_(new QPushButton(tr("No key"))),
      reset_(new QPushButton(tr("Reset"))),
      resetAll_(new QPushButton(tr("Reset all"))) {
  setWindowTitle(tr("Keys and gestures"));
  resize(760, 560);
  search_->setPlaceholderText(tr("Search a command, a key or a gesture"));
  search_->setClearButtonEnabled(true);
  search_->setAccessibleName(search_->placeholderText());
  list_->setHeaderLabels({tr("Command"), tr("Keys")});
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAccessibleName(tr("Commands and their keys"));
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  key_->setAccessibleName(tr("New key"));
  message_->setWordWrap(true);
  message_->setMinimumHeight(36);
  for (QPushButton* button : {assign_, clear_, reset_, resetAll_}) button->setAutoDefault(false);
  auto* row = new QHBoxLayout;
  row->addWidget(key_, 1);
  row->addWidget(assign_);
  row->addWidget(clear_);
  row->addWidget(reset_);
  row->addSpacing(12);
  row->addWidget(resetAll_);
  auto* column = new QVBoxLayout(this);
  column->addWidget(search_);
  column->addWidget(list_, 1);
  column->addWidget(message_);
  column->addLayout(row);
  connect(search_, &QLineEdit::textChanged, this, &ShortcutEditor::filter);
  connect(list_, &QTreeWidget::currentItemChanged, this, &ShortcutEditor::showCurrent);
  connect(list_, &QTreeWidget::itemDoubleClicked, this, [this] { key_->setFocus(); });
  connect(key_, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutEditor::showConflict);
  connect(assign_, &QPushButton::clicked, this, &ShortcutEditor::assign);
  connect(clear_, &QPushButton::clicked, this, [this] { commands_.setKeys(currentId(), {}); });
  connect(reset_, &QPushButton::clicked, this, [this] { commands_.resetKeys(currentId()); });
  connect(resetAll_, &QPushButton::clicked, this, [this] { commands_.resetAllKeys(); });
  connect(&commands_, &CommandTable::keysChanged, this, &ShortcutEditor::filter);
}

void ShortcutEditor::popUp() {
  search_->clear();
  filter();
  show();
  raise();
  activateWindow();
  search_->setFocus();
}

QString ShortcutEditor::currentId() const {
  const QTreeWidgetItem* item = list_->currentItem();
  return item ? item->data(0, Qt::UserRole).toString() : QString();
}

void ShortcutEditor::filter() {
  const QString current = currentId();
  const QStringList words = search_->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
  QTreeWidgetItem* again = nullptr;
  {
    const QSignalBlocker quiet(list_);
    list_->clear();
    for (const Command* command : commands_.commands()) {
      const QAction* action = command->action();
      const QString& id = command->id();
      const QString path = command->path();
      const QString keys = keysText(action);
      const QString haystack = path + QLatin1Char(' ') + keys + QLatin1Char(' ') + action->statusTip();
      bool match = true;
      for (const QString& word : words) match = match && haystack.contains(word, Qt::CaseInsensitive);
      if (!match) continue;
      auto* item = new QTreeWidgetItem(list_, {path, keys});
      item->setData(0, Qt::UserRole, id);
      item->setToolTip(0, action->statusTip());
      if (commands_.hasChangedKeys(id)) {
        QFont font = item->font(1);
        font.setBold(true);
        item->setFont(1, font);
        item->setToolTip(1, tr("Changed; at first %1").arg(commands_.defaultKeysText(id)));
      }
      if (id == current) again = item;
    }
    addGestures(words);
    list_->setCurrentItem(again ? again : list_->topLevelItem(0));
  }
  showCurrent();
}

void ShortcutEditor::addGestures(const QStringList& words) {
  for (const Gesture& gesture : gestures()) {
    QStringList keys;
    for (const QString& id : gesture.commands) {
      const QString text = commands_.find(id) ? keysText(commands_.action(id)) : QString();
      if (!text.isEmpty()) keys << text;
    }
    if (!gesture.keys.isEmpty()) keys << gesture.keys;
    const QString with = keys.join(tr("; "));
    const QString text = tr("%1: %2").arg(gesture.path, gesture.mouse);
    const bool match = std::all_of(words.begin(), words.end(), [&](const QString& word) {
      return text.contains(word, Qt::CaseInsensitive) || with.contains(word, Qt::CaseInsensitive);
    });
    if (!match) continue;
    auto* item = new QTreeWidgetItem(list_, {text, with});
    item->setToolTip(0, text);
    item->setToolTip(1, with);
  }
}

void ShortcutEditor::showCurrent() {
  const QString id = currentId();
  const bool any = !id.isEmpty();
  key_->clear();
  key_->setEnabled(any);
  clear_->setEnabled(any && !commands_.action(id)->shortcuts().isEmpty());
  reset_->setEnabled(any && commands_.hasChangedKeys(id));
  resetAll_->setEnabled(!commands_.changedKeys().isEmpty());
  showConflict();
}

void ShortcutEditor::showConflict() {
  const QString id = currentId();
  const QKeySequence key = key_->keySequence();
  assign_->setEnabled(!id.isEmpty() && !key.isEmpty());
  if (id.isEmpty()) {
    const QTreeWidgetItem* gesture = list_->currentItem();
    message_->setText(gesture ? tr("A gesture of the mouse; by keys: %1.").arg(gesture->text(1))
                              : tr("Nothing matches “%1”.").arg(search_->text()));
    return;
  }
  const QAction* action = commands_.action(id);
  if (key.isEmpty()) {
    message_->setText(tr("%1 — press the new key in the field below.").arg(action->statusTip()));
    return;
  }
  const QStringList others = commands_.conflicts(id, key);
  if (others.isEmpty()) {
    message_->setText(tr("%1 is free.").arg(key.toString(QKeySequence::NativeText)));
    return;
  }
  QStringList names;
  for (const QString& other : others) names << commands_.command(other).path();
  message_->setText(tr("⚠ %1 belongs to %2. Setting it here takes it from there.")
                        .arg(key.toString(QKeySequence::NativeText), names.join(tr(" and "))));
}

void ShortcutEditor::assign() {
  const QString id = currentId();
  const QKeySequence key = key_->keySequence();
  if (id.isEmpty() || key.isEmpty()) return;
  for (const QString& other : commands_.conflicts(id, key)) {
    QList<QKeySequence> kept = commands_.action(other)->shortcuts();
    kept.removeIf([&](const QKeySequence& k) {
      return k.matches(key) != QKeySequence::NoMatch || key.matches(k) != QKeySequence::NoMatch;
    });
    commands_.setKeys(other, kept);
  }
  commands_.setKeys(id, {key});
}

}  // namespace taktwerk
