// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/command_table.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include "widgets/theme/theme.h"

namespace taktwerk {

const std::vector<CommandSpec>& commandSpecs() {
  static const std::vector<CommandSpec> specs = {
      {"file.new", "&File", "&New", "Ctrl+N", "new", "Begin an empty architecture", true},
      {"file.open", "&File", "&Open…", "Ctrl+O", "open",
       "Open an architecture, network, mapping or workspace", true},
      {"file.recent", "&File", "Open &recent", "", "", "Files opened before"},
      {"file.reload", "&File", "&Reload", "Ctrl+R", "reload", "Read the open file again"},
      {"file.save", "&File", "&Save", "Ctrl+S", "save", "Write the architecture to its file", true, true},
      {"file.saveAs", "&File", "Save &as…", "Ctrl+Shift+S", "", "Write the architecture to another file"},
      {"file.saveWorkspace", "&File", "Save &workspace…", "", "",
       "Save which architecture, network, mappings and parameters belong together"},
      {"file.saveNetwork", "&File", "Save &network as…", "", "",
       "Write the network as it is on its page, also an imported one, to a file"},
      {"file.export", "&File", "&Export diagram…", "", "", "Write the block diagram as SVG, PDF or PNG"},
      {"file.print", "&File", "&Print…", "Ctrl+P", "", "Print the block diagram"},
      {"file.close", "&File", "&Close", "Ctrl+W", "", "Close the architecture and show the start page", false,
       true},
      {"file.quit", "&File", "&Quit", "Ctrl+Q", "", "Leave Taktwerk"},
      {"edit.undo", "&Edit", "&Undo", "Ctrl+Z", "undo", "Take back the latest step", true, true},
      {"edit.redo", "&Edit", "&Redo", "Ctrl+Shift+Z Ctrl+Y", "redo", "Make the step again", true},
      {"edit.cut", "&Edit", "Cu&t", "Ctrl+X", "", "Copy what is selected and delete it", false, true},
      {"edit.copy", "&Edit", "&Copy", "Ctrl+C", "",
       "Copy what is selected as text that can be pasted here, into another window or into a file"},
      {"edit.paste", "&Edit", "&Paste", "Ctrl+V", "", "Add the blocks of the clipboard at the cursor"},
      {"edit.duplicate", "&Edit", "D&uplicate", "Ctrl+D", "", "Add what is selected once more"},
      {"edit.rename", "&Edit", "Rena&me", "F2", "", "Give the selected block another name"},
      {"edit.delete", "&Edit", "&Delete", "Del", "", "Delete the selected blocks or the connection"},
      {"edit.selectAll", "&Edit", "Select &all", "Ctrl+A", "", "Select every block", false, true},
      {"edit.find", "&Edit", "&Find block…", "Ctrl+F", "search", "Find a block by its name in the outline"},
      {"insert.quickAdd", "&Insert", "&Add block…", "A", "add",
       "Search a class or template and add it at the cursor", true, true},
      {"tool.select", "&Insert", "&Select and move", "S", "select",
       "Select, move, connect at ports and handles", true},
      {"tool.wire", "&Insert", "&Connect", "W", "wire", "Draw connections from block to block", true},
      {"tool.array", "&Insert", "&Array", "Shift+A", "",
       "Drag a block or an instance out into rows and columns, or click it to type them"},
      {"arrange.tidy", "&Arrange", "&Tidy", "Ctrl+L", "",
       "Lay out the selected blocks anew, or all when none are selected"},
      {"arrange.pin", "&Arrange", "&Pin position", "Shift+P", "",
       "Tidying up leaves the selected blocks where they are"},
      {"arrange.left", "&Arrange", "Align &left", "Alt+Shift+Left", "", "Left sides on one line", false,
       true},
      {"arrange.right", "&Arrange", "Align &right", "Alt+Shift+Right", "", "Right sides on one line"},
      {"arrange.top", "&Arrange", "Align t&op", "Alt+Shift+Up", "", "Top sides on one line"},
      {"arrange.bottom", "&Arrange", "Align &bottom", "Alt+Shift+Down", "", "Bottom sides on one line"},
      {"arrange.centreX", "&Arrange", "Centre one &above the other", "", "", "Middles on one upright line"},
      {"arrange.centreY", "&Arrange", "Centre &side by side", "", "", "Middles on one level line"},
      {"arrange.distributeX", "&Arrange", "Distribute &horizontally", "", "", "Equal gaps from left to right",
       false, true},
      {"arrange.distributeY", "&Arrange", "Distribute &vertically", "", "", "Equal gaps from top to bottom"},
      {"arrange.removeBends", "&Arrange", "Remove &bends of wires", "", "",
       "Find the lines of the selected wires anew, or of all when nothing is selected", false, true},
      {"arrange.template", "&Arrange", "&Make template from selection…", "", "",
       "Turn the selected blocks and the connections among them into a template, with one instance in their "
       "place",
       false, true},
      {"arrange.array", "&Arrange", "Ma&ke array…", "", "",
       "Repeat the selected block or instance in rows and columns, or change how often it is there"},
      {"arrange.openArray", "&Arrange", "&Write out array", "", "",
       "Turn the selected array into its single elements, each wired as it is now"},
      {"arrange.ungroup", "&Arrange", "&Ungroup instance", "Ctrl+Shift+G", "",
       "Turn the selected instance into the blocks of its template"},
      {"arrange.intoTemplate", "&Arrange", "Move &into template", "", "",
       "Make the selected blocks part of the template of the selected instance, with their wires"},
      {"arrange.outOfTemplate", "&Arrange", "Move &out of template", "", "",
       "Take the selected block out of its template, with its wires"},
      {"arrange.updateTemplate", "&Arrange", "Update from li&brary", "", "",
       "Bring the template of the selected instance to what the library has now"},
      {"view.fit", "&View", "&Fit to window", "F Ctrl+0", "fit", "Show the whole diagram", true, true},
      {"view.fitSelection", "&View", "Fit &selection", "Shift+F", "",
       "Show what is selected as large as it fits"},
      {"view.zoomIn", "&View", "Zoom &in", "+ Ctrl++", "zoom-in", "Larger", true},
      {"view.zoomOut", "&View", "Zoom &out", "- Ctrl+-", "zoom-out", "Smaller", true},
      {"view.zoom100", "&View", "&100 %", "1", "", "One pixel a unit of the diagram"},
      {"view.back", "&View", "&Back", "Alt+Left", "", "Go back to what was shown before", false, true},
      {"view.forward", "&View", "F&orward", "Alt+Right", "", "Go on to what was shown after"},
      {"group.open", "&View", "&Open group", "Return Enter", "",
       "Show what is in the selected array or instance", false, true},
      {"group.close", "&View", "&Close group", "Backspace", "", "Show the group as one block again"},
      {"group.deeper", "&View", "Open one level &more", "*", "",
       "Open the groups that are closed, everywhere"},
      {"group.shallower", "&View", "Close one level", "/", "", "Close the innermost groups, everywhere"},
      {"view.diagram", "&View", "&Diagram", "Ctrl+1", "", "Show the block diagram", false, true},
      {"view.source", "&View", "Source &text", "Ctrl+2", "", "Show the text of the file"},
      {"view.network", "&View", "&Network", "Ctrl+3", "",
       "Show the layers of the network as table and graph"},
      {"view.mapping", "&View", "&Mapping", "Ctrl+4", "",
       "Show how each layer lies on the accelerator, and change it"},
      {"view.theme", "&View", "&Dark theme", "Ctrl+Shift+D", "theme", "Switch between light and dark", false,
       true},
      {"view.fullScreen", "&View", "F&ull screen", "F11", "", "Use the whole screen"},
      {"view.restore", "&View", "&Restore default layout", "", "", "Put every panel back to its place"},
      {"analyse.run", "&Analyse", "&Run", "F5", "run",
       "Estimate the cycles of the network on this architecture"},
      {"analyse.stop", "&Analyse", "&Stop", "Shift+F5", "stop", "Stop the running estimate"},
      {"analyse.nextProblem", "&Analyse", "&Next problem", "F8", "", "Go to the next problem", false, true},
      {"analyse.previousProblem", "&Analyse", "&Previous problem", "Shift+F8", "",
       "Go to the problem before"},
      {"analyse.approve", "&Analyse", "A&pprove warning…", "", "",
       "Mark the warning chosen in the list of problems as right, with a note"},
      {"help.palette", "&Help", "&Command palette", "Ctrl+K F1", "search", "Find and run any command"},
      {"help.keys", "&Help", "&Keyboard shortcuts", "?", "",
       "All commands with their keys, which can be changed"},
      {"help.about", "&Help", "&About Taktwerk", "", "", "Version and licence", false, true},
  };
  return specs;
}

namespace {

bool isOfCanvas(const QAction* action) {
  const QString id = action->objectName();
  if (id == QLatin1String("edit.undo") || id == QLatin1String("edit.redo") ||
      id == QLatin1String("edit.find"))
    return false;
  return id.startsWith(QLatin1String("edit.")) || id.startsWith(QLatin1String("insert.")) ||
         id.startsWith(QLatin1String("tool.")) || id.startsWith(QLatin1String("group.")) ||
         id.startsWith(QLatin1String("arrange."));
}

}  // namespace

CommandTable::CommandTable(const Theme& theme, QObject* parent) : QObject(parent), theme_(theme) {
  for (const CommandSpec& spec : commandSpecs()) {
    auto* action = new QAction(tr(spec.text), this);
    const QString id = QString::fromLatin1(spec.id);
    action->setObjectName(id);
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(spec.keys).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
      keys << QKeySequence(key, QKeySequence::PortableText);
    }
    action->setShortcuts(keys);
    defaults_.insert(id, keys);
    action->setStatusTip(tr(spec.help));
    actions_.insert(id, action);
    ordered_.push_back(action);
    setDisabledReason(id, {});
  }
  // Letters and the clipboard are the canvas's while it has the keyboard, and of whoever else has it else.
  for (QAction* action : ordered_) {
    if (isOfCanvas(action)) action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  }
  action(QStringLiteral("view.theme"))->setCheckable(true);
  action(QStringLiteral("view.fullScreen"))->setCheckable(true);
  action(QStringLiteral("arrange.pin"))->setCheckable(true);
  connect(&theme_, &Theme::changed, this, &CommandTable::refreshIcons);
  refreshIcons();
}

