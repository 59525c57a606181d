// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/document_controller.h"

#include <QFileInfo>

#include "widgets/document/layout_helper.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {
const QString channel = QStringLiteral("open");
constexpr int settleMilliseconds = 500;
constexpr int mostLooks = 20;  // for a file that went away: editors replace files
}  // namespace

DocumentController::DocumentController(JobManager& jobs, QString layoutProgram, QObject* parent)
    : QObject(parent), jobs_(jobs), layoutProgram_(std::move(layoutProgram)) {
  settle_.setSingleShot(true);
  settle_.setInterval(settleMilliseconds);
  connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &DocumentController::fileChanged);
  connect(&settle_, &QTimer::timeout, this, &DocumentController::reloadIfDifferent);
}

bool DocumentController::isOpening() const {
  return jobs_.running(channel);
}

void DocumentController::open(const QString& path) {
  Q_EMIT opening(path);
  jobs_.start(channel, tr("Opening %1").arg(QFileInfo(path).fileName()),
              [this, path, program = layoutProgram_](Progress& progress) -> JobManager::Delivery {
                auto document =
                    std::make_shared<const Document>(openDocument(path, layoutByHelper(program, progress)));
                return [this, document] {
                  if (!document->architecture) {
                    Q_EMIT openFailed(document->path, document->diagnostics);
                    return;
                  }
                  show(document);
                };
              });
}

void DocumentController::show(std::shared_ptr<const Document> document) {
  document_ = std::move(document);
  if (!watcher_.files().isEmpty()) watcher_.removePaths(watcher_.files());
  if (document_) watcher_.addPath(document_->path);
  settle_.stop();
  Q_EMIT documentChanged();
}

void DocumentController::fileChanged() {
  missing_ = 0;
  settle_.start();
}

void DocumentController::reloadIfDifferent() {
  if (!document_) return;
  if (!QFileInfo(document_->path).isFile()) {
    if (++missing_ < mostLooks) settle_.start();
    return;
  }
  if (!watcher_.files().contains(document_->path))
    watcher_.addPath(document_->path);  // replaced by another file
  reload();
}

void DocumentController::reload() {
  if (document_) open(document_->path);
}

void DocumentController::close() {
  jobs_.cancel(channel);
  if (!document_) return;
  show(nullptr);
}

}  // namespace taktwerk
