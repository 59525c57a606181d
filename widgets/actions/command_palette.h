// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace taktwerk {

class CommandTable;

/// Finds commands by parts of their names, shows their keys, runs one with Enter.
class CommandPalette : public QDialog {
  Q_OBJECT
 public:
  explicit CommandPalette(const CommandTable& commands, QWidget* parent = nullptr);
  /// Opens under the middle of the top of the parent, with the text selected.
  void popUp();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& text);
  void runCurrent();

  const CommandTable& commands_;
  QLineEdit* text_;
  QTreeWidget* list_;
};

}  // namespace taktwerk