void CommandTable::addCanvasShortcuts(QWidget& widget, const QStringList& without) {
  for (QAction* action : ordered_) {
    if (isOfCanvas(action) && !without.contains(action->objectName())) widget.addAction(action);
  }
}

QAction* CommandTable::action(const QString& id) const {
  QAction* action = actions_.value(id);
  Q_ASSERT_X(action, "CommandTable", qPrintable(id));
  return action;
}

void CommandTable::onTriggered(const QString& id, std::function<void()> run) {
  connect(action(id), &QAction::triggered, this, [run = std::move(run)] { run(); });
}

void CommandTable::setDisabledReason(const QString& id, const QString& reason) {
  action(id)->setEnabled(reason.isEmpty());
  reasons_.insert(id, reason);
  refreshTip(id);
}

void CommandTable::setKeys(const QString& id, const QList<QKeySequence>& keys) {
  QAction* a = find(id);
  if (!a || a->shortcuts() == keys) return;
  a->setShortcuts(keys);
  refreshTip(id);
  Q_EMIT keysChanged();
}

void CommandTable::resetKeys(const QString& id) {
  setKeys(id, defaults_.value(id));
}

void CommandTable::resetAllKeys() {
  for (const QAction* a : ordered_) resetKeys(a->objectName());
}

bool CommandTable::hasChangedKeys(const QString& id) const {
  const QAction* a = find(id);
  return a && a->shortcuts() != defaults_.value(id);
}

