// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QTransform>
#include <algorithm>

#include "core/drawing/geometry.h"

namespace taktwerk {

/// Where the coordinates of a diagram with these bounds are, if it is fitted into a rectangle with a border
/// around it: not larger than at 100 % times `largest`.
[[nodiscard]] inline QTransform diagramFit(const Rect& bounds, const QRectF& target, double largest = 1) {
  constexpr double border = 30;
  const QRectF whole =
      QRectF(bounds.x, bounds.y, bounds.width, bounds.height).adjusted(-border, -border, border, border);
  const double scale = std::min({target.width() / whole.width(), target.height() / whole.height(), largest});
  QTransform places;
  places.translate(target.center().x(), target.center().y());
  places.scale(scale, scale);
  places.translate(-whole.center().x(), -whole.center().y());
  return places;
}

}  // namespace taktwerk
