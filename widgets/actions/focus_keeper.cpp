// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/focus_keeper.h"

#include <QApplication>
#include <QWidget>

namespace taktwerk {

FocusKeeper::FocusKeeper(QWidget& window, std::function<QWidget*()> home)
    : QObject(&window), window_(window), home_(std::move(home)) {
  connect(qApp, &QApplication::focusChanged, this, &FocusKeeper::moved);
}

void FocusKeeper::moved(QWidget* before, QWidget* now) {
  const bool here = before && before != &window_ && before->window() == &window_ && window_.isVisible();
  const bool taken = here && (!before->isEnabled() || !before->isVisible());
  if (!taken || (now && now->window() != &window_)) {
    if (now && now != pushed_) waiting_ = false;  // somebody set it since
    return;
  }
  lost_ = before;
  pushed_ = now;
  if (waiting_) return;
  waiting_ = true;
  // Later: who hides a widget may set the focus right after.
  QMetaObject::invokeMethod(this, &FocusKeeper::bringBack, Qt::QueuedConnection);
}

void FocusKeeper::bringBack() {
  if (!waiting_) return;
  waiting_ = false;
  if (!window_.isActiveWindow() || QApplication::focusWidget() != pushed_) return;
  for (QWidget* around = lost_ ? lost_->parentWidget() : nullptr; around && !around->isWindow();
       around = around->parentWidget()) {
    // A tab widget would pass it on to its tabs.
    const bool takes = !around->focusProxy() && (around->focusPolicy() & Qt::TabFocus);
    if (takes && around->isVisible() && around->isEnabled()) {
      return around->setFocus();
    }
  }
  if (QWidget* home = home_()) home->setFocus();
}

}  // namespace taktwerk
