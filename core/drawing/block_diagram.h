// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/drawing/geometry.h"
#include "core/drawing/layered_layout.h"
#include "core/drawing/palette.h"
#include "core/folding/folded_view.h"

namespace taktwerk {

/// What a block is that stands for a group (core/folding/folded_view.h).
struct BlockGroup {
  bool array = false;
  bool open = false;                  ///< what is in it is drawn in it
  std::vector<std::int64_t> extents;  ///< of an array: elements a dimension, rows first
  std::vector<NeighbourFlow> flows;   ///< of a closed array: how its elements are connected
};

/// A rectangle of the block diagram: a stage with the units it contains nested in it, a unit, a register
/// file, a memory, or a group. All coordinates are multiples of `gridStep`.
struct Block {
  ShownId object;
  BlockKind kind = BlockKind::Unknown;
  Rect rect;
  std::string title;  ///< the object's name
  std::string className;
  std::vector<std::string> details;     ///< at most three short lines: "latency 2", "r0 … r3"
  std::optional<std::uint32_t> parent;  ///< the stage or the open group it is drawn in
  std::vector<std::uint32_t> children;
  std::optional<BlockGroup> group;
  /// What its place in the file counts from: it stands at `origin` plus `at`.
  Point origin;
  std::string colour;  ///< the user's, "#rrggbb", or empty
  bool hasNote = false;
  bool pinned = false;
};

enum class Side : std::uint8_t { Left, Right, Top, Bottom };

/// Where wires leave or reach a block. Ports of one storage are shared: one for all who read it and one for
/// all who write it on each side, so that many wires join to one line.
struct Port {
  std::uint32_t block = 0;
  Side side = Side::Left;
  Point at;           ///< on the block's border
  bool data = false;  ///< reads and writes; else the instructions' path
  std::string width;  ///< words a beat, on memories with a port wider than one word, or empty
};

/// A connection but for containment, which is drawn as nesting. The points run from where the line begins
/// to where its arrow is: forward from stage to stage, reads from storage to unit, writes from unit to
/// storage (the way the data goes). Consecutive points differ in one coordinate.
struct Wire {
  ShownConnectionId connection;
  ConnectionKind kind = ConnectionKind::Forward;
  std::uint32_t from = 0;  ///< blocks, in the direction of the arrow
  std::uint32_t to = 0;
  std::vector<Point> points;
  bool bent = false;      ///< by the user: the points go through the connection's `via`
  std::size_t count = 1;  ///< connections of the architecture it stands for
};

/// The display list that the window, thumbnails and SVG files draw.
struct BlockDiagram {
  std::string name;
  std::vector<Block> blocks;  ///< by ShownId
  std::vector<Port> ports;
  std::vector<Wire> wires;  ///< in the order of the connections
  Rect bounds;
};

inline constexpr double gridStep = 10;
inline constexpr double headerHeight = 24;
inline constexpr double portSize = 6;
/// Between the corner of an open group's frame and the blocks in it.
inline constexpr Point frameInset{40, 60};
/// Of the sketch of its elements in a closed array.
inline constexpr double arrayPatternHeight = 84;

/// Places the boxes of a graph; one corner a box, or nothing when it cannot.
using LayoutFunction = std::function<std::optional<std::vector<Point>>(const LayoutGraph&)>;

/// Where blocks stand that the file does not place, by name.
using Places = std::map<std::string, CanvasPoint>;

/// What a drawing may take into account besides the architecture.
struct DrawingHints {
  LayoutFunction layout = {};            ///< places what has no place; `layeredLayout` when empty or failing
  const Places* places = nullptr;        ///< of outermost blocks
  const BlockDiagram* before = nullptr;  ///< an earlier drawing
};

/// Draws an architecture as it is shown, valid or not. Blocks stand where the file places them (`at`, brought
/// to the grid; of contained units it is ignored: they are stacked in their stage; of parts of a template it
/// counts from the frame of the instance). What has no place is laid out below what has one. An open group
/// that would cover another block pushes what stands right of it and below it away by as much as it is larger
/// than when it is closed. In large diagrams
/// lines of an earlier drawing stay where they can: finding all of them anew takes seconds.
[[nodiscard]] BlockDiagram drawBlockDiagram(const FoldedView& shown, const DrawingHints& hints = {});

/// Blocks in an order in which each comes after what it is drawn in.
[[nodiscard]] std::vector<std::uint32_t> fromOutside(const std::vector<Block>& blocks);
/// Whether `outer` is `inner` or something it is drawn in.
[[nodiscard]] bool isDrawnIn(const std::vector<Block>& blocks, std::uint32_t inner, std::uint32_t outer);

/// One line a block, port and wire: an oracle for tests and a description for people who cannot see it.
[[nodiscard]] std::string describe(const BlockDiagram& diagram);

/// A self-contained SVG picture in the colours of `palette`. Same diagram, same bytes.
[[nodiscard]] std::string toSvg(const BlockDiagram& diagram, const Palette& palette);

/// Width of UTF-8 text in DejaVu Sans at a size in pixels, by classes of characters: to size blocks before
/// any font is there. Errs to the wide side.
[[nodiscard]] double textWidth(std::string_view text, double pixels, bool bold);

}  // namespace taktwerk
