// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

class QAction;

namespace taktwerk {

/// Everything there is to know of a command but what it does.
struct CommandSpec {
  QString id;    ///< "view.fit"
  QString menu;  ///< title of its menu: "&View"
  QString text;  ///< with its mnemonic: "&Fit to window"
  QString keys;  ///< shortcuts in portable text, divided by blanks: "F Ctrl+0"; or ""
  QString icon;  ///< a file of resources/icons, or ""
  QString help;  ///< one sentence for tooltip and status bar
  bool toolbar = false;
  bool separatorBefore = false;  ///< in menu and toolbar
};

/// The commands that are no view's, in the order of menus.
[[nodiscard]] const std::vector<CommandSpec>& commandSpecs();

/// Whether its keys are the canvas's while that has the keyboard, and of whoever else has it else.
[[nodiscard]] bool isOfCanvas(const QString& command);

/// What a command does, as whoever can do it says.
struct CommandBehaviour {
  std::function<void()> run;
  std::function<QString()> whyNot = {};  ///< a sentence, or nothing while it can be used
  std::function<bool()> checked = {};    ///< of one that is on or off
  std::function<QString()> text = {};    ///< instead of the spec's: "Undo move decode"
};

/// A command: what it is called, why it cannot be used just now, and what it does. Menu, tool bar, context
/// menu, palette and list of keys all show its one action, so that they say the same words.
class Command : public QObject {
  Q_OBJECT
 public:
  explicit Command(CommandSpec spec, QObject* parent = nullptr);

  [[nodiscard]] const CommandSpec& spec() const { return spec_; }
  [[nodiscard]] const QString& id() const { return spec_.id; }
  [[nodiscard]] QAction* action() const { return action_; }
  [[nodiscard]] QString path() const;  ///< "View › Fit to window"
  void bind(CommandBehaviour behaviour);
  /// Why it cannot be used now; nothing when it can.
  [[nodiscard]] QString whyNot() const;
  /// Does it; false when it cannot be used now, and then nothing happened.
  bool run();
  /// Looks again whether and how it can be used.
  void refresh();

  [[nodiscard]] const QList<QKeySequence>& defaultKeys() const { return defaultKeys_; }
  void setKeys(const QList<QKeySequence>& keys);

 Q_SIGNALS:
  /// It was asked for though it cannot be used, and did nothing.
  void refused(const QString& reason);

 private:
  void refreshTip(const QString& reason);

  CommandSpec spec_;
  CommandBehaviour behaviour_;
  QList<QKeySequence> defaultKeys_;
  QAction* action_;
};

}  // namespace taktwerk
