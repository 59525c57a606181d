// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// How a kind of connection is drawn: instructions' path solid and strong with a filled arrow; reads dashed
/// and writes solid, both thin with a hollow arrow; containment that could not be nested dotted.
struct WireStyle {
  double width = 1.25;
  double dash = 0;  ///< pixels on and off; 0 is solid
  double gap = 0;
  bool filledArrow = false;
};
[[nodiscard]] WireStyle styleOf(ConnectionKind kind);

/// A straight piece, from lower to higher coordinate. The dash offset is such that dashes lie at the same
/// places of the plane for every wire, so that joined wires do not fill each other's gaps.
struct WirePiece {
  Point from;
  Point to;
  double dashOffset = 0;
};

struct WireShape {
  std::vector<WirePiece> pieces;
  std::array<Point, 3> arrow;  ///< tip first
};
[[nodiscard]] WireShape shapeOf(const Wire& wire);

/// The instructions' path in the colour of wires; reads and writes tinted with their storage's colour.
[[nodiscard]] Colour wireColour(const BlockDiagram& diagram, const Wire& wire, const Palette& palette);

/// Where the baseline of a port's width ("/4") begins: outside the block.
[[nodiscard]] Point portLabelPoint(const Port& port);

}  // namespace taktwerk
