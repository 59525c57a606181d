// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/array_sketch.h"

#include <algorithm>

namespace taktwerk {

namespace {

constexpr std::int64_t mostColumns = 4;
constexpr std::int64_t mostRows = 3;
constexpr double cellWidth = 18;
constexpr double cellHeight = 14;
constexpr double gap = 14;
constexpr double sheetStep = 5;

}  // namespace

ArraySketch sketchOf(const Block& array) {
  ArraySketch sketch;
  if (!array.group || array.group->extents.empty()) return sketch;
  const Rect& r = array.rect;
  for (const double off : {2 * sheetStep, sheetStep})
    sketch.sheets.push_back({r.x + off, r.y + off, r.width, r.height});
  const bool row = array.group->extents.size() == 1;
  const std::int64_t high = row ? 1 : array.group->extents[0];
  const std::int64_t wide = row ? array.group->extents[0] : array.group->extents[1];
  const auto rows = std::min(high, mostRows), columns = std::min(wide, mostColumns);
  const auto extent = [](std::int64_t n, double size) { return static_cast<double>(n) * (size + gap) - gap; };
  const double left = r.centre().x - extent(columns, cellWidth) / 2;
  const double bottom = r.bottom() - 14;
  const double top = bottom - arrayPatternHeight / 2 - extent(rows, cellHeight) / 2 + 2;
  const auto cell = [&](std::int64_t y, std::int64_t x) {
    return Rect{left + static_cast<double>(x) * (cellWidth + gap),
                top + static_cast<double>(y) * (cellHeight + gap), cellWidth, cellHeight};
  };
  for (std::int64_t y = 0; y < rows; ++y) {
    for (std::int64_t x = 0; x < columns; ++x) sketch.cells.push_back(cell(y, x));
  }
  for (const NeighbourFlow& flow : array.group->flows) {
    const int down = row ? 0 : flow.rows, right = row ? flow.rows : flow.columns;
    for (std::int64_t y = 0; y < rows; ++y) {
      for (std::int64_t x = 0; x < columns; ++x) {
        if (y + down < 0 || y + down >= rows || x + right < 0 || x + right >= columns) continue;
        const Point a = cell(y, x).centre(), b = cell(y + down, x + right).centre();
        // From border to border; what comes back runs beside what goes.
        const double aside = down + right < 0 ? 3 : 0;
        const Point out{right * cellWidth / 2, down * cellHeight / 2};
        sketch.arrows.push_back(
            {{a.x + out.x + (right == 0 ? aside : 0), a.y + out.y + (down == 0 ? aside : 0)},
             {b.x - out.x + (right == 0 ? aside : 0), b.y - out.y + (down == 0 ? aside : 0)},
             flow.kind});
      }
    }
  }
  for (int i = 0; i < 3 && wide > columns; ++i) {
    const Rect last = cell(rows - 1, columns - 1);
    sketch.more.push_back({last.right() + 7 + 5 * i, last.centre().y});
  }
  for (int i = 0; i < 3 && high > rows; ++i) {
    const Rect last = cell(rows - 1, columns - 1);
    sketch.more.push_back({last.centre().x, last.bottom() + 5 + 4 * i});
  }
  return sketch;
}

}  // namespace taktwerk
