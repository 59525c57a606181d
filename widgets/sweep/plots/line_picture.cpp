// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/line_picture.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace taktwerk {

namespace {

constexpr int shades = 64;
constexpr int coverSteps = 32 * 16;

/// Sixteen times the logarithm of base 2 of a number from 1 on, by its bits.
std::size_t stepOf(float count) {
  const auto bits = std::bit_cast<std::uint32_t>(std::max(count, 1.0F));
  return std::min<std::size_t>((bits >> 19U) - (127U << 4U), coverSteps - 1);
}

constexpr std::size_t manyLines = 20'000;  ///< whose ends are told apart by three pixels only

/// Lines with the same ends.
struct Equal {
  float from = 0, to = 0, count = 0, shade = 0;
};

std::vector<Equal> gather(const LineBundle& bundle, int height) {
  const long grain = bundle.from.size() > manyLines ? 3 : 1;
  const auto places = static_cast<std::size_t>(height / grain + 1);
  const auto placeOf = [&](float y) {
    return static_cast<std::size_t>(std::clamp(std::lround(y), 0L, height - 1L) / grain);
  };
  std::vector<Equal> lines;
  std::vector<std::int32_t> known(grain > 1 ? places * places : 0, -1);
  lines.reserve(std::min(bundle.from.size(), std::size_t{65'536}));
  for (std::size_t i = 0; i < bundle.from.size(); ++i) {
    if (!std::isfinite(bundle.from[i]) || !std::isfinite(bundle.to[i])) continue;
    const std::size_t from = placeOf(bundle.from[i]), to = placeOf(bundle.to[i]);
    std::int32_t place = known.empty() ? -1 : known[from * places + to];
    if (place < 0) {
      place = static_cast<std::int32_t>(lines.size());
      if (!known.empty()) known[from * places + to] = place;
      const float middle = grain > 1 ? 1 : 0;  // of the three pixels
      lines.push_back({static_cast<float>(from) * static_cast<float>(grain) + middle,
                       static_cast<float>(to) * static_cast<float>(grain) + middle, 0, 0});
    }
    Equal& line = lines[static_cast<std::size_t>(place)];
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

LineSum sumLines(const LineBundle& bundle, int left, int right, int height) {
  LineSum sum{left, right, height, 1, 0, {}};
  const std::vector<Equal> lines = gather(bundle, height);
  // Of very many lines every second column is drawn, twice.
  sum.grain = lines.size() > manyLines ? 2 : 1;
  sum.width = (right - left + sum.grain - 1) / sum.grain;
  if (sum.width <= 0 || height <= 0 || lines.empty()) return sum;
  // Column by column, as a line goes through them.
  sum.pixels.resize(static_cast<std::size_t>(sum.width) * static_cast<std::size_t>(height));
  for (const Equal& line : lines) {
    const float step = (line.to - line.from) / static_cast<float>(std::max(1, sum.width - 1));
    const float start = line.from + 0.5F;  // what is cut off below is then rounded
    float last = start;
    for (int x = 0; x < sum.width; ++x) {
      // A steep line covers several pixels of a column.
      const float here = start + step * static_cast<float>(x);
      const int first = static_cast<int>(std::min(last, here)), end = static_cast<int>(std::max(last, here));
      LineSum::Pixel* const column =
          sum.pixels.data() + static_cast<std::size_t>(x) * static_cast<std::size_t>(height);
      for (int y = first; y <= std::min(end, height - 1); ++y) {
        column[y].count += line.count;
        column[y].shade += line.shade;
      }
      last = here;
    }
  }
  return sum;
}

void drawLines(QImage& picture, const LineSum& sum, const std::function<QRgb(double shade)>& colour,
               bool faint) {
  if (sum.pixels.empty()) return;
  float most = 1;
  for (const LineSum::Pixel& pixel : sum.pixels) most = std::max(most, pixel.count);
  std::array<QRgb, shades> colours{};
  for (int i = 0; i < shades; ++i)
    colours[static_cast<std::size_t>(i)] = colour(i / static_cast<double>(shades - 1));
  // Logarithms of counts in steps of a sixteenth of a power of two: as fine as can be seen.
  const float scale = std::log1p(most);
  std::array<float, coverSteps> covers{};
  for (int i = 0; i < coverSteps; ++i)
    covers[static_cast<std::size_t>(i)] =
        0.35F + 0.65F * std::min(1.0F, std::log1p(std::exp2(static_cast<float>(i) / 16)) / scale);
  for (int y = 0; y < sum.height; ++y) {
    auto* row = reinterpret_cast<QRgb*>(picture.scanLine(y)) + sum.left;
    for (int x = 0; x < sum.width; ++x) {
      const LineSum::Pixel& pixel =
          sum.pixels[static_cast<std::size_t>(x) * static_cast<std::size_t>(sum.height) +
                     static_cast<std::size_t>(y)];
      if (pixel.count <= 0) continue;
      const float cover = covers[stepOf(pixel.count)];
      const auto shade =
          static_cast<std::size_t>(std::clamp(pixel.shade / pixel.count, 0.0F, 1.0F) * (shades - 1));
      for (int k = x * sum.grain; k < std::min((x + 1) * sum.grain, sum.right - sum.left); ++k)
        row[k] = blend(row[k], colours[shade], faint ? 0.12F * cover : cover);
    }
  }
}

}  // namespace taktwerk
