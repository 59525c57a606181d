// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QPointer>

namespace taktwerk {

class CanvasInput;
class DiagramLegend;
class Minimap;
class DiagramScene;
class Theme;

/// Shows the diagram. Wheel zooms at the cursor; middle or right drag, or space with left drag, pans; the
/// left button is the input's, without one it selects. Stays fitted to the window until zoomed or panned.
class DiagramView : public QGraphicsView {
  Q_OBJECT
 public:
  DiagramView(DiagramScene& scene, const Theme& theme, QWidget* parent = nullptr);

  /// What the left button, Escape and the arrow keys do from now on; null leaves only looking and selecting.
  void setInput(CanvasInput* input);
  void fit();
  /// The legend strikes out what the scene does not show.
  void showHiddenKinds();
  void fitSelection();
  void zoomBy(double factor);
  void zoomTo100();
  [[nodiscard]] double zoom() const { return transform().m11(); }
  /// Scrolls an object into view, without zooming.
  void reveal(const QRectF& rect);
  /// The middle of what is in view, in the diagram's coordinates.
  [[nodiscard]] QPointF middle() const { return mapToScene(viewport()->rect().center()); }
  void showPlace(QPointF middle, double zoom);

 Q_SIGNALS:
  void zoomChanged(double zoom);

 protected:
  void drawForeground(QPainter* painter, const QRectF& rect) override;
  void wheelEvent(QWheelEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  /// Zooms so that what is at `anchor`, in pixels of the view, stays there.
  void setZoom(double zoom, QPoint anchor);
  void showArea(const QRectF& area);
  void refreshMinimap();

  DiagramScene& scene_;
  QPointer<CanvasInput> input_;  ///< that may go first
  DiagramLegend* legend_ = nullptr;
  Minimap* minimap_ = nullptr;
  bool fitted_ = true;
  bool space_ = false;
  bool panning_ = false;
  QPoint last_;
  QPoint pressed_;  ///< where the right button went down
};

}  // namespace taktwerk
