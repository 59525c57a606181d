// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/alignment_guides.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <tuple>

namespace taktwerk {
namespace {

/// A rectangle along one axis, and across it.
struct Span {
  double first = 0, last = 0;
  [[nodiscard]] std::array<double, 3> places() const { return {first, (first + last) / 2, last}; }
};

Span alongX(const Rect& r) {
  return {r.left(), r.right()};
}
Span alongY(const Rect& r) {
  return {r.top(), r.bottom()};
}

double gapBetween(const Span& a, const Span& b) {
  return std::max({0.0, b.first - a.last, a.first - b.last});
}

struct Line {
  double by = 0, at = 0;
  Span across;
};

/// The nearest line of one axis.
std::optional<Line> nearestLine(const Rect& moved, const std::vector<Rect>& others, double reach, double grid,
                                Span (*along)(const Rect&), Span (*across)(const Rect&)) {
  std::optional<Line> best;
  std::tuple<double, double> bestOrder;
  for (const Rect& other : others) {
    for (const double to : along(other).places()) {
      for (const double from : along(moved).places()) {
        const double by = to - from;
        if (std::abs(by) > reach || std::fmod(by, grid) != 0) continue;
        const std::tuple order(std::abs(by), gapBetween(across(moved), across(other)));
        if (best && order >= bestOrder) continue;
        const Span a = across(moved), b = across(other);
        best = Line{by, to, {std::min(a.first, b.first), std::max(a.last, b.last)}};
        bestOrder = order;
      }
    }
  }
  return best;
}

}  // namespace

Aligned alignWith(const Rect& moved, const std::vector<Rect>& others, double reach, double grid) {
  Aligned aligned;
  Rect to = moved;
  if (const auto line = nearestLine(moved, others, reach, grid, alongX, alongY)) aligned.by.x = line->by;
  if (const auto line = nearestLine(moved, others, reach, grid, alongY, alongX)) aligned.by.y = line->by;
  to.x += aligned.by.x;
  to.y += aligned.by.y;
  // Where it stands then; a line reaches as far as both rectangles.
  if (const auto line = nearestLine(to, others, 0, grid, alongX, alongY))
    aligned.guides.push_back({{line->at, line->across.first}, {line->at, line->across.last}});
  if (const auto line = nearestLine(to, others, 0, grid, alongY, alongX))
    aligned.guides.push_back({{line->across.first, line->at}, {line->across.last, line->at}});
  return aligned;
}

}  // namespace taktwerk
