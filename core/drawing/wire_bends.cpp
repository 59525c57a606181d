// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/wire_bends.h"

#include <algorithm>
#include <cmath>

#include "core/drawing/wire_router.h"

namespace taktwerk {

namespace {

constexpr double portDistance = 2 * gridStep;

bool sideways(Side side) {
  return side == Side::Left || side == Side::Right;
}

/// How far a point lies out of a block's side at a port.
double ahead(const LineEnd& end, Point p) {
  switch (end.side) {
    case Side::Left:
      return end.at.x - p.x;
    case Side::Right:
      return p.x - end.at.x;
    case Side::Top:
      return end.at.y - p.y;
    case Side::Bottom:
      break;
  }
  return p.y - end.at.y;
}

/// The point on a port's axis level with another, and the other moved onto the port's axis.
Point onAxis(const LineEnd& end, Point p) {
  return sideways(end.side) ? Point{p.x, end.at.y} : Point{end.at.x, p.y};
}

void setAlong(const LineEnd& end, Point& p, double ahead) {
  const bool less = end.side == Side::Left || end.side == Side::Top;
  const double base = sideways(end.side) ? end.at.x : end.at.y;
  (sideways(end.side) ? p.x : p.y) = less ? base - ahead : base + ahead;
}

/// Makes the bends nearest to a port follow it; those it has moved past go.
void follow(const LineEnd& end, std::vector<Point>& bends) {
  while (!bends.empty() && ahead(end, bends.front()) < gridStep) {
    const bool across = bends.size() > 2 && (sideways(end.side) ? bends[0].x == bends[1].x  //
                                                                : bends[0].y == bends[1].y);
    if (across && ahead(end, bends[2]) >= portDistance) {
      setAlong(end, bends[0], portDistance);
      setAlong(end, bends[1], portDistance);
      return;
    }
    bends.erase(bends.begin());
  }
}

bool crosses(const std::vector<Point>& line, const Rect& r) {
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Point a = line[k], b = line[k + 1];
    if (std::max(a.x, b.x) > r.left() && std::min(a.x, b.x) < r.right() && std::max(a.y, b.y) > r.top() &&
        std::min(a.y, b.y) < r.bottom()) {
      return true;
    }
  }
  return false;
}

double grid(double value) {
  return std::round(value / gridStep) * gridStep;
}

}  // namespace

std::vector<Point> lineThrough(const LineEnds& ends, std::vector<Point> bends) {
  follow(ends.from, bends);
  std::reverse(bends.begin(), bends.end());
  follow(ends.to, bends);
  std::reverse(bends.begin(), bends.end());
  // What the other end left may now lie behind this one.
  if (bends.empty() || ahead(ends.from, bends.front()) < gridStep) return {};
  if (bends.size() == 1 && ahead(ends.to, bends.front()) > portDistance) {
    // One point is to be passed, not to be turned at: the line comes to the other port's height behind it.
    bends.push_back(bends.front());
    setAlong(ends.to, bends.back(), portDistance);
  }
  std::vector<Point> line{ends.from.at};
  const auto go = [&](Point p, bool turnLast) {
    const Point& at = line.back();
    if (at.x != p.x && at.y != p.y) line.push_back(turnLast ? Point{p.x, at.y} : Point{at.x, p.y});
    line.push_back(p);
  };
  go(onAxis(ends.from, bends.front()), true);
  for (const Point& bend : bends) {
    const std::size_t n = line.size();
    // Straight on before it turns.
    go(bend, n < 2 || line[n - 2].y == line[n - 1].y);
  }
  const Point in = onAxis(ends.to, bends.back());
  go(in, !sideways(ends.to.side));
  line.push_back(ends.to.at);
  line = simplified(line);
  if (crosses(line, ends.from.block) || crosses(line, ends.to.block)) return {};
  return line;
}

std::vector<Point> bendsAfterDrag(const std::vector<Point>& points, std::size_t piece, double to) {
  if (piece + 1 >= points.size()) return {};
  std::vector<Point> line = points;
  const bool level = isLevel(points, piece);
  const double length = level ? std::abs(line[piece + 1].x - line[piece].x)  //
                              : std::abs(line[piece + 1].y - line[piece].y);
  const double shortPiece = std::clamp(grid(length / 3), gridStep, portDistance);
  // A point of the piece beside one of its ends, in the direction of the other.
  const auto beside = [&](Point end, Point other) {
    const double way = level ? other.x - end.x : other.y - end.y;
    (level ? end.x : end.y) += std::copysign(shortPiece, way);
    return end;
  };
  std::size_t first = piece;
  std::size_t last = piece + 1;
  if (last == line.size() - 1) {
    const Point p = beside(points[last], points[piece]);
    line.insert(line.begin() + static_cast<std::ptrdiff_t>(last), {p, p});
  }
  if (first == 0) {
    const Point p = beside(points[0], points[1]);
    line.insert(line.begin() + 1, {p, p});
    first += 2;
    last += 2;
  }
  for (const std::size_t i : {first, last}) (level ? line[i].y : line[i].x) = grid(to);
  line = simplified(line);
  if (line.size() < 3) return {};
  return {line.begin() + 1, line.end() - 1};
}

}  // namespace taktwerk
