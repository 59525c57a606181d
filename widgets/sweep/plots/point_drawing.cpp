// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/point_drawing.h"

#include <algorithm>
#include <cmath>

#include "core/drawing/palette.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr std::uint8_t usualSize = 7, smallest = 5, largest = 15;
constexpr std::size_t manyRows = 20'000;  ///< whose points are small

}  // namespace

QRgb edgeOf(const QColor& fill, bool dark) {
  return (dark ? fill.lighter(150) : fill.darker(170)).rgb();
}

void PointDrawing::colourOf(std::uint32_t row, PicturePoint& point) const {
  const double value = data->table.number(*choice.colour, row);
  QColor fill = QColor::fromRgb(missing);
  if (colour.words && !std::isnan(value)) {
    const auto series = static_cast<std::size_t>(value);
    fill = seriesColour(series);
    point.shape = static_cast<std::uint8_t>(series % seriesCount);
  } else if (!std::isnan(value)) {
    fill = toQColor(heatColour(std::clamp(colour.placeOf(value), 0.0, 1.0)));
  }
  point.fill = fill.rgb();
  point.line = edgeOf(fill, dark);
}

double PointDrawing::diameterOf(std::uint32_t row) const {
  const double plain = data->table.rows() > manyRows ? smallest : usualSize;
  if (!choice.size) return plain;
  const double place = size.placeOf(data->table.number(*choice.size, row));
  return std::isnan(place) ? plain : smallest + std::clamp(place, 0.0, 1.0) * (largest - smallest);
}

void PointDrawing::count(const QImage& picture, const std::vector<PicturePoint>& points) const {
  const auto width = static_cast<std::size_t>(picture.width());
  const auto pixelCount = width * static_cast<std::size_t>(picture.height());
  std::vector<std::uint32_t> pixels;
  pixels.reserve(points.size());
  for (const PicturePoint& point : points) {
    const auto x = static_cast<std::size_t>(std::max(0L, std::lround(point.x)));
    const auto y = static_cast<std::size_t>(std::max(0L, std::lround(point.y)));
    pixels.push_back(static_cast<std::uint32_t>(std::min(y * width + x, pixelCount - 1)));
  }
  countPixels(pixels, pixelCount, *marks);
}

void PointDrawing::operator()(QImage& picture) const {
  const RowTable& table = data->table;
  const QColor one = seriesColour(0);
  const PicturePoint usual{0, 0, usualSize, 0, one.rgb(), edgeOf(one, dark), false};
  const auto layers = table.find("missing_layers");
  std::vector<PicturePoint> points, shown;
  points.reserve(table.rows());
  const ScalePlaces xPlaces(axes.x), yPlaces(axes.y);
  for (std::uint32_t row = 0; row < table.rows(); ++row) {
    const double x = xPlaces(table.number(choice.x, row)), y = yPlaces(table.number(choice.y, row));
    if (std::isnan(x) || std::isnan(y)) continue;
    const QPointF at = axes.at(std::min(x, beyondAxes), std::min(y, beyondAxes)) * ratio;
    PicturePoint point = usual;
    point.x = static_cast<float>(at.x());
    point.y = static_cast<float>(at.y());
    if (choice.colour) colourOf(row, point);
    const bool done = table.state(row) == PointState::Done;
    if (!done) point.line = missing;
    if (!done || (layers && table.whole(*layers, row) > 0)) {
      if (done) point.line = point.fill;
      point.fill = canvas;
    }
    point.diameter = static_cast<std::uint8_t>(std::min(60.0, diameterOf(row) * ratio));
    point.faint = data->isShown[row] == 0;
    (point.faint ? points : shown).push_back(point);
  }
  drawPoints(picture, points);
  drawPoints(picture, shown);
  if (marks && picture.width() > 0 && picture.height() > 0) count(picture, shown);
}

}  // namespace taktwerk
