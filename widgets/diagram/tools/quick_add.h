// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "widgets/diagram/tools/placeable.h"

class QLineEdit;
class QListWidget;

namespace taktwerk {

class Theme;

/// A small box at the cursor: type a part of a class or template, Enter adds it there.
class QuickAdd : public QDialog {
  Q_OBJECT
 public:
  QuickAdd(const Theme& theme, QWidget* parent);
  void popUp(std::vector<Placeable> choices, QPoint globalPosition);

 Q_SIGNALS:
  void chosen(const taktwerk::Placeable& what);
  void closed();  ///< whether or not something was chosen

 protected:
  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void filter(const QString& text);
  void accept() override;

  const Theme& theme_;
  std::vector<Placeable> choices_;
  std::vector<Placeable> shown_;
  QLineEdit* text_;
  QListWidget* list_;
};

}  // namespace taktwerk
