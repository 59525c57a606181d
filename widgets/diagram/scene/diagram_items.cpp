// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/diagram_items.h"

#include <QStyleOptionGraphicsItem>

#include "widgets/diagram/scene/diagram_scene.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostFlatWires = 4000;

double scaleOf(const QStyleOptionGraphicsItem* option, const QPainter* painter) {
  return option->levelOfDetailFromTransform(painter->worldTransform());
}

}  // namespace

BlockItem::BlockItem(const DiagramScene& scene, std::uint32_t block) : scene_(scene), block_(block) {
  setFlag(ItemIsSelectable);
  setAcceptHoverEvents(false);
  setZValue(scene.nestingOf(block));
}

QRectF BlockItem::boundingRect() const {
  const Rect& r = scene_.diagram()->blocks[block_].rect;
  return QRectF(r.x, r.y, r.width, r.height).adjusted(-10, -10, 18, 18);
}

QPainterPath BlockItem::shape() const {
  const Rect& r = scene_.diagram()->blocks[block_].rect;
  QPainterPath path;
  path.addRect(QRectF(r.x, r.y, r.width, r.height));
  return path;
}

void BlockItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  BlockState state = scene_.stateOf(block_);
  state.selected = isSelected();
  paintBlock(*painter, scene_.diagram()->blocks[block_], state, scene_.palette(), scaleOf(option, painter));
}

WireItem::WireItem(const DiagramScene& scene, std::uint32_t wire) : scene_(scene), wire_(wire) {
  setFlag(ItemIsSelectable);
  setZValue(level);
  QPainterPath path;
  bool first = true;
  for (const Point& p : scene.diagram()->wires[wire].points) {
    if (first) {
      path.moveTo(p.x, p.y);
    } else {
      path.lineTo(p.x, p.y);
    }
    first = false;
  }
  bounds_ = path.boundingRect().adjusted(-6, -6, 6, 6);
}

QPainterPath WireItem::shape() const {
  if (!shape_.isEmpty()) return shape_;
  QPainterPath path;
  bool first = true;
  for (const Point& p : scene_.diagram()->wires[wire_].points) {
    first ? path.moveTo(p.x, p.y) : path.lineTo(p.x, p.y);
    first = false;
  }
  QPainterPathStroker stroker;
  stroker.setWidth(9);
  shape_ = stroker.createStroke(path);
  return shape_;
}

void WireItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  const double scale = scaleOf(option, painter);
  const BlockDiagram& diagram = *scene_.diagram();
  // So many lines so close together are a grey area that takes seconds to paint.
  const bool crowded = diagram.wires.size() > mostFlatWires && scale < flatBelow;
  if ((scale < 0.03 || crowded) && !isSelected()) return;
  paintWire(*painter, diagram, diagram.wires[wire_],
            isSelected() || scene_.touchesSelection(wire_) || scene_.isHovered(wire_), scene_.palette(),
            scale);
}

PortsItem::PortsItem(const DiagramScene& scene) : scene_(scene) {
  setZValue(1001);
  setFlag(ItemUsesExtendedStyleOption);
  for (const Port& port : scene.diagram()->ports) {
    bounds_ |= QRectF(port.at.x - 24, port.at.y - 16, 48, 32);
  }
}

void PortsItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
  const double scale = scaleOf(option, painter);
  if (scale < noTextBelow) return;
  const BlockDiagram& diagram = *scene_.diagram();
  for (const Port& port : diagram.ports) {
    if (!option->exposedRect.intersects(QRectF(port.at.x - 24, port.at.y - 16, 48, 32))) continue;
    if (scene_.isDragged(port.block)) continue;
    paintPort(*painter, port, diagram.blocks[port.block], scene_.palette(), scale);
  }
}

}  // namespace taktwerk
