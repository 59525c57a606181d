// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/line_drawing.h"

#include <cmath>

namespace taktwerk {

void LineDrawing::place() const {
  const RowTable& table = data->table;
  cache->places.assign(axes.size(), {});
  cache->shades.assign(table.rows(), 0);
  cache->ways.assign(table.rows(), 0);
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15U;
  for (std::size_t a = 0; a < axes.size(); ++a) {
    const QLineF& line = axes[a].line;
    cache->places[a].reserve(table.rows());
    const ScalePlaces places(axes[a].scale);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const double at = places(table.number(axes[a].scale.column, row));
      const double y = (line.y1() + (line.y2() - line.y1()) * at) * ratio;
      cache->places[a].push_back(static_cast<float>(y));
      const auto pixel = static_cast<std::uint64_t>(std::isnan(y) ? -1 : std::lround(y));
      std::uint64_t& way = cache->ways[row];
      way = (way ^ pixel) * prime;
      way ^= way >> 29U;
    }
  }
  const ScalePlaces shades(shade);
  for (std::size_t row = 0; colour && row < table.rows(); ++row) {
    const double at = shades(table.number(*colour, row));
    cache->shades[row] = static_cast<float>(std::isnan(at) ? 0 : at);
  }
}

LineSum LineDrawing::sumOf(std::size_t axis, int height, bool all) const {
  LineBundle bundle;
  const auto take = [&](std::size_t row) {
    bundle.from.push_back(cache->places[axis][row]);
    bundle.to.push_back(cache->places[axis + 1][row]);
    bundle.shade.push_back(cache->shades[row]);
  };
  const std::size_t count = all ? data->table.rows() : data->shown.size();
  for (auto* part : {&bundle.from, &bundle.to, &bundle.shade}) part->reserve(count);
  if (all) {
    for (std::size_t row = 0; row < count; ++row) take(row);
  } else {
    for (const std::uint32_t row : data->shown) take(row);
  }
  return sumLines(bundle, static_cast<int>(axes[axis].line.x1() * ratio),
                  static_cast<int>(axes[axis + 1].line.x1() * ratio), height);
}

void LineDrawing::drawAll(QImage& picture, bool faint) const {
  if (cache->all.empty()) {
    for (std::size_t a = 0; a + 1 < axes.size(); ++a) cache->all.push_back(sumOf(a, picture.height(), true));
  }
  for (const LineSum& sum : cache->all) drawLines(picture, sum, rgb, faint);
}

void LineDrawing::operator()(QImage& picture) const {
  const std::scoped_lock lock(cache->mutex);
  if (cache->places.empty()) place();
  const bool filtered = data->shown.size() < data->table.rows();
  drawAll(picture, filtered);
  for (std::size_t a = 0; filtered && a + 1 < axes.size(); ++a)
    drawLines(picture, sumOf(a, picture.height(), false), rgb, false);
  if (marks) countWays(cache->ways, data->shown, *marks);
}

}  // namespace taktwerk
