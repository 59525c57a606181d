// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/point_picture.h"

#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace taktwerk {

namespace {

constexpr int faintness = 8;

/// How much of each pixel the body and the line of a marker cover, 0 to 255.
struct Stamp {
  int size = 0;
  std::vector<std::uint8_t> fill, line;
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
  return {size, coverage(size, shape, diameter, false), coverage(size, shape, diameter, true)};
}

/// `over` with this coverage on an opaque pixel.
QRgb blend(QRgb under, QRgb over, int cover) {
  const auto mixed = [cover](int a, int b) { return a + (b - a) * cover / 255; };
  return qRgb(mixed(qRed(under), qRed(over)), mixed(qGreen(under), qGreen(over)),
              mixed(qBlue(under), qBlue(over)));
}

void put(QImage& picture, const PicturePoint& point, const Stamp& stamp) {
  const int left = static_cast<int>(std::lround(point.x)) - stamp.size / 2;
  const int top = static_cast<int>(std::lround(point.y)) - stamp.size / 2;
  const int firstX = std::max(0, -left), lastX = std::min(stamp.size, picture.width() - left);
  for (int y = std::max(0, -top); y < std::min(stamp.size, picture.height() - top); ++y) {
    auto* row = reinterpret_cast<QRgb*>(picture.scanLine(top + y)) + left;
    const std::size_t line = static_cast<std::size_t>(y) * static_cast<std::size_t>(stamp.size);
    for (int x = firstX; x < lastX; ++x) {
      const std::size_t place = line + static_cast<std::size_t>(x);
      int body = stamp.fill[place], edge = stamp.line[place];
      if (body + edge == 0) continue;
      if (point.faint) body /= faintness, edge /= faintness;
      row[x] = blend(blend(row[x], point.fill, body), point.line, edge);
    }
  }
}

}  // namespace

void drawPoints(QImage& picture, const std::vector<PicturePoint>& points) {
  std::map<std::pair<std::uint8_t, std::uint8_t>, Stamp> stamps;
  for (const PicturePoint& point : points) {
    if (!std::isfinite(point.x) || !std::isfinite(point.y)) continue;
    auto [found, isNew] = stamps.try_emplace({point.shape, point.diameter});
    if (isNew) found->second = stampOf(point.shape, point.diameter);
    put(picture, point, found->second);
  }
}

}  // namespace taktwerk
