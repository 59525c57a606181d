// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QKeySequence>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

class QAction;
class QMenuBar;
class QToolBar;
class QWidget;

namespace taktwerk {

class Theme;

/// Everything there is to know of a command but what it does. The one list of them is `commandSpecs`: menus,
/// toolbar, shortcuts, the command palette and the shortcut help are made from it.
struct CommandSpec {
  const char* id;    ///< "view.fit"
  const char* menu;  ///< title of its menu: "View"
  const char* text;  ///< with its mnemonic: "&Fit to window"
  const char* keys;  ///< shortcuts in portable text, divided by blanks: "F Ctrl+0"; or ""
  const char* icon;  ///< a file of resources/icons, or ""
  const char* help;  ///< one sentence for tooltip and status bar
  bool toolbar = false;
  bool separatorBefore = false;  ///< in menu and toolbar
};

[[nodiscard]] const std::vector<CommandSpec>& commandSpecs();

/// The commands as actions. Disabled commands say why in their tooltip.
class CommandTable : public QObject {
  Q_OBJECT
 public:
  explicit CommandTable(const Theme& theme, QObject* parent = nullptr);

  /// The action of a command that is in the list.
  [[nodiscard]] QAction* action(const QString& id) const;
  /// As `action`, or null.
  [[nodiscard]] QAction* find(const QString& id) const { return actions_.value(id); }
  [[nodiscard]] const std::vector<QAction*>& actions() const { return ordered_; }
  void onTriggered(const QString& id, std::function<void()> run);
  /// An empty reason enables.
  void setDisabledReason(const QString& id, const QString& reason);
  [[nodiscard]] QString pathOf(const QAction* action) const;  ///< "View › Fit to window"

  /// Keys in the place of those a command has; menus, tooltips and all lists of keys follow.
  void setKeys(const QString& id, const QList<QKeySequence>& keys);
  void resetKeys(const QString& id);
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
  void fill(QToolBar& toolBar);

 Q_SIGNALS:
  void keysChanged();

 private:
  void refreshIcons();
  void refreshTip(const QString& id);

  const Theme& theme_;
  QHash<QString, QAction*> actions_;
  std::vector<QAction*> ordered_;
  QHash<QString, QList<QKeySequence>> defaults_;
  QHash<QString, QString> reasons_;  ///< why commands are disabled
};

}  // namespace taktwerk
