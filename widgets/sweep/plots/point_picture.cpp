// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/point_picture.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace taktwerk {

namespace {

constexpr unsigned faintness = 8;

/// The pixels that a marker covers, and how much of each its body and its line do, 0 to 255.
struct Stamp {
  struct Pixel {
    int x = 0, y = 0;
    int fill = 0, line = 0;
  };
  int reach = 0;  ///< pixels to either side of the middle
  std::vector<Pixel> pixels;
};

QPolygonF outlineOf(std::uint8_t shape, double r) {
  switch (shape) {
    case 1:
      return QPolygonF(QRectF(-r * 0.85, -r * 0.85, 1.7 * r, 1.7 * r));
    case 2:
      return {{QPointF(0, -r), QPointF(r, r * 0.8), QPointF(-r, r * 0.8)}};
    case 3:
      return {{QPointF(0, -r), QPointF(r, 0), QPointF(0, r), QPointF(-r, 0)}};
    case 4:
      return {{QPointF(0, r), QPointF(r, -r * 0.8), QPointF(-r, -r * 0.8)}};
    case 5: {
      const double w = r / 3;
      return {{QPointF(-w, -r), QPointF(w, -r), QPointF(w, -w), QPointF(r, -w), QPointF(r, w), QPointF(w, w),
               QPointF(w, r), QPointF(-w, r), QPointF(-w, w), QPointF(-r, w), QPointF(-r, -w),
               QPointF(-w, -w)}};
    }
    case 6: {
      constexpr int points = 10;
      QPolygonF star;
      for (int i = 0; i < points; ++i) {
        const double angle = M_PI * (i / 5.0 - 0.5), length = i % 2 == 0 ? r : r * 0.45;
        star << QPointF(length * std::cos(angle), length * std::sin(angle));
      }
      return star;
    }
    default:
      return {};  // a disc
  }
}

std::vector<std::uint8_t> coverage(int size, std::uint8_t shape, double diameter, bool line) {
  QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(size / 2.0, size / 2.0);
  painter.setPen(line ? QPen(Qt::black, 1) : QPen(Qt::NoPen));
  painter.setBrush(line ? Qt::NoBrush : QBrush(Qt::black));
  const double r = diameter / 2;
  if (shape == 0) {
    painter.drawEllipse(QPointF(), r, r);
  } else {
    painter.drawPolygon(outlineOf(shape, r));
  }
  painter.end();
  std::vector<std::uint8_t> cover;
  for (int y = 0; y < size; ++y) {
    const auto* row = reinterpret_cast<const QRgb*>(image.constScanLine(y));
    for (int x = 0; x < size; ++x) cover.push_back(static_cast<std::uint8_t>(qAlpha(row[x])));
  }
  return cover;
}

Stamp stampOf(std::uint8_t shape, std::uint8_t diameter) {
  const int size = (diameter + 4) | 1;
  const std::vector<std::uint8_t> fill = coverage(size, shape, diameter, false),
                                  line = coverage(size, shape, diameter, true);
  Stamp stamp{size / 2, {}};
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const std::size_t place =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x);
      if (fill[place] + line[place] > 0)
        stamp.pixels.push_back({x - size / 2, y - size / 2, fill[place], line[place]});
    }
  }
  return stamp;
}

/// `over` with this coverage, 0 to 256, on an opaque pixel: red and blue in one go.
QRgb blend(QRgb under, QRgb over, unsigned cover) {
  constexpr QRgb odd = 0xFF00FFU, even = 0x00FF00U;
  const unsigned rest = 256 - cover;
  const QRgb redBlue = ((under & odd) * rest + (over & odd) * cover) >> 8U & odd;
  const QRgb green = ((under & even) * rest + (over & even) * cover) >> 8U & even;
  return 0xFF000000U | redBlue | green;
}

void put(QImage& picture, uchar* bits, qsizetype stride, const PicturePoint& point, const Stamp& stamp) {
  const int x = static_cast<int>(std::lround(point.x)), y = static_cast<int>(std::lround(point.y));
  const bool inside = x >= stamp.reach && y >= stamp.reach && x + stamp.reach < picture.width() &&
                      y + stamp.reach < picture.height();
  for (const Stamp::Pixel& each : stamp.pixels) {
    const int px = x + each.x, py = y + each.y;
    if (!inside && (px < 0 || py < 0 || px >= picture.width() || py >= picture.height())) continue;
    QRgb& pixel = reinterpret_cast<QRgb*>(bits + py * stride)[px];
    const auto body = static_cast<unsigned>(each.fill + each.fill / 128),
               edge = static_cast<unsigned>(each.line + each.line / 128);
    const unsigned times = point.faint ? faintness : 1;
    pixel = blend(blend(pixel, point.fill, body / times), point.line, edge / times);
  }
}

}  // namespace

void drawPoints(QImage& picture, const std::vector<PicturePoint>& points) {
  std::map<std::pair<std::uint8_t, std::uint8_t>, Stamp> stamps;
  uchar* const bits = picture.bits();
  const Stamp* stamp = nullptr;
  std::pair<std::uint8_t, std::uint8_t> last{0, 0};
  for (const PicturePoint& point : points) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) continue;
    const std::pair key{point.shape, point.diameter};
    if (!stamp || key != last) {
      auto [found, isNew] = stamps.try_emplace(key);
      if (isNew) found->second = stampOf(point.shape, point.diameter);
      stamp = &found->second;
      last = key;
    }
    put(picture, bits, picture.bytesPerLine(), point, *stamp);
  }
}

}  // namespace taktwerk
