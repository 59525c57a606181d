// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>

#include "core/base/diagnostic.h"
#include "widgets/timeline/timeline_data.h"

namespace taktwerk {

class TimelineCanvas;

/// Instructions that are written at most.
inline constexpr std::int64_t writtenAtMost = 20'000;

/// Writes what is in sight as SVG, or as PNG where the path ends so, two pixels a pixel. Empty on success.
[[nodiscard]] Diagnostics exportTimelinePicture(const TimelineCanvas& canvas, const QString& path);

/// Writes the instructions between two cycles: a log for Konata where the path ends in `.kanata`, else trace
/// events as Perfetto reads. Empty on success. For job threads.
[[nodiscard]] Diagnostics exportInstructions(const LayerTime& time, Cycles begin, Cycles end,
                                             const QString& path, Progress& progress);

}  // namespace taktwerk
