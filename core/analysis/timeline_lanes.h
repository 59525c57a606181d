// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/analysis/layer_timeline.h"
#include "core/analysis/timeline.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// What stands for itself in a picture of time: an object that instructions can be in, or an array of such
/// objects, which can be opened: "pe [16×16]", in it "pe.alu [16×16]" and "pe.stage [16×16]", in these
/// "pe[0][0].alu", …
struct TimelineLane {
  std::string name;
  std::uint32_t depth = 0;               ///< arrays around it
  std::vector<MachineObjectId> objects;  ///< one, or all of an array
  /// Of these, those that tell how busy it is: where there are units among them, the units.
  std::vector<MachineObjectId> counted;
  std::int64_t places = 1;            ///< of `counted` together
  std::vector<std::uint32_t> inside;  ///< lanes of an array; empty of an object
  std::optional<std::uint32_t> outer;

  [[nodiscard]] bool isArray() const { return !inside.empty(); }
};

/// Lanes of a machine, in the order of the file; those in an array stand behind it.
struct TimelineLanes {
  std::vector<TimelineLane> lanes;
  std::vector<std::uint32_t> outermost;
  std::vector<std::uint32_t> ofObject;  ///< by object its own lane; `none` of what nothing can be in
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  /// The lane of an object, or the closed array around it that is shown instead.
  [[nodiscard]] std::uint32_t shownFor(MachineObjectId object, const std::set<std::uint32_t>& open) const;
};

/// Objects are an array where their names differ in "[…]" alone, as those of templates do.
[[nodiscard]] TimelineLanes lanesOf(const Machine& machine);

/// From top to bottom: of an open array itself and what is in it. `wanted` says which are left out, by lane.
[[nodiscard]] std::vector<std::uint32_t> shownLanes(const TimelineLanes& lanes,
                                                    const std::set<std::uint32_t>& open,
                                                    const std::vector<bool>& wanted);

/// Which lanes anything happens in, anywhere in the program; all where that is not known.
[[nodiscard]] std::vector<bool> usedLanes(const TimelineLanes& lanes, const LayerTimeline& timeline);

/// The share of a lane's places that are occupied in a stretch; above 1 where a unit has several instructions
/// under way at once.
[[nodiscard]] double shareOf(const TimelineLane& lane, const OccupiedShares& occupied, std::size_t bin);

/// A bar of a timeline where it is drawn.
struct PlacedBar {
  Cycles begin = 0, end = 0;      ///< at least a cycle, so that it is seen
  std::uint32_t instruction = 0;  ///< into Timeline::instructions
  std::uint32_t bar = 0;          ///< of its bars
};

/// What lies in an object: rows of bars that do not overlap, each by time; and the waits for it.
struct ObjectBars {
  std::vector<std::vector<PlacedBar>> rows;
  std::vector<PlacedBar> waits;  ///< from when it could have been entered until it was, by beginning
};

/// By object of the machine. A group that is being fetched is one bar, of its first instruction, in what it
/// is fetched through and from; the fetch stage has what waits in its buffer.
[[nodiscard]] std::vector<ObjectBars> placeBars(const Timeline& timeline);

/// How many bars of some objects lie over each other, from one cycle to the next that is given.
struct BusyStep {
  Cycles begin = 0;
  std::uint32_t count = 0;
};
[[nodiscard]] std::vector<BusyStep> busySteps(const std::vector<ObjectBars>& bars,
                                              const std::vector<MachineObjectId>& objects);

}  // namespace taktwerk
