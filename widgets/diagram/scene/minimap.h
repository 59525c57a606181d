// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace taktwerk {

class DiagramScene;
class Theme;

/// The whole diagram in a corner of the canvas with the part in view framed; a click or drag goes there.
/// Hidden while all of the diagram is in view.
class Minimap : public QWidget {
  Q_OBJECT
 public:
  Minimap(const DiagramScene& scene, const Theme& theme, QWidget* parent);
  /// The part of the diagram in view, in its coordinates.
  void setView(const QRectF& view);
  [[nodiscard]] QPointF toDiagram(QPointF at) const;

 Q_SIGNALS:
  void goTo(QPointF at);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  [[nodiscard]] QTransform fromDiagram() const;

  const DiagramScene& scene_;
  const Theme& theme_;
  QRectF view_;
};

}  // namespace taktwerk
