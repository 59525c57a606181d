// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/settling.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace taktwerk {

std::optional<std::int64_t> Settling::iterationAt(double place) const {
  if (pieces.empty()) return std::nullopt;
  auto at = std::upper_bound(pieces.begin(), pieces.end(), place,
                             [](double value, const SettlingPiece& piece) { return value < piece.place; });
  if (at != pieces.begin()) --at;
  const double share = std::clamp((place - at->place) / at->width, 0.0, 1.0);
  const auto within = static_cast<std::int64_t>(std::floor(share * static_cast<double>(at->count)));
  return at->iteration + std::min(within, at->count - 1);
}

double Settling::placeOf(std::int64_t iteration) const {
  for (const SettlingPiece& piece : pieces) {
    if (iteration >= piece.iteration + piece.count) continue;
    const auto within = static_cast<double>(std::max<std::int64_t>(0, iteration - piece.iteration));
    return piece.place + piece.width * within / static_cast<double>(piece.count);
  }
  return width;
}

Settling settlingOf(const engine::LoopExecution& execution, std::size_t most) {
  Settling settling;
  auto stretch = execution.stretches.begin();
  std::size_t skipped = 0;
  const auto skip = [&](std::int64_t before) {
    for (; stretch != execution.stretches.end() && stretch->first + stretch->period <= before; ++stretch) {
      if (stretch->skipped == 0) continue;
      const std::int64_t periods = stretch->skipped / stretch->period;
      settling.pieces.push_back({stretch->first + stretch->period, stretch->skipped,
                                 periods * stretch->periodCycles, periods, 0, 0});
      ++skipped;
    }
  };
  std::size_t run = 0;
  for (const engine::IterationCycles& each : execution.first) {
    skip(each.iteration);
    if (run == most) break;
    ++run;
    settling.pieces.push_back({each.iteration, 1, each.cycles, 0, 0, 1});
    settling.highest = std::max(settling.highest, each.cycles);
  }
  if (run == execution.first.size()) skip(execution.iterations);
  const double band = skipped == 0 ? 0
                                   : std::max(0.5, static_cast<double>(std::max<std::size_t>(run, 2)) / 2 /
                                                       static_cast<double>(skipped));
  for (SettlingPiece& piece : settling.pieces) {
    piece.place = settling.width;
    if (piece.periods > 0) piece.width = band;
    settling.width += piece.width;
  }
  if (!settling.pieces.empty()) {
    const SettlingPiece& last = settling.pieces.back();
    settling.notShown = std::max<std::int64_t>(0, execution.iterations - last.iteration - last.count);
  }
  return settling;
}

}  // namespace taktwerk
