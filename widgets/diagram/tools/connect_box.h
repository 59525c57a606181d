// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace taktwerk {

/// Wires that a block can have, as sentences: type a part of one, Enter makes it. The way to connect without
/// a mouse.
class ConnectBox : public QDialog {
  Q_OBJECT
 public:
  struct Choice {
    QString sentence;  ///< "alu reads regs"
    std::function<void()> make;
  };
  explicit ConnectBox(QWidget* parent);
  /// Opens at a place of the screen with choices about a block; with none it says so.
  void popUp(const QString& block, std::vector<Choice> choices, QPoint globalPosition);

 Q_SIGNALS:
  void closed();  ///< whether or not something was chosen

 protected:
  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& text);
  void accept() override;

  QString block_;
  std::vector<Choice> choices_;
  std::vector<std::size_t> shown_;  ///< places among the choices
  QLineEdit* text_;
  QListWidget* list_;
};

}  // namespace taktwerk
