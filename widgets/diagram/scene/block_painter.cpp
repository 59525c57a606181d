// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/block_painter.h"

#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "core/drawing/wire_shape.h"
#include "widgets/diagram/scene/block_text.h"
#include "widgets/diagram/scene/diagram_fit.h"
#include "widgets/diagram/scene/group_painter.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QRectF toQRect(const Rect& r) {
  return {r.x, r.y, r.width, r.height};
}
QPointF toQPoint(Point p) {
  return {p.x, p.y};
}

constexpr double portTextFrom = 0.8;  // widths of ports would stand on each other below this scale

/// Draws in pixels of the screen from a place of the scene, so that letters keep the size they have there.
class ScreenPixels {
 public:
  ScreenPixels(QPainter& painter, QPointF origin, double scale) : painter_(painter) {
    painter_.save();
    painter_.translate(origin);
    painter_.scale(1 / scale, 1 / scale);
  }
  ScreenPixels(const ScreenPixels&) = delete;
  ScreenPixels& operator=(const ScreenPixels&) = delete;
  ~ScreenPixels() { painter_.restore(); }

 private:
  QPainter& painter_;
};

/// Of what is drawn on blocks: as large as the zoom makes it, but with letters that can be read.
double readable(double pixels, double scale) {
  return std::max(scale, smallestTextPixels / pixels);
}

void paintBadge(QPainter& painter, const QRectF& rect, double inset, bool error, const Palette& palette,
                double scale) {
  const ScreenPixels pixels(painter, {rect.right() - inset, rect.top() + headerHeight / 2}, scale);
  const double size = readable(11, scale);
  painter.scale(size, size);
  painter.setPen(QPen(toQColor(palette.canvas), 1.5));
  painter.setBrush(toQColor(error ? palette.error : palette.warning));
  painter.drawEllipse(QPointF(), 8, 8);
  painter.setPen(toQColor(palette.canvas));
  painter.setFont(blockFont(11, true));
  painter.drawText(QRectF(-8, -8, 16, 16), Qt::AlignCenter,
                   error ? QStringLiteral("✕") : QStringLiteral("!"));
}

constexpr double sharePixels = 10, heatPixels = 10;  // letters at 100 %
constexpr double heatHeight = 15, shareHeight = 18;

/// How much of the time the block takes.
void paintShare(QPainter& painter, const QRectF& rect, double share, const Palette& palette, double scale) {
  const ScreenPixels pixels(painter, rect.bottomRight(), scale);
  const double size = readable(sharePixels, scale);
  painter.scale(size, size);
  const QString text = QStringLiteral("%1 %").arg(share * 100, 0, 'f', 0);
  painter.setFont(blockFont(sharePixels, true));
  const double width = painter.fontMetrics().horizontalAdvance(text) + 12;
  const QRectF pill(-width - 6, -shareHeight / 2, width, shareHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(palette.critical));
  painter.drawRoundedRect(pill, 9, 9);
  painter.setPen(toQColor(palette.canvas));
  painter.drawText(pill, Qt::AlignCenter, text);
}

/// Pixels of the screen that the words of `paintHeat` take at the lower border, above the half of a share
/// that stands in the block; nothing where the body has no room for them.
double heatRoom(const QRectF& rect, const BlockState& state, double scale) {
  if (state.heat < 0) return 0;
  const double lift =
      state.share >= limitingShare ? shareHeight / 2 * readable(sharePixels, scale) : 3 * scale;
  const double room = lift + heatHeight * readable(heatPixels, scale);
  return room <= (rect.height() - headerHeight) * scale ? room : 0;
}

/// How much of the time the block was busy, in words beside the colour.
void paintHeat(QPainter& painter, const QRectF& rect, double heat, double room, const Palette& palette,
               double scale) {
  const ScreenPixels pixels(painter, rect.bottomLeft(), scale);
  painter.translate(0, -room);
  const double size = readable(heatPixels, scale);
  painter.scale(size, size);
  const QString text = QStringLiteral("busy %1 %").arg(heat * 100, 0, 'f', heat > 0 && heat < 0.1 ? 1 : 0);
  painter.setFont(blockFont(heatPixels, true));
  const double width = painter.fontMetrics().horizontalAdvance(text) + 10;
  if (width + 10 > rect.width() * scale / size) return;  // the colour alone
  const QRectF pill(5, 0, width, heatHeight);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(palette.canvas));
  painter.drawRoundedRect(pill, 4, 4);
  painter.setPen(toQColor(palette.text));
  painter.drawText(pill, Qt::AlignCenter, text);
}

