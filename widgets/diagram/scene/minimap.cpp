// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/minimap.h"

#include <QMouseEvent>
#include <algorithm>

#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr double border = 6;
}

Minimap::Minimap(const DiagramScene& scene, const Theme& theme, QWidget* parent)
    : QWidget(parent), scene_(scene), theme_(theme) {
  setFixedSize(180, 112);
  setCursor(Qt::PointingHandCursor);
  setAccessibleName(tr("Overview of the diagram"));
  setToolTip(tr("Click to go there"));
  hide();
}

QTransform Minimap::fromDiagram() const {
  const QRectF all = scene_.contents();
  const QRectF room = QRectF(rect()).adjusted(border, border, -border, -border);
  const double scale = std::min(room.width() / all.width(), room.height() / all.height());
  return QTransform::fromTranslate(-all.center().x(), -all.center().y()) *
         QTransform::fromScale(scale, scale) *
         QTransform::fromTranslate(room.center().x(), room.center().y());
}

QPointF Minimap::toDiagram(QPointF at) const {
  return fromDiagram().inverted().map(at);
}

void Minimap::setView(const QRectF& view) {
  view_ = view;
  const QRectF all = scene_.contents();
  setVisible(!all.isEmpty() && scene_.diagram() && !scene_.diagram()->blocks.empty() &&
             !view.contains(all - QMarginsF(10, 10, 10, 10)));  // fitted to whole pixels
  update();
}

void Minimap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  QColor ground = theme_.colour(&Palette::panel);
  ground.setAlphaF(0.93F);
  painter.setPen(theme_.border());
  painter.setBrush(ground);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
  if (!scene_.diagram()) return;
  const QTransform to = fromDiagram();
  painter.setPen(Qt::NoPen);
  for (const bool nested : {false, true}) {
    for (const Block& block : scene_.diagram()->blocks) {
      if (block.parent.has_value() != nested) continue;
      QColor colour = theme_.kind(block.kind);
      if (!block.children.empty()) colour.setAlphaF(0.35F);
      painter.fillRect(to.mapRect(QRectF(block.rect.x, block.rect.y, block.rect.width, block.rect.height)),
                       colour);
    }
  }
  const QColor accent = theme_.colour(&Palette::accent);
  QColor fill = accent;
  fill.setAlphaF(0.1F);
  painter.setPen(QPen(accent, 1.5));
  painter.setBrush(fill);
  painter.drawRect(to.mapRect(view_) & QRectF(rect()).adjusted(2, 2, -2, -2));
}

void Minimap::mousePressEvent(QMouseEvent* event) {
  Q_EMIT goTo(toDiagram(event->position()));
}

void Minimap::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) Q_EMIT goTo(toDiagram(event->position()));
}

}  // namespace taktwerk
