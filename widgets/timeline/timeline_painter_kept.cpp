// SPDX-License-Identifier: GPL-3.0-or-later
// What was kept for comparison: a strip above what is there now.
#include <algorithm>
#include <cmath>

#include "widgets/timeline/timeline_painting.h"

namespace taktwerk {

void TimelinePainting::keptStretch(double top, int x0, int x1, double share) {
  if (share <= 0 || x1 <= x0) return;
  QColor colour = colours_.accent;
  colour.setAlphaF(static_cast<float>(0.2 + 0.8 * std::min(1.0, share)));
  painter_.fillRect(x0, static_cast<int>(std::floor(top)) + 1, x1 - x0,
                    std::max(1, static_cast<int>(scale_.strip) - 2), colour);
  ++painted_.kept;
}

/// Where single instructions of both are known, whether any was there; else how busy it was.
void TimelinePainting::keptStrip(std::uint32_t lane, double top) {
  const TimelineKept& kept = *picture_.kept;
  const std::uint32_t of = lane < kept.lanes.size() ? kept.lanes[lane] : TimelineLanes::none;
  if (of == TimelineLanes::none) return;
  const auto offset = static_cast<double>(kept.offset);
  if (look_.single && kept.fine) {
    for (const MachineObjectId object : kept.time->lanes.lanes[of].counted) {
      for (const auto& row : kept.fine->bars[object.index()].rows) {
        auto at = std::partition_point(row.begin(), row.end(), [&](const PlacedBar& bar) {
          return static_cast<double>(bar.end) + offset <= from_;
        });
        for (int covered = 0; at != row.end() && static_cast<double>(at->begin) + offset < to_; ++at) {
          const int x0 = pixelOf(static_cast<double>(at->begin) + offset);
          const int x1 = std::max(x0 + 1, pixelOf(static_cast<double>(at->end) + offset));
          keptStretch(top, std::max(x0 + (x1 - x0 > 3 ? 1 : 0), covered), x1, 1);
          covered = x1;
        }
      }
    }
    return;
  }
  if (!kept.slice || !kept.slice->has(of)) return;
  const SliceWish& wish = kept.slice->wish;
  const double each = static_cast<double>(wish.end - wish.begin) / static_cast<double>(wish.bins);
  for (std::size_t bin = 0; bin < wish.bins; ++bin) {
    const double begin = static_cast<double>(wish.begin) + offset + static_cast<double>(bin) * each;
    if (begin > to_) break;
    if (begin + each < from_) continue;
    keptStretch(top, pixelOf(begin), pixelOf(begin + each), static_cast<double>(kept.slice->share(of, bin)));
  }
}

}  // namespace taktwerk
