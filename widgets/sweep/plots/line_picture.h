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

/// How many lines go through each pixel between two columns of pixels, and the sum of their shades: what a
/// bundle is drawn from, plainly or faintly.
struct LineSum {
  struct Pixel {
    float count = 0, shade = 0;
  };
  int left = 0, right = 0, height = 0;
  int grain = 1, width = 0;   ///< columns of pixels that share one of the sum, and how many there are
  std::vector<Pixel> pixels;  ///< column by column; empty: no lines
};

/// Equal lines are summed up once: 100,000 take some milliseconds.
[[nodiscard]] LineSum sumLines(const LineBundle& bundle, int left, int right, int height);

/// Where many lines lie over each other a pixel has the mean of their shades, and the more of them the less
/// of the ground is seen.
void drawLines(QImage& picture, const LineSum& sum, const std::function<QRgb(double shade)>& colour,
               bool faint);

}  // namespace taktwerk
