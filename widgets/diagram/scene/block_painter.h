// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPainter>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// What a block shows besides what it is.
struct BlockState {
  bool selected = false;
  bool hovered = false;  ///< pointed at, here or in another view
  bool error = false;
  bool warning = false;
  double share = 0;  ///< of all cycles that are spent in the block or waiting for it, 0 to 1
  double heat = -1;  ///< how much of the time it was busy, 0 to 1; below 0: not shown
};

/// Blocks with at least this share limit the estimate and are marked.
inline constexpr double limitingShare = 0.2;

/// Below these scales blocks are flat, or have no text.
inline constexpr double flatBelow = 0.12;
inline constexpr double noTextBelow = 0.35;

/// Draws display-list parts in scene coordinates. `scale` is the zoom, which decides the level of detail.
/// Plain functions of their arguments; they may run on any thread that paints on a QImage.
void paintBlock(QPainter& painter, const Block& block, const BlockState& state, const Palette& palette,
                double scale);
void paintWire(QPainter& painter, const BlockDiagram& diagram, const Wire& wire, bool emphasised,
               const Palette& palette, double scale);
void paintPort(QPainter& painter, const Port& port, const Block& block, const Palette& palette, double scale);

/// The whole diagram fitted into a rectangle of the device, not larger than at 100 % times `largest`.
void paintDiagram(QPainter& painter, const BlockDiagram& diagram, const Palette& palette,
                  const QRectF& target, double largest = 1);

/// The whole diagram fitted into a picture, for thumbnails. `ratio` is the device pixel ratio.
[[nodiscard]] QImage paintThumbnail(const BlockDiagram& diagram, const Palette& palette, QSize size,
                                    double ratio);

}  // namespace taktwerk
