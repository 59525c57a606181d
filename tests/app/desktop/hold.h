// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QWidget>
#include <QWindow>

namespace taktwerk::test {

/// The left button, held on a widget the way a hand does it: events come to the window, and who gets them is
/// up to the application, as with a real mouse. Events sent to the widget itself would reach it though it
/// were hidden, and hide that it let go.
class Hold {
 public:
  Hold(QWidget& widget, QPoint at) : window_(widget.window()->windowHandle()), at_(inWindow(widget, at)) {
    QTest::mouseMove(window_, at_);
    QTest::mousePress(window_, Qt::LeftButton, {}, at_);
  }
  ~Hold() {
    if (!released_) release();
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  void moveBy(int x, int y = 0) {
    at_ += QPoint(x, y);
    QTest::mouseMove(window_, at_);
    QCoreApplication::processEvents();
  }
  void release() {
    released_ = true;
    QTest::mouseRelease(window_, Qt::LeftButton, {}, at_);
    QCoreApplication::processEvents();
  }

 private:
  static QPoint inWindow(const QWidget& widget, QPoint at) { return widget.mapTo(widget.window(), at); }

  QWindow* window_;
  QPoint at_;
  bool released_ = false;
};

}  // namespace taktwerk::test
