// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/drawing/geometry.h"
#include "core/drawing/layered_layout.h"
#include "core/drawing/palette.h"

namespace taktwerk {

/// A rectangle of the block diagram: a stage with the units it contains nested in it, a unit, a register
/// file or a memory. All coordinates are multiples of `gridStep`.
struct Block {
  ObjectId object;
  BlockKind kind = BlockKind::Unknown;
  Rect rect;
  std::string title;  ///< the object's name
  std::string className;
  std::vector<std::string> details;  ///< at most three short lines: "latency 2", "r0 … r3"
  std::optional<std::uint32_t> parent;
  std::vector<std::uint32_t> children;
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
  ConnectionId connection;
  ConnectionKind kind = ConnectionKind::Forward;
  std::uint32_t from = 0;  ///< blocks, in the direction of the arrow
  std::uint32_t to = 0;
  std::vector<Point> points;
  bool bent = false;  ///< by the user: the points go through the connection's `via`
};

/// The display list that the window, thumbnails and SVG files draw.
struct BlockDiagram {
  std::string name;
  std::vector<Block> blocks;  ///< by ObjectId
  std::vector<Port> ports;
  std::vector<Wire> wires;  ///< in the order of the connections
  Rect bounds;
};

inline constexpr double gridStep = 10;
inline constexpr double headerHeight = 24;
inline constexpr double portSize = 6;

/// Places the boxes of a graph; one corner a box, or nothing when it cannot.
using LayoutFunction = std::function<std::optional<std::vector<Point>>(const LayoutGraph&)>;

/// Draws an architecture, valid or not. Blocks stand where the file places them (`at`, brought to the grid;
/// of contained units it is ignored: they are stacked in their stage). What has no place is laid out by
/// `layout`, or by `layeredLayout` when that is empty or fails, below what has one. In large diagrams lines
/// of `before`, an earlier drawing, stay where they can: finding all of them anew takes seconds.
[[nodiscard]] BlockDiagram drawBlockDiagram(const Architecture& architecture,
                                            const LayoutFunction& layout = {},
                                            const BlockDiagram* before = nullptr);

/// One line a block, port and wire: an oracle for tests and a description for people who cannot see it.
[[nodiscard]] std::string describe(const BlockDiagram& diagram);

/// A self-contained SVG picture in the colours of `palette`. Same diagram, same bytes.
[[nodiscard]] std::string toSvg(const BlockDiagram& diagram, const Palette& palette);

/// Width of UTF-8 text in DejaVu Sans at a size in pixels, by classes of characters: to size blocks before
/// any font is there. Errs to the wide side.
[[nodiscard]] double textWidth(std::string_view text, double pixels, bool bold);

}  // namespace taktwerk
