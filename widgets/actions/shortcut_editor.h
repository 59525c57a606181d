// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace taktwerk {

class CommandTable;

/// All commands with their keys, found by parts of their names or by a key; the keys of the selected one can
/// be changed. What the mouse does stands behind them, with the keys that do the same. A key that another
/// command has is told, and taking it takes it from there.
class ShortcutEditor : public QDialog {
  Q_OBJECT
 public:
  explicit ShortcutEditor(CommandTable& commands, QWidget* parent = nullptr);
  /// Opens with all commands.
  void popUp();

 private:
  void filter();
  /// Rows of what the mouse does, with the keys that do the same.
  void addGestures(const QStringList& words);
  void showCurrent();
  void showConflict();
  void assign();
  [[nodiscard]] QString currentId() const;

  CommandTable& commands_;
  QLineEdit* search_;
  QTreeWidget* list_;
  QKeySequenceEdit* key_;
  QLabel* message_;
  QPushButton* assign_;
  QPushButton* clear_;
  QPushButton* reset_;
  QPushButton* resetAll_;
};

}  // namespace taktwerk
