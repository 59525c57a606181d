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

QString Session::freeTitle(const QString& title, std::optional<std::size_t> except) const {
  const auto taken = [&](const QString& wanted) {
    for (std::size_t i = 0; i < pins_.size(); ++i) {
      if (except != i && pins_[i].title == wanted) return true;
    }
    return false;
  };
  QString free = title;
  for (int number = 2; taken(free); ++number) free = QStringLiteral("%1 (%2)").arg(title).arg(number);
  return free;
}

void Session::pin(PinnedResult result) {
  result.title = freeTitle(result.title, std::nullopt);
  pins_.push_back(std::move(result));
  Q_EMIT pinsChanged();
}

void Session::unpin(std::size_t place) {
  if (place >= pins_.size()) return;
  pins_.erase(pins_.begin() + static_cast<std::ptrdiff_t>(place));
  const std::optional<std::size_t> before = baseline_;
  if (before == place) baseline_.reset();
  if (before > place) baseline_ = *before - 1;
  Q_EMIT pinsChanged();
  if (before == place) Q_EMIT baselineChanged();
}

void Session::renamePin(std::size_t place, const QString& title) {
  const QString wanted = title.trimmed();
  if (place >= pins_.size() || wanted.isEmpty() || wanted == pins_[place].title) return;
  pins_[place].title = freeTitle(wanted, place);
  Q_EMIT pinsChanged();
  if (baseline_ == place) Q_EMIT baselineChanged();
}

void Session::setPinFile(std::size_t place, const QString& file) {
  if (place >= pins_.size() || pins_[place].file == file) return;
  pins_[place].file = file;
  Q_EMIT pinsChanged();
}

const PinnedResult* Session::baseline() const {
  return baseline_ ? &pins_[*baseline_] : nullptr;
}

void Session::setBaseline(std::optional<std::size_t> place) {
  if (place && *place >= pins_.size()) place.reset();
  if (place == baseline_) return;
  baseline_ = place;
  Q_EMIT baselineChanged();
}

}  // namespace taktwerk
