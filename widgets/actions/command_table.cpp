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
      {"file.open", "&File", "&Open…", "Ctrl+O", "open",
       "Open an architecture, network, mapping or workspace", true},
      {"file.recent", "&File", "Open &recent", "", "", "Files opened before"},
      {"file.reload", "&File", "&Reload", "Ctrl+R", "reload", "Read the open file again", true},
      {"file.saveWorkspace", "&File", "&Save workspace…", "Ctrl+S", "save",
       "Save which architecture, network, mappings and parameters belong together", false, true},
      {"file.saveNetwork", "&File", "Save &network as…", "", "",
       "Write the network as it is on its page, also an imported one, to a file"},
      {"file.exportSvg", "&File", "&Export diagram as SVG…", "", "", "Write the block diagram as a picture"},
      {"file.close", "&File", "&Close", "Ctrl+W", "", "Close the architecture and show the start page", false,
       true},
      {"file.quit", "&File", "&Quit", "Ctrl+Q", "", "Leave Taktwerk"},
      {"edit.selectAll", "&Edit", "Select &all", "Ctrl+A", "", "Select every block"},
      {"edit.find", "&Edit", "&Find block…", "Ctrl+F", "search", "Find a block by its name in the outline"},
      {"view.fit", "&View", "&Fit to window", "F Ctrl+0", "fit", "Show the whole diagram", true, true},
      {"view.fitSelection", "&View", "Fit &selection", "Shift+F", "",
       "Show what is selected as large as it fits"},
      {"view.zoomIn", "&View", "Zoom &in", "+ Ctrl++", "zoom-in", "Larger", true},
      {"view.zoomOut", "&View", "Zoom &out", "- Ctrl+-", "zoom-out", "Smaller", true},
      {"view.zoom100", "&View", "&100 %", "1", "", "One pixel a unit of the diagram"},
      {"view.diagram", "&View", "&Diagram", "Ctrl+1", "", "Show the block diagram", false, true},
      {"view.source", "&View", "Source &text", "Ctrl+2", "", "Show the text of the file"},
      {"view.network", "&View", "&Network", "Ctrl+3", "",
       "Show the layers of the network as table and graph"},
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
      {"help.palette", "&Help", "&Command palette", "Ctrl+K F1", "search", "Find and run any command"},
      {"help.keys", "&Help", "&Keyboard shortcuts", "?", "", "All commands with their keys"},
      {"help.about", "&Help", "&About Taktwerk", "", "", "Version and licence", false, true},
  };
  return specs;
}

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
    action->setStatusTip(tr(spec.help));
    actions_.insert(id, action);
    ordered_.push_back(action);
    setDisabledReason(id, {});
  }
  action(QStringLiteral("view.theme"))->setCheckable(true);
  action(QStringLiteral("view.fullScreen"))->setCheckable(true);
  connect(&theme_, &Theme::changed, this, &CommandTable::refreshIcons);
  refreshIcons();
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
  QAction* a = action(id);
  a->setEnabled(reason.isEmpty());
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
