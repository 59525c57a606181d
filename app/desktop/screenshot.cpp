// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/screenshot.h"

#include <QAction>
#include <QCoreApplication>
#include <QPixmap>
#include <QTimer>
#include <cstdio>

#include "app/desktop/main_window.h"

namespace taktwerk {

namespace {

constexpr int pollMilliseconds = 50;
constexpr int settlePolls = 6;  // layouts and queued repaints after the last job
constexpr int largestSide = 10000;

class Photographer : public QObject {
 public:
  Photographer(MainWindow& window, ScreenshotPlan plan)
      : QObject(&window), window_(window), plan_(std::move(plan)) {
    timer_.setInterval(pollMilliseconds);
    connect(&timer_, &QTimer::timeout, this, &Photographer::step);
    timer_.start();
  }

 private:
  void step() {
    if (window_.busy()) {
      idle_ = 0;
      return;
    }
    if (++idle_ < settlePolls) return;
    idle_ = 0;
    if (plan_.wantsDocument && !window_.documents().document()) {
      return end(1, tr("no architecture could be opened"));
    }
    if (plan_.run) {
      plan_.run = false;
      const QString reason = window_.estimates().whyNotRunnable();
      if (!reason.isEmpty()) return end(1, tr("cannot run: %1").arg(reason));
      window_.estimates().run();
      return;
    }
    if (!plan_.page.isEmpty()) {
      QAction* show = window_.commands().find(QStringLiteral("view.") + plan_.page);
      if (!show) return end(1, tr("no page named %1").arg(plan_.page));
      show->trigger();
      plan_.page.clear();
      return;
    }
    if (!plan_.select.isEmpty()) {
      const auto& document = window_.documents().document();
      const ObjectDeclaration* object =
          document ? document->architecture->find(plan_.select.toStdString()) : nullptr;
      if (!object) return end(1, tr("no object named %1").arg(plan_.select));
      window_.selection().select({object->id});
      plan_.select.clear();
      return;
    }
    if (window_.width() > largestSide || window_.height() > largestSide) {
      return end(
          1,
          tr("the window is %1x%2 and too large for a picture").arg(window_.width()).arg(window_.height()));
    }
    const bool saved = window_.grab().save(plan_.file);
    end(saved ? 0 : 1, saved ? QString() : tr("cannot write %1").arg(plan_.file));
  }

  void end(int status, const QString& message) {
    timer_.stop();
    if (!message.isEmpty()) std::fprintf(stderr, "taktwerk: %s\n", qPrintable(message));
    QCoreApplication::exit(status);
  }

  MainWindow& window_;
  ScreenshotPlan plan_;
  QTimer timer_;
  int idle_ = 0;
};

}  // namespace

void takeScreenshot(MainWindow& window, const ScreenshotPlan& plan) {
  new Photographer(window, plan);
}

}  // namespace taktwerk
