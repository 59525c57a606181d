// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/autosave.h"

#include <QFileInfo>
#include <algorithm>

#include "widgets/document/document_controller.h"
#include "widgets/document/file_lock.h"

namespace taktwerk {

Autosave::Autosave(DocumentController& documents, QString dataFolder, QObject* parent)
    : QObject(parent), documents_(documents), dataFolder_(std::move(dataFolder)) {
  idle_.setSingleShot(true);
  connect(&idle_, &QTimer::timeout, this, &Autosave::keep);
  connect(&documents_, &DocumentController::documentChanged, this, &Autosave::follow);
  connect(&documents_, &DocumentController::modifiedChanged, this, &Autosave::follow);
  connect(&documents_, &DocumentController::saved, this, &Autosave::follow);
  // What was kept beside it may be gone with it.
  connect(&documents_, &DocumentController::fileLost, this, &Autosave::follow);
}

Autosave::~Autosave() {
  clear();
}

void Autosave::setPace(int idle, int most) {
  rest_ = idle;
  most_ = most;
}

void Autosave::lock() {
  if (path_.isEmpty() || lock_ || !otherOwner_.isEmpty()) return;
  FileLock taken = takeLock(path_, dataFolder_);
  lock_ = std::move(taken.lock);
  otherOwner_ = taken.otherOwner;
  if (!otherOwner_.isEmpty()) Q_EMIT contended(otherOwner_);
}

void Autosave::follow() {
  const auto& document = documents_.document();
  const QString path = document ? document->path : QString();
  const bool opened = documents_.lastChange() == DocumentController::Change::Opened ||
                      documents_.lastChange() == DocumentController::Change::Closed;
  if (path != path_ || open_ != (document != nullptr)) {
    clear();
    path_ = path;
    open_ = document != nullptr;
  } else if (opened && !documents_.isModified()) {
    clear();  // the same file opened anew
  }
  if (!documents_.isModified()) {
    idle_.stop();
    if (!sidecar_.isEmpty()) removeSidecar(sidecar_, dataFolder_);
    sidecar_.clear();
    kept_.clear();
    sinceKept_.invalidate();
    return;
  }
  lock();
  if (!sinceKept_.isValid()) sinceKept_.start();
  if (sinceKept_.elapsed() >= most_) {
    keep();
  } else {
    // Ten seconds of rest, but never later than a minute after the first change.
    idle_.start(std::min(rest_, static_cast<int>(most_ - sinceKept_.elapsed())));
  }
}

Diagnostics Autosave::keep() {
  if (!documents_.isModified()) return {};
  const auto& document = documents_.document();
  if (document->bytes == kept_ && QFileInfo::exists(sidecar_)) return {};
  Sidecar sidecar;
  const QString first = sidecarPath(document->path, dataFolder_);
  // Two programs that edit one file do not write into each other's work, nor over what was left of it.
  sidecar.sidecar = freeSidecarPath(document->path, dataFolder_, [&](const QString& place) {
    if (place == sidecar_) return false;
    return (place == first && !otherOwner_.isEmpty()) || readSidecar(place).has_value();
  });
  sidecar.path = document->path;
  if (document->path.isEmpty()) sidecar.copyOf = document->copyOf;
  sidecar.steps = documents_.unsavedSteps();
  sidecar.bytes = document->bytes;
  Diagnostics failure = writeSidecar(sidecar, dataFolder_);
  if (hasErrors(failure)) {
    if (!told_) Q_EMIT failed(failure);
    told_ = true;
    return failure;
  }
  told_ = false;
  // Kept elsewhere from now on: the folder came or went.
  if (!sidecar_.isEmpty() && sidecar_ != sidecar.sidecar) removeSidecar(sidecar_, dataFolder_);
  sidecar_ = sidecar.sidecar;
  kept_ = document->bytes;
  sinceKept_.start();
  return {};
}

std::vector<Sidecar> Autosave::leftOvers() const {
  if (!open_ || path_.isEmpty()) return {};
  std::vector<Sidecar> left = leftSidecarsOf(path_, dataFolder_, sidecar_);
  std::erase_if(left, [this](const Sidecar& each) {
    if (each.bytes != documents_.savedBytes()) return false;
    removeSidecar(each.sidecar, dataFolder_);  // was saved, the program ended before it was removed
    return true;
  });
  return left;
}

std::vector<Sidecar> Autosave::allLeftOvers() const {
  return leftSidecars(dataFolder_, sidecar_);
}

void Autosave::discard(const Sidecar& sidecar) {
  removeSidecar(sidecar.sidecar, dataFolder_);
}

void Autosave::clear() {
  idle_.stop();
  // Whoever leaves has saved or said that the work may go.
  if (!sidecar_.isEmpty()) removeSidecar(sidecar_, dataFolder_);
  sidecar_.clear();
  kept_.clear();
  sinceKept_.invalidate();
  lock_.reset();
  otherOwner_.clear();
}

}  // namespace taktwerk
