// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QSizeF>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "widgets/timeline/timeline_colours.h"
#include "widgets/timeline/timeline_data.h"

class QPainter;

namespace taktwerk {

/// What the rows of a timeline are.
enum class TimelineRows : std::uint8_t { Blocks, Instructions };

/// What of a layer is in sight: cycles to the right behind a gutter with names; below an axis the loops, and
/// below them the rows.
struct TimelineScale {
  static constexpr double gutter = 176, axis = 24, loopRow = 16;
  double perCycle = 1;  ///< pixels
  double left = 0;      ///< cycle at the border of the gutter
  double top = 0;       ///< pixels of rows above the sight; of instructions above those that go on at `left`
  double rowHeight = 24;  ///< pixels
  std::uint32_t loopRows = 0;

  [[nodiscard]] double xOf(double cycle) const { return gutter + (cycle - left) * perCycle; }
  [[nodiscard]] double cycleAt(double x) const { return left + (x - gutter) / perCycle; }
  [[nodiscard]] double rowsTop() const { return axis + loopRows * loopRow + (loopRows > 0 ? 4 : 0); }
};

/// A place that the user marked.
struct TimelineBookmark {
  Cycles cycle = 0;
  std::int64_t instruction = -1;  ///< or none
};

/// A dependency between two instructions: from when its reason was over to when the other was entered.
struct TimelineArrow {
  struct End {
    std::int64_t instruction = 0;
    MachineObjectId object;
    Cycles cycle = 0;
  };
  End from, to;
  GraphEdgeKind kind = GraphEdgeKind::Forward;
  bool binding = false;  ///< it decided when `to` was entered
};

/// What is shown besides, and what stands out.
struct TimelineLook {
  TimelineRows rows = TimelineRows::Blocks;
  std::vector<std::uint32_t> lanes;  ///< from top to bottom
  std::set<std::uint32_t> open;      ///< arrays
  std::optional<std::int64_t> selected;
  std::vector<bool> marked;  ///< by object of the machine: its block is selected; may be empty
  std::optional<std::pair<Cycles, Cycles>> measured;
  std::vector<TimelineBookmark> bookmarks;
  std::vector<TimelineArrow> arrows;  ///< of the selected instruction
  bool single = false;                ///< few enough instructions are in sight to be drawn
};

/// What is drawn; all but the first may be null or of another stretch than the one in sight.
struct TimelinePicture {
  const LayerTime* time = nullptr;
  const TimelineSlice* slice = nullptr;
  const TimelineFine* fine = nullptr;
};

/// What was drawn, for tests: pieces of bars and of waits, stretches of shade, loops' blocks, rows,
/// arrows.
struct TimelinePainted {
  int bars = 0, waits = 0, shades = 0, blocks = 0, rows = 0, arrows = 0;
};

/// Draws on a canvas of `size` pixels. The work goes with the pixels, not with what happened.
TimelinePainted paintTimeline(QPainter& painter, const QSizeF& size, const TimelinePicture& picture,
                              const TimelineScale& scale, const TimelineLook& look,
                              const TimelineColours& colours);

/// Of a loop's block: "k = 12", "k 12 … 511, 36 cycles each".
[[nodiscard]] QString blockInWords(const LayerTime& time, const TimelineBlock& block);

/// Where a bar of single instructions lies in its lane: the rows of its object share the height.
[[nodiscard]] QRectF barRect(const TimelineScale& scale, double laneTop, const PlacedBar& bar,
                             std::size_t row, std::size_t rows);

}  // namespace taktwerk
