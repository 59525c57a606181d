// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/analysis/graph_neighbours.h"
#include "core/analysis/layer_timeline.h"
#include "core/analysis/timeline_lanes.h"
#include "core/drawing/palette.h"
#include "core/study/study_estimate.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

/// A layer in time, all of it, with the lanes it is shown in; or why there is none.
struct LayerTime {
  QString layer;
  LayerProgram program;
  LayerTimeline timeline;  ///< void unless `made`
  bool made = false;
  TimelineLanes lanes;
  std::vector<BlockKind> kinds;  ///< by lane; of an array that of what works in it
  std::vector<bool> used;        ///< by lane
  std::uint32_t loopDepth = 0;   ///< loops around each other, at most
  Diagnostics diagnostics;
  bool cancelled = false;

  /// Of what is known, at least one.
  [[nodiscard]] Cycles cycles() const { return std::max<Cycles>(1, timeline.cycles); }
};

/// Maps the layer as the estimate does and looks at all of it. For job threads.
[[nodiscard]] std::shared_ptr<const LayerTime> timeOfLayer(const EstimateInput& input, const QString& layer,
                                                           Progress& progress);
/// The same of a program. Errors stand in the result.
[[nodiscard]] std::shared_ptr<const LayerTime> timeOfProgram(const QString& layer, LayerProgram program,
                                                             Progress& progress);

/// What is asked for of a stretch of time.
struct SliceWish {
  Cycles begin = 0, end = 1;
  std::size_t bins = 1;              ///< stretches that are told apart
  Cycles least = 1;                  ///< loops' iterations that are shorter stand together
  std::vector<std::uint32_t> lanes;  ///< whose shares are wanted
};

/// A stretch of time at a scale: loops as blocks, and how busy lanes are.
struct TimelineSlice {
  std::shared_ptr<const LayerTime> of;
  SliceWish wish;
  std::vector<float> shares;        ///< by lane of the wish and bin
  std::vector<std::size_t> ofLane;  ///< by lane its place in the wish, or `none`
  std::vector<TimelineBlock> blocks;
  static constexpr std::size_t none = ~std::size_t{0};

  /// Of a lane that was wished for.
  [[nodiscard]] float share(std::uint32_t lane, std::size_t bin) const {
    return shares[ofLane[lane] * wish.bins + bin];
  }
  [[nodiscard]] bool has(std::uint32_t lane) const { return lane < ofLane.size() && ofLane[lane] != none; }
};
[[nodiscard]] std::shared_ptr<const TimelineSlice> sliceOf(const std::shared_ptr<const LayerTime>& time,
                                                           const SliceWish& wish);

/// Single instructions of a stretch, where they are drawn; or why they are not there.
struct TimelineFine {
  std::shared_ptr<const LayerTime> of;
  Cycles begin = 0, end = 0;
  TimelineDetail detail;
  std::vector<ObjectBars> bars;                  ///< by object
  std::vector<std::vector<BusyStep>> laneSteps;  ///< by lane; of arrays only
  std::vector<Cycles> begins;     ///< by instruction of the timeline, when it or a later one begins
  std::vector<Cycles> endsSoFar;  ///< by that, until when it and all before it go on
  std::optional<GraphNeighbours> neighbours;  ///< in the graph of the detail
  Diagnostics diagnostics;
  bool made = false;

  [[nodiscard]] const Timeline& timeline() const { return detail.timeline; }
  /// The instruction with that number, or null.
  [[nodiscard]] const TimelineInstruction* find(std::int64_t number) const;
  /// The first instruction, by its place in the timeline, that goes on at a cycle or begins behind it.
  [[nodiscard]] std::size_t firstAt(double cycle) const;
};
/// For job threads.
[[nodiscard]] std::shared_ptr<const TimelineFine> fineOf(const std::shared_ptr<const LayerTime>& time,
                                                         Cycles begin, Cycles end, std::int64_t most,
                                                         Progress& progress);

}  // namespace taktwerk
