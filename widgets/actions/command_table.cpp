// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/command_table.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include "widgets/theme/theme.h"

namespace taktwerk {

CommandTable::CommandTable(const Theme& theme, const std::vector<CommandSpec>& pages,
                           const std::vector<CommandSpec>& panels, QObject* parent)
    : QObject(parent), theme_(theme) {
  for (const CommandSpec& spec : commandSpecs()) {
    if (spec.id == QLatin1String("view.theme")) {
      for (const CommandSpec& page : pages) add(page);
    }
    add(spec);
    if (spec.id == QLatin1String("view.restore")) {
      for (const CommandSpec& panel : panels) add(panel);
    }
  }
  connect(&theme_, &Theme::changed, this, &CommandTable::refreshIcons);
  refreshIcons();
}

void CommandTable::add(const CommandSpec& spec) {
  auto* command = new Command(spec, this);
  connect(command, &Command::refused, this, &CommandTable::refused);
  commands_.insert(spec.id, command);
  ordered_.push_back(command);
}

Command& CommandTable::command(const QString& id) const {
  Command* command = commands_.value(id);
  Q_ASSERT_X(command, "CommandTable", qPrintable(id));
  return *command;
}

QAction* CommandTable::find(const QString& id) const {
  const Command* command = commands_.value(id);
  return command ? command->action() : nullptr;
}

void CommandTable::refresh() {
  for (Command* command : ordered_) command->refresh();
}

void CommandTable::addCanvasShortcuts(QWidget& widget, const QStringList& without) {
  for (const Command* command : ordered_) {
    if (isOfCanvas(command->id()) && !without.contains(command->id())) widget.addAction(command->action());
  }
}

void CommandTable::setKeys(const QString& id, const QList<QKeySequence>& keys) {
  Command* command = commands_.value(id);
  if (!command || command->action()->shortcuts() == keys) return;
  command->setKeys(keys);
  Q_EMIT keysChanged();
}

void CommandTable::resetAllKeys() {
  for (const Command* command : ordered_) resetKeys(command->id());
}

bool CommandTable::hasChangedKeys(const QString& id) const {
  const Command* command = commands_.value(id);
  return command && command->action()->shortcuts() != command->defaultKeys();
}

QString CommandTable::defaultKeysText(const QString& id) const {
  const QString text = QKeySequence::listToString(command(id).defaultKeys(), QKeySequence::NativeText);
  return text.isEmpty() ? tr("none") : text;
}

QStringList CommandTable::conflicts(const QString& id, const QKeySequence& key) const {
  QStringList found;
  if (key.isEmpty()) return found;
  for (const Command* each : ordered_) {
    if (each->id() == id) continue;
    for (const QKeySequence& k : each->action()->shortcuts()) {
      const bool same = k.matches(key) != QKeySequence::NoMatch || key.matches(k) != QKeySequence::NoMatch;
      if (same && !found.contains(each->id())) found << each->id();
    }
  }
  return found;
}

QMap<QString, QString> CommandTable::changedKeys() const {
  QMap<QString, QString> changed;
  for (const Command* each : ordered_) {
    if (!hasChangedKeys(each->id())) continue;
    changed.insert(each->id(),
                   QKeySequence::listToString(each->action()->shortcuts(), QKeySequence::PortableText));
  }
  return changed;
}

void CommandTable::applyKeys(const QMap<QString, QString>& changed) {
  for (auto entry = changed.begin(); entry != changed.end(); ++entry) {
    QList<QKeySequence> keys = QKeySequence::listFromString(entry.value(), QKeySequence::PortableText);
    keys.removeIf([](const QKeySequence& key) { return key.isEmpty() || key[0].key() == Qt::Key_unknown; });
    setKeys(entry.key(), keys);
  }
}

void CommandTable::fill(QMenuBar& menuBar) {
  QHash<QString, QMenu*> menus;
  for (const Command* command : ordered_) {
    QMenu*& menu = menus[command->spec().menu];
    if (!menu) {
      menu = menuBar.addMenu(command->spec().menu);
      menu->setToolTipsVisible(true);
    }
    if (command->spec().separatorBefore) menu->addSeparator();
    menu->addAction(command->action());
  }
}

void CommandTable::fill(QToolBar& toolBar, bool ofCanvas) {
  for (const Command* command : ordered_) {
    const CommandSpec& spec = command->spec();
    const bool looks = spec.id.startsWith(QLatin1String("view.")) && spec.toolbar;  // at the canvas
    if (!spec.toolbar || ofCanvas != (looks || isOfCanvas(spec.id))) continue;
    if (spec.separatorBefore && !toolBar.actions().isEmpty()) toolBar.addSeparator();
    toolBar.addAction(command->action());
  }
}

void CommandTable::refreshIcons() {
  for (const Command* command : ordered_) {
    if (!command->spec().icon.isEmpty()) command->action()->setIcon(theme_.icon(command->spec().icon));
  }
}

}  // namespace taktwerk
