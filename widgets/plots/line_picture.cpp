// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/line_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace taktwerk {

namespace {

constexpr int shades = 64;

/// Lines with the same ends.
struct Equal {
  float count = 0, shade = 0;
};

std::unordered_map<std::uint32_t, Equal> gather(const LineBundle& bundle, int height) {
  std::unordered_map<std::uint32_t, Equal> lines;
  for (std::size_t i = 0; i < bundle.from.size(); ++i) {
    if (!std::isfinite(bundle.from[i]) || !std::isfinite(bundle.to[i])) continue;
    const auto from = static_cast<std::uint32_t>(std::clamp(std::lround(bundle.from[i]), 0L, height - 1L));
    const auto to = static_cast<std::uint32_t>(std::clamp(std::lround(bundle.to[i]), 0L, height - 1L));
    Equal& line = lines[from << 16U | to];
    ++line.count;
    line.shade += bundle.shade[i];
  }
  return lines;
}

QRgb blend(QRgb under, QRgb over, float cover) {
  const auto mixed = [cover](int a, int b) {
    return static_cast<int>(static_cast<float>(a) + static_cast<float>(b - a) * cover);
  };
  return qRgb(mixed(qRed(under), qRed(over)), mixed(qGreen(under), qGreen(over)),
              mixed(qBlue(under), qBlue(over)));
}

}  // namespace

void drawLines(QImage& picture, int left, int right, const LineBundle& bundle,
               const std::function<QRgb(double shade)>& colour, bool faint) {
  const int width = right - left, height = picture.height();
  if (width <= 0 || height <= 0 || height > 0xFFFF) return;
  const auto place = [width](int x, int y) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
  };
  std::vector<Equal> pixels(place(0, height));
  float most = 0;
  for (const auto& [ends, line] : gather(bundle, height)) {
    const float from = static_cast<float>(ends >> 16U), to = static_cast<float>(ends & 0xFFFFU);
    const float step = (to - from) / static_cast<float>(std::max(1, width - 1));
    float last = from;
    for (int x = 0; x < width; ++x) {
      // A steep line covers several pixels of a column.
      const float here = from + step * static_cast<float>(x);
      const int first = static_cast<int>(std::lround(std::min(last, here))),
                end = static_cast<int>(std::lround(std::max(last, here)));
      for (int y = first; y <= end; ++y) {
        Equal& pixel = pixels[place(x, y)];
        pixel.count += line.count;
        pixel.shade += line.shade;
        most = std::max(most, pixel.count);
      }
      last = here;
    }
  }
  if (most <= 0) return;
  std::array<QRgb, shades> colours{};
  for (int i = 0; i < shades; ++i)
    colours[static_cast<std::size_t>(i)] = colour(i / static_cast<double>(shades - 1));
  const float scale = std::log1p(most);
  for (int y = 0; y < height; ++y) {
    auto* row = reinterpret_cast<QRgb*>(picture.scanLine(y)) + left;
    for (int x = 0; x < width; ++x) {
      const Equal& pixel = pixels[place(x, y)];
      if (pixel.count <= 0) continue;
      const float cover = 0.35F + 0.65F * std::log1p(pixel.count) / scale;
      const auto shade =
          static_cast<std::size_t>(std::clamp(pixel.shade / pixel.count, 0.0F, 1.0F) * (shades - 1));
      row[x] = blend(row[x], colours[shade], faint ? 0.12F * cover : cover);
    }
  }
}

}  // namespace taktwerk
