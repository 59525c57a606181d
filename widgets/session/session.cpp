// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/session.h"

#include <algorithm>

namespace taktwerk {

void Session::setLayer(const QString& layer, const QObject* origin) {
  if (layer == layer_) return;
  layer_ = layer;
  Q_EMIT layerChanged(origin);
}

void Session::setWindow(ProgramWindow window, const QObject* origin) {
  window.first = std::max<std::int64_t>(window.first, 0);
  window.count = std::max<std::int64_t>(window.count, 1);
  if (window == window_) return;
  window_ = window;
  Q_EMIT windowChanged(origin);
}

void Session::jump(const std::function<void()>& go) {
  if (jumping_++ == 0) Q_EMIT aboutToJump();
  go();
  if (--jumping_ == 0) Q_EMIT jumped();
}

void Session::setRecentFiles(const QStringList& paths) {
  recentFiles_ = paths;
  Q_EMIT recentFilesChanged();
}

void Session::pin(PinnedResult result) {
  pins_.push_back(std::move(result));
  Q_EMIT pinsChanged();
}

void Session::unpin(std::size_t place) {
  if (place >= pins_.size()) return;
  pins_.erase(pins_.begin() + static_cast<std::ptrdiff_t>(place));
  Q_EMIT pinsChanged();
}

}  // namespace taktwerk
