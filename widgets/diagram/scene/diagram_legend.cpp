// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/diagram_legend.h"

#include "widgets/diagram/scene/block_painter.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double lineLength = 34;
constexpr ConnectionKind kinds[] = {ConnectionKind::Forward, ConnectionKind::Reads, ConnectionKind::Writes};

QString nameOf(ConnectionKind kind) {
  switch (kind) {
    case ConnectionKind::Forward:
      return DiagramLegend::tr("forward");
    case ConnectionKind::Reads:
      return DiagramLegend::tr("reads");
    case ConnectionKind::Writes:
      return DiagramLegend::tr("writes");
    case ConnectionKind::Contains:
      break;
  }
  return {};
}

}  // namespace

DiagramLegend::DiagramLegend(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  double width = 8;
  const QFontMetricsF metrics(theme_.font(8));
  for (const ConnectionKind kind : kinds) width += lineLength + 24 + metrics.horizontalAdvance(nameOf(kind));
  resize(static_cast<int>(width), 26);
}

void DiagramLegend::setHidden(const std::set<ConnectionKind>& kinds) {
  hidden_ = kinds;
  update();
}

void DiagramLegend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor ground = theme_.colour(&Palette::canvas);
  ground.setAlphaF(0.88F);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ground);
  painter.drawRoundedRect(rect(), 4, 4);
  BlockDiagram sample;  // lines take the colour of the storage they lead to
  sample.blocks.resize(1);
  sample.blocks[0].kind = BlockKind::OnChipMemory;
  double x = 8;
  const double y = height() / 2.0;
  QFont font = theme_.font(8);
  for (const ConnectionKind kind : kinds) {
    const bool hidden = hidden_.contains(kind);
    font.setStrikeOut(hidden);
    painter.setFont(font);
    constexpr double faint = 0.3;
    painter.setOpacity(hidden ? faint : 1);
    Wire wire;
    wire.kind = kind;
    wire.points = {{x, y}, {x + lineLength, y}};
    paintWire(painter, sample, wire, false, theme_.colours(), 1);
    painter.setOpacity(1);
    painter.setPen(theme_.colour(&Palette::mutedText));
    painter.drawText(QPointF(x + lineLength + 6, y + 4), nameOf(kind));
    x += lineLength + 24 + painter.fontMetrics().horizontalAdvance(nameOf(kind));
  }
}

}  // namespace taktwerk
