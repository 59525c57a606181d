// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/folded_graph_drawing.h"

#include <algorithm>
#include <cmath>

namespace taktwerk {

namespace {

constexpr double characterWidth = 8, boxHeight = 40, narrowest = 84, widest = 260;
constexpr double kindsApart = 9;  // pixels between arrows of different kinds between the same boxes

double lettersOf(const std::string& text) {
  return static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // not a further byte of a letter
  }));
}

Point mixed(Point a, Point b, double share) {
  return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/// How an end of an arrow moves along the side of the box that it is at.
Point alongSide(Point end, const Rect& box, double by) {
  constexpr double near = 2;
  const bool level = std::abs(end.y - box.top()) < near || std::abs(end.y - box.bottom()) < near;
  if (level) return {std::clamp(end.x + by, box.left(), box.right()) - end.x, 0};
  return {0, std::clamp(end.y + by, box.top(), box.bottom()) - end.y};
}

/// An arrow's way, aside by some pixels from that of others between the same boxes.
std::vector<Point> aside(std::vector<Point> points, const Rect& from, const Rect& to, double by) {
  const Point first = alongSide(points.front(), from, by), last = alongSide(points.back(), to, by);
  for (std::size_t p = 0; p < points.size(); ++p) {
    const Point moved = mixed(first, last, static_cast<double>(p) / static_cast<double>(points.size() - 1));
    points[p] = {points[p].x + moved.x, points[p].y + moved.y};
  }
  return points;
}

/// From the right side of a box to the left side of another, or the other way round where that is before it.
std::vector<Point> straightOn(const Rect& from, const Rect& to) {
  const bool ahead = to.left() >= from.right(), behind = to.right() <= from.left();
  if (!ahead && !behind) {  // one above the other
    const bool down = to.top() >= from.bottom();
    const Point start{from.centre().x, down ? from.bottom() : from.top()};
    const Point end{to.centre().x, down ? to.top() : to.bottom()};
    return {start, mixed(start, end, 1.0 / 3), mixed(start, end, 2.0 / 3), end};
  }
  const Point start{ahead ? from.right() : from.left(), from.centre().y};
  const Point end{ahead ? to.left() : to.right(), to.centre().y};
  const double bend = (end.x - start.x) / 2;
  return {start, {start.x + bend, start.y}, {end.x - bend, end.y}, end};
}

}  // namespace

Size foldedBoxSize(const std::string& title, const std::string& content) {
  const double letters = std::max(lettersOf(title), lettersOf(content));
  return {std::clamp(letters * characterWidth + 32, narrowest, widest), boxHeight};
}

FoldedLayout::FoldedLayout(const FoldedGraph& folded, std::vector<Size> sizes) : edges_(folded.edges.size()) {
  for (std::uint32_t e = 0; e < folded.edges.size(); ++e) {
    arrows_[{folded.edges[e].from, folded.edges[e].to}].push_back(e);
  }
  request_.boxes = std::move(sizes);
  request_.edges.reserve(arrows_.size());
  for (const auto& [ends, edges] : arrows_) {
    request_.edges.push_back({std::min(ends.first, ends.second), std::max(ends.first, ends.second)});
  }
}

FoldedDrawing FoldedLayout::drawn(const std::vector<Point>& corners,
                                  const std::vector<std::vector<Point>>& curves) const {
  FoldedDrawing drawing;
  drawing.boxes.reserve(corners.size());
  for (std::size_t b = 0; b < corners.size(); ++b) {
    drawing.boxes.push_back({corners[b].x, corners[b].y, request_.boxes[b].width, request_.boxes[b].height});
  }
  drawing.arrows.resize(edges_);
  std::size_t pair = 0;
  for (const auto& [ends, edges] : arrows_) {
    const Rect &from = drawing.boxes[ends.first], &to = drawing.boxes[ends.second];
    std::vector<Point> points = curves[pair++];
    if (points.empty()) {
      points = straightOn(from, to);
    } else if (ends.first > ends.second) {
      std::reverse(points.begin(), points.end());
    }
    for (std::size_t k = 0; k < edges.size(); ++k) {
      const double by = (static_cast<double>(k) - static_cast<double>(edges.size() - 1) / 2) * kindsApart;
      drawing.arrows[edges[k]] = aside(points, from, to, by);
    }
  }
  return drawing;
}

FoldedDrawing FoldedLayout::plainly() const {
  return drawn(layeredLayout(request_), std::vector<std::vector<Point>>(request_.edges.size()));
}

}  // namespace taktwerk
