// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace taktwerk {

/// Plane geometry of drawings: units are pixels at 100 %, x to the right, y down.
struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Size {
  double width = 0;
  double height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double left() const { return x; }
  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double top() const { return y; }
  [[nodiscard]] double bottom() const { return y + height; }
  [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
  /// Borders included.
  [[nodiscard]] bool contains(Point p) const {
    return p.x >= left() && p.x <= right() && p.y >= top() && p.y <= bottom();
  }
  [[nodiscard]] bool contains(const Rect& r) const {
    return r.left() >= left() && r.right() <= right() && r.top() >= top() && r.bottom() <= bottom();
  }
  /// Common area, not only a common border.
  [[nodiscard]] bool overlaps(const Rect& r) const {
    return left() < r.right() && r.left() < right() && top() < r.bottom() && r.top() < bottom();
  }
  friend bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace taktwerk