/// A pin with its needle to the lower left.
void paintPin(QPainter& painter, QPointF head, const QColor& colour) {
  painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(head, head + QPointF(-5, 5));
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawEllipse(head, 3.2, 3.2);
  painter.setBrush(Qt::NoBrush);
}

void paintTexts(QPainter& painter, const Block& block, const BlockState& state, const Palette& palette,
                double scale) {
  const QRectF rect = toQRect(block.rect);
  const bool badge = state.error || state.warning;
  if (block.pinned && scale >= noTextBelow) {
    paintPin(painter,
             {rect.right() - (badge ? 28 : 10) - (block.group ? 20 : 0), rect.top() + headerHeight / 2 - 2},
             toQColor(palette.kindText(block.kind)));
  }
  if (block.hasNote && smallestTextPixels <= 12 * scale) {
    painter.setFont(blockFont(12, false));
    painter.setPen(toQColor(palette.mutedText));
    painter.drawText(QRectF(rect.right() - 22, rect.bottom() - 18, 16, 14), Qt::AlignCenter,
                     QStringLiteral("✎"));
  }
  const bool frame = block.group && block.group->open;
  const BlockMarks marks{badge, frame ? 0 : heatRoom(rect, state, scale)};
  const ScreenPixels pixels(painter, rect.topLeft(), scale);
  for (const BlockText& text : textsOf(block, marks, scale)) {
    painter.setFont(blockFont(text.pixels, text.bold));
    if (text.floating) {
      QColor ground = toQColor(palette.kindBody(block.kind));
      ground.setAlphaF(0.85F);
      const double width = painter.fontMetrics().horizontalAdvance(text.text);
      painter.fillRect(QRectF(text.x - 2, text.baseline - text.pixels + 1, width + 4, text.pixels + 2),
                       ground);
    }
    const bool header =
        !text.floating && (text.role == BlockText::Role::Title || text.role == BlockText::Role::Glyph);
    painter.setPen(toQColor(header                                    ? palette.kindText(block.kind)
                            : text.role == BlockText::Role::ClassName ? palette.mutedText
                                                                      : palette.text));
    painter.drawText(QPointF(text.x, text.baseline), text.text);
  }
}

}  // namespace

void paintBlock(QPainter& painter, const Block& block, const BlockState& state, const Palette& palette,
                double scale) {
  const QRectF rect = toQRect(block.rect);
  const QColor kind = toQColor(palette.kind(block.kind));
  if (scale < flatBelow) {
    painter.fillRect(rect, state.selected ? toQColor(palette.accent) : kind);
    return;
  }
  const QColor user = block.colour.empty() ? QColor() : QColor(QString::fromStdString(block.colour));
  painter.setRenderHint(QPainter::Antialiasing);
  const bool unknown = block.kind == BlockKind::Unknown;
  if (state.hovered) {
    QColor glow = toQColor(palette.accent);
    glow.setAlphaF(0.28F);
    painter.setPen(QPen(glow, 9));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect, 5, 5);
  }
  QPainterPath outline;
  outline.addRoundedRect(rect, 4, 4);
  paintGroupBack(painter, block, palette);
  const bool frame = block.group && block.group->open;  // what is in it has its own colours
  painter.fillPath(outline, toQColor(frame ? mix(palette.kindBody(block.kind), palette.canvas, 0.35)
                                           : palette.kindBody(block.kind)));
  if (state.heat >= 0 && !frame) {
    QColor heat = toQColor(heatColour(state.heat));
    heat.setAlphaF(0.1F + 0.45F * static_cast<float>(state.heat));  // what idles stays as it is
    painter.fillPath(outline, heat);
  }
  if (state.error || unknown) {
    QColor hatch = toQColor(palette.error);
    hatch.setAlphaF(0.22F);
    painter.fillPath(outline, QBrush(hatch, Qt::BDiagPattern));
  }
  painter.save();
  painter.setClipPath(outline, Qt::IntersectClip);
  painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), headerHeight), kind);
  if (user.isValid()) painter.fillRect(QRectF(rect.left(), rect.top() + headerHeight, rect.width(), 4), user);
  painter.restore();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(kind, 2, unknown ? Qt::DashLine : Qt::SolidLine));
  painter.drawPath(outline);
  if (!block.children.empty() || (block.group && !block.group->array)) {
    painter.setPen(QPen(kind, 1));
    painter.drawRoundedRect(rect.adjusted(-3.5, -3.5, 3.5, 3.5), 6, 6);
  }
  const bool limits = state.share >= limitingShare;
  if (limits) {
    painter.setPen(QPen(toQColor(palette.critical), 3));
    painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), 5, 5);
  }
  if (state.selected) {
    painter.setPen(QPen(toQColor(palette.accent), 2));
    const double gap = (block.children.empty() ? 4 : 7) + (limits ? 2 : 0);
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), 7, 7);
  }
  paintTexts(painter, block, state, palette, scale);
  if (const double room = heatRoom(rect, state, scale); room > 0 && !frame && scale >= noTextBelow) {
    paintHeat(painter, rect, state.heat, room, palette, scale);
  }
  if (limits && scale >= noTextBelow) paintShare(painter, rect, state.share, palette, scale);
  paintGroupFront(painter, block, palette, scale);
  if (state.error || state.warning)
    paintBadge(painter, rect, block.group ? 34 : 13, state.error, palette, scale);
}

