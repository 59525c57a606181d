// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/work_keeper.h"

#include <QFileInfo>
#include <algorithm>

#include "widgets/document/sidecar.h"

namespace taktwerk {

WorkKeeper::WorkKeeper(QString dataFolder, Collect collect, QObject* parent)
    : QObject(parent), dataFolder_(std::move(dataFolder)), collect_(std::move(collect)) {
  idle_.setSingleShot(true);
  connect(&idle_, &QTimer::timeout, this, &WorkKeeper::keep);
}

WorkKeeper::~WorkKeeper() {
  forgetAllBut({});
}

void WorkKeeper::setPace(int idle, int most) {
  rest_ = idle;
  most_ = most;
}

void WorkKeeper::forgetAllBut(const std::vector<UnsavedPiece>& pieces) {
  std::erase_if(kept_, [&](const auto& entry) {
    const bool stays = std::any_of(pieces.begin(), pieces.end(),
                                   [&](const UnsavedPiece& piece) { return piece.path == entry.first; });
    if (!stays && !entry.second.sidecar.isEmpty()) removeSidecar(entry.second.sidecar, dataFolder_);
    return !stays;
  });
}

void WorkKeeper::follow() {
  const std::vector<UnsavedPiece> pieces = collect_();
  forgetAllBut(pieces);
  if (pieces.empty()) {
    idle_.stop();
    sinceKept_.invalidate();
    return;
  }
  for (const UnsavedPiece& piece : pieces) {
    const auto [entry, fresh] = kept_.try_emplace(piece.path);
    if (!fresh || piece.path.isEmpty()) continue;
    entry->second.lock = takeLock(piece.path, dataFolder_);
    const QString owner = entry->second.lock.otherOwner;
    if (!owner.isEmpty()) Q_EMIT contended(piece.path, owner);
  }
  if (!sinceKept_.isValid()) sinceKept_.start();
  if (sinceKept_.elapsed() >= most_) {
    keep();
  } else {
    idle_.start(std::min(rest_, static_cast<int>(most_ - sinceKept_.elapsed())));
  }
}

QString WorkKeeper::sidecarFor(const QString& path, const Kept& kept) const {
  if (!kept.sidecar.isEmpty()) return kept.sidecar;
  // Neither another program's work nor what an ended one left is written over.
  const QString others = kept.lock.otherOwner.isEmpty() ? QString() : sidecarPath(path, dataFolder_);
  const auto taken = [&](const QString& place) { return place == others || QFileInfo(place).isFile(); };
  return path.isEmpty() ? freeWorkspaceSidecarPath(dataFolder_, taken)
                        : freeSidecarPath(path, dataFolder_, taken);
}

Diagnostics WorkKeeper::keep() {
  Diagnostics failure;
  for (const UnsavedPiece& piece : collect_()) {
    Kept& kept = kept_[piece.path];
    std::string bytes = piece.bytes();
    if (!kept.sidecar.isEmpty() && bytes == kept.bytes) continue;
    const QString sidecar = sidecarFor(piece.path, kept);
    const Diagnostics problems = writeSidecar(
        {sidecar, piece.path, copyOf_, std::max(1, piece.steps), {}, bytes, architecture_}, dataFolder_);
    if (hasErrors(problems)) {
      if (failure.empty()) failure = problems;
      continue;  // the others are kept all the same
    }
    kept.sidecar = sidecar;
    kept.bytes = std::move(bytes);
  }
  if (hasErrors(failure)) {
    if (!told_) Q_EMIT failed(failure);
    told_ = true;
    return failure;
  }
  told_ = false;
  sinceKept_.start();
  return {};
}

bool WorkKeeper::owns(const QString& sidecar) const {
  return std::any_of(kept_.begin(), kept_.end(),
                     [&](const auto& entry) { return entry.second.sidecar == sidecar; });
}

}  // namespace taktwerk
