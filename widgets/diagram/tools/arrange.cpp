// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/arrange.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

namespace {

double toGrid(double value) {
  return std::round(value / gridStep) * gridStep;
}

}  // namespace

std::vector<Point> aligned(const std::vector<Rect>& rects, Alignment alignment) {
  std::vector<Point> corners;
  if (rects.empty()) return corners;
  double left = rects.front().left(), right = rects.front().right();
  double top = rects.front().top(), bottom = rects.front().bottom();
  for (const Rect& r : rects) {
    left = std::min(left, r.left());
    right = std::max(right, r.right());
    top = std::min(top, r.top());
    bottom = std::max(bottom, r.bottom());
  }
  for (const Rect& r : rects) {
    switch (alignment) {
      case Alignment::Left:
        corners.push_back({left, r.y});
        break;
      case Alignment::Right:
        corners.push_back({right - r.width, r.y});
        break;
      case Alignment::Top:
        corners.push_back({r.x, top});
        break;
      case Alignment::Bottom:
        corners.push_back({r.x, bottom - r.height});
        break;
      case Alignment::CentreX:
        corners.push_back({toGrid((left + right - r.width) / 2), r.y});
        break;
      case Alignment::CentreY:
        corners.push_back({r.x, toGrid((top + bottom - r.height) / 2)});
        break;
    }
  }
  return corners;
}

std::vector<Point> distributed(const std::vector<Rect>& rects, bool horizontally) {
  std::vector<Point> corners;
  corners.reserve(rects.size());
  for (const Rect& r : rects) corners.push_back({r.x, r.y});
  if (rects.size() < 3) return corners;
  std::vector<std::size_t> order(rects.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto start = [&](std::size_t i) { return horizontally ? rects[i].left() : rects[i].top(); };
  const auto length = [&](std::size_t i) { return horizontally ? rects[i].width : rects[i].height; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return start(a) < start(b); });
  const double end = start(order.back()) + length(order.back());
  double filled = 0;
  for (const std::size_t i : order) filled += length(i);
  const double gap = (end - start(order.front()) - filled) / static_cast<double>(rects.size() - 1);
  double at = start(order.front());
  for (const std::size_t i : order) {
    const bool outer = i == order.front() || i == order.back();
    (horizontally ? corners[i].x : corners[i].y) = outer ? start(i) : toGrid(at);
    at += length(i) + gap;
  }
  return corners;
}

std::vector<Point> madeRoom(const std::vector<Rect>& wanted, const std::vector<Rect>& taken) {
  constexpr double gap = 4 * gridStep;
  std::vector<Point> corners(wanted.size());
  std::vector<std::size_t> order(wanted.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(wanted[a].y, wanted[a].x) < std::pair(wanted[b].y, wanted[b].x);
  });
  std::vector<Rect> placed = taken;
  for (const std::size_t i : order) {
    Rect r = wanted[i];
    // Each block in the way is passed once, going down.
    for (bool free = false; !free;) {
      free = true;
      for (const Rect& other : placed) {
        const Rect wide{other.x - gap, other.y - gap, other.width + 2 * gap, other.height + 2 * gap};
        if (!wide.overlaps(r)) continue;
        r.y = std::ceil(wide.bottom() / gridStep) * gridStep;
        free = false;
      }
    }
    placed.push_back(r);
    corners[i] = {r.x, r.y};
  }
  return corners;
}

}  // namespace taktwerk