void paintWire(QPainter& painter, const BlockDiagram& diagram, const Wire& wire, bool emphasised,
               const Palette& palette, double scale) {
  const WireStyle style = styleOf(wire.kind);
  const WireShape shape = shapeOf(wire);
  const QColor colour = emphasised ? toQColor(palette.accent) : toQColor(wireColour(diagram, wire, palette));
  if (scale < flatBelow && !emphasised) {  // a hairline
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(colour, 0));
    for (const WirePiece& piece : shape.pieces) painter.drawLine(toQPoint(piece.from), toQPoint(piece.to));
    return;
  }
  const double width = style.width + (emphasised ? 1 : 0);
  // Lines of whole pixels are sharpest without antialiasing only when they lie on pixels; so always with.
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(colour, width);
  pen.setCapStyle(style.dash > 0 ? Qt::FlatCap : Qt::SquareCap);
  const bool dashed = style.dash > 0 && scale >= noTextBelow;
  if (dashed) pen.setDashPattern({style.dash / width, style.gap / width});
  for (const WirePiece& piece : shape.pieces) {
    if (dashed) pen.setDashOffset(piece.dashOffset / width);
    painter.setPen(pen);
    painter.drawLine(toQPoint(piece.from), toQPoint(piece.to));
  }
  if (scale < flatBelow) return;
  painter.setPen(QPen(colour, 1.25, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
  painter.setBrush(style.filledArrow ? colour : toQColor(palette.canvas));
  const QPointF arrow[3] = {toQPoint(shape.arrow[0]), toQPoint(shape.arrow[1]), toQPoint(shape.arrow[2])};
  painter.drawPolygon(arrow, 3);
}

void paintPort(QPainter& painter, const Port& port, const Block& block, const Palette& palette,
               double scale) {
  if (scale < noTextBelow) return;
  const QColor kind = toQColor(palette.kind(block.kind));
  const QRectF square(port.at.x - portSize / 2, port.at.y - portSize / 2, portSize, portSize);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(kind, 1.25));
  painter.setBrush(port.data ? kind : toQColor(palette.canvas));
  painter.drawRoundedRect(square, 1, 1);
  if (port.width.empty() || scale < portTextFrom) return;
  const ScreenPixels pixels(painter, toQPoint(portLabelPoint(port)), scale);
  const QString text = QStringLiteral("/") + QString::fromStdString(port.width);
  painter.setFont(blockFont(std::max(smallestTextPixels, std::floor(9 * scale)), false));
  painter.setPen(toQColor(palette.mutedText));
  // Outside the block, whatever its length.
  const double before =
      port.side == Side::Left ? painter.fontMetrics().horizontalAdvance(text) - 12 * scale : 0;
  painter.drawText(QPointF(-before, 0), text);
}

void paintDiagram(QPainter& painter, const BlockDiagram& diagram, const Palette& palette,
                  const QRectF& target, double largest) {
  if (diagram.blocks.empty()) return;
  const QTransform places = diagramFit(diagram.bounds, target, largest);
  const double scale = places.m11();
  painter.save();
  painter.setTransform(places, true);
  for (const std::uint32_t block : fromOutside(diagram.blocks)) {
    paintBlock(painter, diagram.blocks[block], {}, palette, scale);
  }
  for (const Wire& wire : diagram.wires) paintWire(painter, diagram, wire, false, palette, scale);
  for (const Port& port : diagram.ports) {
    paintPort(painter, port, diagram.blocks[port.block], palette, scale);
  }
  painter.restore();
}

QImage paintThumbnail(const BlockDiagram& diagram, const Palette& palette, QSize size, double ratio) {
  QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(toQColor(palette.canvas));
  QPainter painter(&image);
  paintDiagram(painter, diagram, palette, QRectF(QPointF(), QSizeF(size)));
  return image;
}

}  // namespace taktwerk
