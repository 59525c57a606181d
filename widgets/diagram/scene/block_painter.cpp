// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/block_painter.h"

#include <QPainterPath>
#include <algorithm>

#include "core/drawing/wire_shape.h"
#include "widgets/diagram/scene/diagram_fit.h"
#include "widgets/diagram/scene/group_painter.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QRectF toQRect(const Rect& r) {
  return {r.x, r.y, r.width, r.height};
}
QPointF toQPoint(Point p) {
  return {p.x, p.y};
}

constexpr double smallNamePixels = 9;  // of the screen

QFont blockFont(double pixels, bool bold) {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(static_cast<int>(pixels));
  font.setBold(bold);
  return font;
}

void paintBadge(QPainter& painter, const QRectF& rect, double inset, bool error, const Palette& palette) {
  const QPointF centre(rect.right() - inset, rect.top() + headerHeight / 2);
  const QColor colour = toQColor(error ? palette.error : palette.warning);
  painter.setPen(QPen(toQColor(palette.canvas), 1.5));
  painter.setBrush(colour);
  painter.drawEllipse(centre, 8, 8);
  painter.setPen(toQColor(palette.canvas));
  painter.setFont(blockFont(11, true));
  painter.drawText(QRectF(centre.x() - 8, centre.y() - 8, 16, 16), Qt::AlignCenter,
                   error ? QStringLiteral("✕") : QStringLiteral("!"));
}

/// How much of the time the block takes.
void paintShare(QPainter& painter, const QRectF& rect, double share, const Palette& palette) {
  const QColor colour = toQColor(palette.critical);
  const QString text = QStringLiteral("%1 %").arg(share * 100, 0, 'f', 0);
  painter.setFont(blockFont(10.5, true));
  const double width = painter.fontMetrics().horizontalAdvance(text) + 12;
  const QRectF pill(rect.right() - width - 6, rect.bottom() - 9, width, 18);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRoundedRect(pill, 9, 9);
  painter.setPen(toQColor(palette.canvas));
  painter.drawText(pill, Qt::AlignCenter, text);
}

/// How much of the time the block was busy, in words beside the colour.
void paintHeat(QPainter& painter, const QRectF& rect, double heat, const Palette& palette) {
  const QString text = QStringLiteral("busy %1 %").arg(heat * 100, 0, 'f', heat > 0 && heat < 0.1 ? 1 : 0);
  painter.setFont(blockFont(10, true));
  const double width = painter.fontMetrics().horizontalAdvance(text) + 10;
  const QRectF pill(rect.left() + 5, rect.bottom() - 18, width, 15);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toQColor(palette.canvas));
  painter.drawRoundedRect(pill, 4, 4);
  painter.setPen(toQColor(palette.text));
  painter.drawText(pill, Qt::AlignCenter, text);
}

/// The name alone in letters of the screen's size, where all of it fits: in the middle of a block, above what
/// a stage contains.
void paintSmallName(QPainter& painter, const Block& block, const Palette& palette, double scale) {
  const QRectF rect = toQRect(block.rect);
  const double above = headerHeight + 15 * (1 + static_cast<double>(block.details.size()));
  const double height = block.children.empty() ? rect.height() : std::min(rect.height(), above);
  const double width = textWidth(block.title, smallNamePixels, true);
  if (width + 4 > rect.width() * scale || smallNamePixels + 3 > height * scale) return;
  painter.save();
  painter.translate(rect.topLeft());
  painter.scale(1 / scale, 1 / scale);
  const QRectF label(0, 0, rect.width() * scale, height * scale);
  QColor ground = toQColor(palette.kindBody(block.kind));
  ground.setAlphaF(0.85F);
  const double half = width / 2 + 2;
  painter.fillRect(QRectF(label.center().x() - half, label.center().y() - smallNamePixels / 2 - 1, 2 * half,
                          smallNamePixels + 2),
                   ground);
  painter.setFont(blockFont(smallNamePixels, true));
  painter.setPen(toQColor(palette.text));
  painter.drawText(label, Qt::AlignCenter | Qt::TextSingleLine, shortened(block.title));
  painter.restore();
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

void paintTexts(QPainter& painter, const Block& block, const BlockState& state, const Palette& palette) {
  const QRectF rect = toQRect(block.rect);
  const QString glyph = QString::fromUtf8(glyphOf(block.kind).data());
  painter.setFont(blockFont(12, true));
  painter.setPen(toQColor(palette.kindText(block.kind)));
  const QFontMetricsF metrics = painter.fontMetrics();
  const double glyphWidth = metrics.horizontalAdvance(glyph);
  const double baseline = rect.top() + headerHeight / 2 + metrics.capHeight() / 2;
  painter.drawText(QPointF(rect.left() + 9, baseline), glyph);
  const bool badge = state.error || state.warning;
  const double room =
      rect.width() - glyphWidth - (badge ? 46 : 24) - (block.pinned ? 16 : 0) - (block.group ? 16 : 0);
  if (block.pinned) {
    paintPin(painter,
             {rect.right() - (badge ? 28 : 10) - (block.group ? 20 : 0), rect.top() + headerHeight / 2 - 2},
             toQColor(palette.kindText(block.kind)));
    painter.setPen(toQColor(palette.kindText(block.kind)));
  }
  painter.drawText(QPointF(rect.left() + 16 + glyphWidth, baseline),
                   metrics.elidedText(shortened(block.title), Qt::ElideRight, room));
  double y = rect.top() + headerHeight + 15;
  painter.setFont(blockFont(10.5, false));
  painter.setPen(toQColor(palette.mutedText));
  const QFontMetricsF small = painter.fontMetrics();
  const auto line = [&](const std::string& text) {
    painter.drawText(QPointF(rect.left() + 11, y),
                     small.elidedText(shortened(text), Qt::ElideRight, rect.width() - 18));
    y += 15;
  };
  line(block.className);
  painter.setPen(toQColor(palette.text));
  for (const std::string& detail : block.details) line(detail);
  if (block.hasNote) {
    painter.setPen(toQColor(palette.mutedText));
    painter.drawText(QRectF(rect.right() - 22, rect.bottom() - 18, 16, 14), Qt::AlignCenter,
                     QStringLiteral("✎"));
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
  if (scale >= noTextBelow) {
    paintTexts(painter, block, state, palette);
    if (state.heat >= 0 && !frame) paintHeat(painter, rect, state.heat, palette);
    if (limits) paintShare(painter, rect, state.share, palette);
  } else {
    paintSmallName(painter, block, palette, scale);
  }
  paintGroupFront(painter, block, palette, scale);
  if (state.error || state.warning) paintBadge(painter, rect, block.group ? 34 : 13, state.error, palette);
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
  if (port.width.empty()) return;
  painter.setFont(blockFont(9, false));
  painter.setPen(toQColor(palette.mutedText));
  painter.drawText(toQPoint(portLabelPoint(port)), QStringLiteral("/") + QString::fromStdString(port.width));
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
