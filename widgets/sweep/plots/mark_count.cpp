// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/mark_count.h"

#include <QCoreApplication>
#include <algorithm>
#include <bit>

#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

void countWays(const std::vector<std::uint64_t>& ways, const std::vector<std::uint32_t>& rows,
               MarkCount& count) {
  struct Way {
    std::uint64_t way = 0;
    std::int32_t rows = 0;
  };
  // Twice as many places as rows, each way in the first free one from its own on.
  std::vector<Way> found(std::bit_ceil(2 * rows.size() + 1));
  const std::size_t mask = found.size() - 1;
  std::int32_t most = 0;
  std::int64_t marks = 0;
  for (const std::uint32_t row : rows) {
    std::size_t place = static_cast<std::size_t>(ways[row]) & mask;
    while (found[place].rows > 0 && found[place].way != ways[row]) place = (place + 1) & mask;
    found[place].way = ways[row];
    marks += found[place].rows == 0 ? 1 : 0;
    most = std::max(most, ++found[place].rows);
  }
  count.marks = marks;
  count.most = most;
  count.points.store(static_cast<std::int64_t>(rows.size()), std::memory_order_release);
}

void countPixels(const std::vector<std::uint32_t>& pixels, std::size_t pixelCount, MarkCount& count) {
  std::vector<std::uint32_t> rows(pixelCount, 0);
  std::uint32_t most = 0;
  std::int64_t marks = 0;
  for (const std::uint32_t pixel : pixels) {
    marks += rows[pixel] == 0 ? 1 : 0;
    most = std::max(most, ++rows[pixel]);
  }
  count.marks = marks;
  count.most = most;
  count.points.store(static_cast<std::int64_t>(pixels.size()), std::memory_order_release);
}

QString inWords(const MarkCount& count, const QString& points, const QString& marks) {
  const std::int64_t all = count.points.load(std::memory_order_acquire);
  if (all < 0) return {};
  QString text = QStringLiteral("%1 %2").arg(grouped(all), points);
  if (count.marks == 1 && all > 1) return text + QCoreApplication::translate("Sweep", ", all in one place");
  if (count.marks < all)
    text += QCoreApplication::translate("Sweep", ", %1 %2; up to %3 in one place")
                .arg(grouped(count.marks), marks, grouped(count.most));
  return text;
}

}  // namespace taktwerk
