// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/sweep/point_stream.h"

namespace taktwerk {

/// By column, whether its values may decide which programs a point runs: alternatives, parameters of networks
/// and mappings, and those of an architecture that decide what blocks there are or that a mapping names. All
/// others only decide how long something takes, or what it costs.
[[nodiscard]] std::vector<bool> programColumns(const Sweep& sweep);

/// The same points, in an order in which those that share programs come one after the other, while they are
/// still known; groups stand in the order of their first point. The stream is read ahead, by 16,384
/// points, so it must not wait for what becomes of a point. Points keep their numbers, and get the place that
/// they had as their `sequence`.
[[nodiscard]] PointStream gathered(const std::shared_ptr<const Sweep>& sweep, PointStream stream);

}  // namespace taktwerk
