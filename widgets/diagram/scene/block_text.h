// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Text in the diagram is never smaller than this on the screen, in pixels; what has no room for it is left
/// out and stands in the block's tooltip.
inline constexpr double smallestTextPixels = 9;

/// One text of a block. Lengths are pixels of the screen, from the block's upper left corner.
struct BlockText {
  enum class Role { Glyph, Title, ClassName, Detail };
  Role role = Role::Title;
  QString text;  ///< cut with an ellipsis where the whole has no room
  double x = 0;
  double baseline = 0;
  double pixels = 0;  ///< height of the letters' font
  bool bold = false;
  /// Over the middle of the block instead of in its header, on a ground of its own.
  bool floating = false;
};

/// What takes room from the texts.
struct BlockMarks {
  bool badge = false;  ///< of a problem, in the header
  double below = 0;    ///< pixels of the screen at the lower border that something else is drawn on
};

/// The texts of a block at a zoom of `scale`, as many as have room.
[[nodiscard]] std::vector<BlockText> textsOf(const Block& block, const BlockMarks& marks, double scale);

/// The font of the diagram in whole pixels.
[[nodiscard]] QFont blockFont(double pixels, bool bold);

}  // namespace taktwerk
