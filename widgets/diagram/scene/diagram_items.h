// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>

#include "core/drawing/block_diagram.h"
#include "widgets/diagram/scene/block_painter.h"

namespace taktwerk {

class DiagramScene;

/// A block of the display list. It owns no data: the scene holds the diagram and the states.
class BlockItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 1 };
  BlockItem(const DiagramScene& scene, std::uint32_t block);

  [[nodiscard]] int type() const override { return Type; }
  [[nodiscard]] std::uint32_t block() const { return block_; }
  [[nodiscard]] QRectF boundingRect() const override;
  [[nodiscard]] QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  const DiagramScene& scene_;
  std::uint32_t block_;
};

/// A wire with its arrow; clickable some pixels to both sides.
class WireItem : public QGraphicsItem {
 public:
  enum { Type = UserType + 2 };
  /// Above all blocks; of wires the one under the mouse above the others.
  static constexpr double level = 1000, raised = 1000.5;
  WireItem(const DiagramScene& scene, std::uint32_t wire);

  [[nodiscard]] int type() const override { return Type; }
  [[nodiscard]] std::uint32_t wire() const { return wire_; }
  [[nodiscard]] QRectF boundingRect() const override { return bounds_; }
  [[nodiscard]] QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  const DiagramScene& scene_;
  std::uint32_t wire_;
  QRectF bounds_;
  mutable QPainterPath shape_;  ///< made when it is first asked for
};

/// All ports of the diagram, above everything else, not clickable.
class PortsItem : public QGraphicsItem {
 public:
  explicit PortsItem(const DiagramScene& scene);
  [[nodiscard]] QRectF boundingRect() const override { return bounds_; }
  [[nodiscard]] QPainterPath shape() const override { return {}; }
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  const DiagramScene& scene_;
  QRectF bounds_;
};

}  // namespace taktwerk
