// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// A line to find between two ports. Requests with the same `net` may join to one line.
struct RouteRequest {
  Point from;
  Side fromSide = Side::Right;
  std::uint32_t fromBlock = 0;
  Point to;
  Side toSide = Side::Left;
  std::uint32_t toBlock = 0;
  std::uint32_t net = 0;
  std::vector<Point> kept = {};  ///< a line that there is already and that stays; empty: to be found
};

/// The simple shape of a line: out, across at the middle, in.
[[nodiscard]] std::vector<Point> straightThrough(const RouteRequest& request);

/// Drops repeated points and points in the middle of a straight piece.
[[nodiscard]] std::vector<Point> simplified(const std::vector<Point>& points);

/// Steps of the search after which the rest is drawn straight through.
inline constexpr std::int64_t mostRoutingWork = 5'000'000;

/// Finds rectangular lines round the blocks, shortest first, each by A* on the grid with costs for bends,
/// crossings and running on top of other nets. A line may cross the border of a stage that contains one of
/// its ends and no other block. Work is limited; what exceeds the limit (thousands of wires) is drawn
/// straight through in three pieces. Result i answers request i and runs from `from` to `to`. `steps`, when
/// given, grows by the steps of the search: the measure of what a call costs.
[[nodiscard]] std::vector<std::vector<Point>> routeWires(const std::vector<Block>& blocks,
                                                         const std::vector<RouteRequest>& requests,
                                                         std::int64_t work = mostRoutingWork,
                                                         std::int64_t* steps = nullptr);

}  // namespace taktwerk
