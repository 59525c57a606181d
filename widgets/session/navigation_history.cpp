// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/navigation_history.h"

#include <algorithm>
#include <cmath>

namespace taktwerk {

namespace {
constexpr double nearPixels = 150;  // of the screen
constexpr double nearZoom = 1.3;
}  // namespace

bool ShownPlace::isNear(const ShownPlace& other) const {
  if (page != other.page || objects != other.objects) return false;
  const double larger = std::max(at.zoom, other.at.zoom);
  const double smaller = std::min(at.zoom, other.at.zoom);
  if (larger > smaller * nearZoom) return false;
  return std::max(std::abs(at.x - other.at.x), std::abs(at.y - other.at.y)) * smaller <= nearPixels;
}

void NavigationHistory::visit(ShownPlace here) {
  if (now_ < places_.size() && places_[now_].isNear(here)) {
    places_[now_] = std::move(here);
    return;
  }
  if (now_ + 1 < places_.size()) places_.resize(now_ + 1);
  places_.push_back(std::move(here));
  if (places_.size() > most) places_.erase(places_.begin());
  now_ = places_.size() - 1;
}

void NavigationHistory::update(const ShownPlace& here) {
  if (now_ >= places_.size()) return;
  ShownPlace& place = places_[now_];
  if (place.page == here.page && place.objects == here.objects) place = here;
}

std::optional<ShownPlace> NavigationHistory::back(const ShownPlace& here) {
  if (!canGoBack()) return std::nullopt;
  update(here);
  return places_[--now_];
}

std::optional<ShownPlace> NavigationHistory::forward(const ShownPlace& here) {
  if (!canGoForward()) return std::nullopt;
  update(here);
  return places_[++now_];
}

void NavigationHistory::clear() {
  places_.clear();
  now_ = 0;
}

}  // namespace taktwerk
