// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/document_controller.h"

#include <QFileInfo>

#include "widgets/document/layout_helper.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk {

namespace {
const QString channel = QStringLiteral("open");
}

DocumentController::DocumentController(JobManager& jobs, QString layoutProgram, QObject* parent)
    : QObject(parent), jobs_(jobs), layoutProgram_(std::move(layoutProgram)) {}

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
                  document_ = document;
                  Q_EMIT documentChanged();
                };
              });
}

void DocumentController::reload() {
  if (document_) open(document_->path);
}

void DocumentController::close() {
  jobs_.cancel(channel);
  if (!document_) return;
  document_.reset();
  Q_EMIT documentChanged();
}

}  // namespace taktwerk
