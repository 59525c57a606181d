// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>

class QWidget;

namespace taktwerk {

/// Sends the keyboard home when the widget that had it is disabled or hidden. Qt gives it to whatever is next
/// in the order of tabs then, often a filter, and the next key is typed there. A focus that is set on purpose
/// stays where it is.
class FocusKeeper : public QObject {
  Q_OBJECT
 public:
  /// Of a window; `home` is asked where the keyboard goes when nothing round the lost widget takes it.
  FocusKeeper(QWidget& window, std::function<QWidget*()> home);

 private:
  void moved(QWidget* before, QWidget* now);
  void bringBack();

  QWidget& window_;
  std::function<QWidget*()> home_;
  QPointer<QWidget> lost_;    ///< that had the focus
  QPointer<QWidget> pushed_;  ///< that has it now, only because it is next; null: nobody
  bool waiting_ = false;
};

}  // namespace taktwerk
