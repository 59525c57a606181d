// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// What groups have besides what all blocks have (block_painter.h): behind the block the sheets of an array,
/// in it the sketch of its elements, and a mark that tells whether it is open.
void paintGroupBack(QPainter& painter, const Block& block, const Palette& palette);
void paintGroupFront(QPainter& painter, const Block& block, const Palette& palette, double scale);

}  // namespace taktwerk
