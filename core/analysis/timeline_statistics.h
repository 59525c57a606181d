// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/analysis/layer_timeline.h"
#include "core/analysis/timeline_lanes.h"
#include "core/program/cause.h"

namespace taktwerk {

/// What happened between two cycles.
struct RangeStatistics {
  Cycles begin = 0, end = 0;
  std::int64_t instructions = 0;  ///< begun there; to a piece without loops, unless `single`
  std::vector<double> shares;     ///< by lane, of its places; empty where they are not known
  bool single = false;            ///< there were few enough to be looked at one by one
  Breakdown waits;                ///< of all instructions together, within the range; only if `single`
  bool cancelled = false;         ///< then all of it is void
};

/// Where there are at most `most` instructions, from these; else from what is known of loops. Errors: those
/// of `detailOf`. How long the first group of them waited to be fetched is not known and not counted.
[[nodiscard]] Result<RangeStatistics> statisticsOf(const LayerTimeline& timeline, const TimelineLanes& lanes,
                                                   Cycles begin, Cycles end, std::int64_t most,
                                                   Progress& progress);

}  // namespace taktwerk
