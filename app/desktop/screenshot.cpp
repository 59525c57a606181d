// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/screenshot.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFileInfo>
#include <QPixmap>
#include <QTimer>
#include <cstdio>

#include "app/desktop/main_window.h"
#include "core/base/files.h"
#include "core/report/text_table.h"
#include "widgets/document/file_kind.h"
#include "widgets/view/view_host.h"

namespace taktwerk {

namespace {

constexpr int pollMilliseconds = 50;
constexpr int settlePolls = 6;  // layouts and queued repaints after the last job
constexpr int largestSide = 10000;
constexpr std::size_t mostProblems = 100;

void report(const Diagnostics& problems) {
  std::size_t shown = 0;
  for (const Diagnostic& problem : problems) {
    if (problem.severity != Severity::Error) continue;
    if (++shown > mostProblems) {
      std::fprintf(stderr, "and more problems\n");
      return;
    }
    std::fprintf(stderr, "%s\n", printable(toString(problem)).c_str());
  }
}

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
      if (!window_.views().find(plan_.page)) return end(1, tr("no page named %1").arg(plan_.page));
      window_.views().show(plan_.page);
      plan_.page.clear();
      return;
    }
    if (!plan_.select.isEmpty()) {
      const auto& document = window_.documents().document();
      const ShownObject* object = document ? document->shown->find(plan_.select.toStdString()) : nullptr;
      if (!object) return end(1, tr("no object named %1").arg(plan_.select));
      window_.selection().select({object->shown});
      plan_.select.clear();
      return;
    }
    if (window_.width() > largestSide || window_.height() > largestSide) {
      return end(
          1,
          tr("the window is %1x%2 and too large for a picture").arg(window_.width()).arg(window_.height()));
    }
    end(hasErrors(window_.models().problems.open()) ? 1 : 0, save());
  }

  /// Why the picture could not be written, or nothing. A picture is whole or not there.
  [[nodiscard]] QString save() const {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!window_.grab().save(&buffer, QFileInfo(plan_.file).suffix().toUtf8().constData())) {
      return tr("cannot write %1: its name says no kind of picture, such as .png").arg(plan_.file);
    }
    const Diagnostics failed =
        writeFileAtomically(toPath(plan_.file), {bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (failed.empty()) return {};
    return tr("cannot write %1: %2").arg(plan_.file, QString::fromStdString(failed.front().message));
  }

  void end(int status, const QString& message) {
    timer_.stop();
    if (!message.isEmpty()) status = 1;
    if (status != 0) report(window_.models().problems.open());
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
