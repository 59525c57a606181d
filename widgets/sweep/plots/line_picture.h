// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <functional>
#include <vector>

namespace taktwerk {

/// Lines from one axis of parallel coordinates to the next.
struct LineBundle {
  std::vector<float> from, to;  ///< in pixels from the top of the picture; NaN: no line
  std::vector<float> shade;     ///< 0 to 1, of each line's colour
};

/// Draws the lines of a bundle between two columns of pixels. Where many lie over each other a pixel has the
/// mean of their shades, and the more of them the less of the ground is seen: 100,000 lines take some
/// milliseconds, as equal ones are drawn once.
void drawLines(QImage& picture, int left, int right, const LineBundle& bundle,
               const std::function<QRgb(double shade)>& colour, bool faint);

}  // namespace taktwerk
