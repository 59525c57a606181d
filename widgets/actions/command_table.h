// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMap>
#include <QObject>
#include <QStringList>
#include <vector>

#include "widgets/actions/command.h"

class QMenuBar;
class QToolBar;
class QWidget;

namespace taktwerk {

class Theme;

/// All commands of a window, in the order of menus. Menus, tool bar, shortcuts, the palette of commands and
/// the list of keys are made from it.
class CommandTable : public QObject {
  Q_OBJECT
 public:
  /// Commands of views besides those of the list: of pages in front of `view.theme`, of panels behind
  /// `view.restore`.
  explicit CommandTable(const Theme& theme, const std::vector<CommandSpec>& pages = {},
                        const std::vector<CommandSpec>& panels = {}, QObject* parent = nullptr);

  [[nodiscard]] const std::vector<Command*>& commands() const { return ordered_; }
  /// One that is in the list.
  [[nodiscard]] Command& command(const QString& id) const;
  [[nodiscard]] QAction* action(const QString& id) const { return command(id).action(); }
  /// As `action`, or null.
  [[nodiscard]] QAction* find(const QString& id) const;
  void bind(const QString& id, CommandBehaviour behaviour) const { command(id).bind(std::move(behaviour)); }
  /// What can be used may have changed: every command looks again.
  void refresh();

  /// Keys in the place of those a command has; menus, tooltips and all lists of keys follow.
  void setKeys(const QString& id, const QList<QKeySequence>& keys);
  void resetKeys(const QString& id) { setKeys(id, command(id).defaultKeys()); }
  void resetAllKeys();
  [[nodiscard]] bool hasChangedKeys(const QString& id) const;
  [[nodiscard]] QString defaultKeysText(const QString& id) const;
  /// Commands other than `id` that have the key, or one that begins with it or that it begins with.
  [[nodiscard]] QStringList conflicts(const QString& id, const QKeySequence& key) const;
  /// Commands whose keys are not those of the list, with their keys as text: what settings keep.
  [[nodiscard]] QMap<QString, QString> changedKeys() const;
  void applyKeys(const QMap<QString, QString>& changed);

  /// Lets the keys of editing work in a widget and what is in it, but for commands whose keys mean something
  /// else there.
  void addCanvasShortcuts(QWidget& widget, const QStringList& without = {});
  void fill(QMenuBar& menuBar);
  /// With the commands of the canvas, or with the others.
  void fill(QToolBar& toolBar, bool ofCanvas);

 Q_SIGNALS:
  void keysChanged();
  /// A command was asked for that cannot be used now.
  void refused(const QString& reason);

 private:
  void add(const CommandSpec& spec);
  void refreshIcons();

  const Theme& theme_;
  QHash<QString, Command*> commands_;
  std::vector<Command*> ordered_;
};

}  // namespace taktwerk
