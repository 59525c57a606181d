// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <cstdint>
#include <vector>

namespace taktwerk {

/// A point of a scatter plot, in pixels of the picture.
struct PicturePoint {
  float x = 0, y = 0;
  std::uint8_t diameter = 7;
  std::uint8_t shape = 0;  ///< of `seriesCount`: disc, square, triangle, diamond, …
  QRgb fill = 0, line = 0;
  bool faint = false;
};

/// Draws points one over the other, in their order, each with a line around it; faint ones at an eighth. It
/// is far quicker than a painter: 100,000 points take a few milliseconds.
void drawPoints(QImage& picture, const std::vector<PicturePoint>& points);

}  // namespace taktwerk