QString CommandTable::defaultKeysText(const QString& id) const {
  const QString text = QKeySequence::listToString(defaults_.value(id), QKeySequence::NativeText);
  return text.isEmpty() ? tr("none") : text;
}

QStringList CommandTable::conflicts(const QString& id, const QKeySequence& key) const {
  QStringList found;
  for (const QAction* a : ordered_) {
    if (a->objectName() == id) continue;
    for (const QKeySequence& k : a->shortcuts()) {
      const bool same = k.matches(key) != QKeySequence::NoMatch || key.matches(k) != QKeySequence::NoMatch;
      if (same && !found.contains(a->objectName())) found << a->objectName();
    }
  }
  return found;
}

QMap<QString, QString> CommandTable::changedKeys() const {
  QMap<QString, QString> changed;
  for (const QAction* a : ordered_) {
    if (!hasChangedKeys(a->objectName())) continue;
    changed.insert(a->objectName(), QKeySequence::listToString(a->shortcuts(), QKeySequence::PortableText));
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

void CommandTable::refreshTip(const QString& id) {
  QAction* a = action(id);
  const QString reason = reasons_.value(id);
  QString tip = reason.isEmpty() ? a->statusTip() : reason;
  if (!a->shortcut().isEmpty()) {
    tip += QStringLiteral("  (%1)").arg(a->shortcut().toString(QKeySequence::NativeText));
  }
  a->setToolTip(tip);
}

QString CommandTable::pathOf(const QAction* action) const {
  for (const CommandSpec& spec : commandSpecs()) {
    if (action->objectName() != QLatin1String(spec.id)) continue;
    QString path = tr(spec.menu) + QStringLiteral(" › ") + tr(spec.text);
    return path.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
  }
  return {};
}

void CommandTable::fill(QMenuBar& menuBar) {
  QHash<QString, QMenu*> menus;
  for (const CommandSpec& spec : commandSpecs()) {
    QMenu*& menu = menus[QString::fromLatin1(spec.menu)];
    if (!menu) {
      menu = menuBar.addMenu(tr(spec.menu));
      menu->setToolTipsVisible(true);
    }
    if (spec.separatorBefore) menu->addSeparator();
    menu->addAction(action(QString::fromLatin1(spec.id)));
  }
}

void CommandTable::fill(QToolBar& toolBar) {
  for (const CommandSpec& spec : commandSpecs()) {
    if (!spec.toolbar) continue;
    if (spec.separatorBefore) toolBar.addSeparator();
    toolBar.addAction(action(QString::fromLatin1(spec.id)));
  }
}

void CommandTable::refreshIcons() {
  for (const CommandSpec& spec : commandSpecs()) {
    if (spec.icon[0] != '\0') {
      action(QString::fromLatin1(spec.id))->setIcon(theme_.icon(QString::fromLatin1(spec.icon)));
    }
  }
}

}  // namespace taktwerk
