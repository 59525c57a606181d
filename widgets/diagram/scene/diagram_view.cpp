// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/diagram_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/diagram/scene/canvas_input.h"
#include "widgets/diagram/scene/diagram_items.h"
#include "widgets/diagram/scene/diagram_legend.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/minimap.h"

namespace taktwerk {

namespace {
constexpr double smallest = 0.02;
constexpr double largest = 8;
constexpr double largestFit = 1.25;
constexpr int legendMargin = 8;

/// Whether nothing of the diagram that is shown lies in a part of the scene.
bool isFree(const DiagramScene& scene, const QRectF& part) {
  const auto meets = [&](double x1, double y1, double x2, double y2) {
    return std::max(x1, x2) >= part.left() && std::min(x1, x2) <= part.right() &&
           std::max(y1, y2) >= part.top() && std::min(y1, y2) <= part.bottom();
  };
  for (const Block& block : scene.diagram()->blocks) {
    if (meets(block.rect.left(), block.rect.top(), block.rect.right(), block.rect.bottom())) return false;
  }
  for (const Wire& wire : scene.diagram()->wires) {
    if (scene.hiddenKinds().contains(wire.kind)) continue;
    for (std::size_t k = 0; k + 1 < wire.points.size(); ++k) {
      const Point &a = wire.points[k], &b = wire.points[k + 1];
      if (meets(a.x, a.y, b.x, b.y)) return false;
    }
  }
  return true;
}

/// Where the legend covers nothing of the diagram, from the lower left corner on; nothing where it is full
/// everywhere. `taken` is covered by another child of the view.
std::optional<QPoint> legendPlace(const QGraphicsView& view, const DiagramScene& scene, QSize size,
                                  const QRect& taken) {
  const int right = view.width() - size.width() - legendMargin, left = legendMargin;
  const int bottom = view.height() - size.height() - legendMargin, top = legendMargin;
  for (const QPoint& at : {QPoint(left, bottom), QPoint(left, top), QPoint(right, top), QPoint(right, bottom),
                           QPoint((left + right) / 2, bottom), QPoint((left + right) / 2, top)}) {
    const QRect place(at, size);
    if (place.intersects(taken)) continue;
    if (!scene.diagram() || isFree(scene, view.mapToScene(place).boundingRect())) return at;
  }
  return {};
}
}  // namespace

DiagramView::DiagramView(DiagramScene& scene, const Theme& theme, QWidget* parent)
    : QGraphicsView(&scene, parent), scene_(scene) {
  setFrameShape(QFrame::NoFrame);
  setDragMode(QGraphicsView::RubberBandDrag);
  setTransformationAnchor(QGraphicsView::NoAnchor);
  setResizeAnchor(QGraphicsView::AnchorViewCenter);
  setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setContextMenuPolicy(Qt::PreventContextMenu);  // the right button pans
  setAccessibleName(tr("Block diagram"));
  legend_ = new DiagramLegend(theme, this);
  minimap_ = new Minimap(scene, theme, this);
  connect(minimap_, &Minimap::goTo, this, [this](QPointF at) {
    fitted_ = false;
    centerOn(at);
  });
  connect(&scene_, &QGraphicsScene::sceneRectChanged, this, &DiagramView::refreshMinimap);
}

void DiagramView::setInput(CanvasInput* input) {
  input_ = input;
  setDragMode(input ? QGraphicsView::NoDrag : QGraphicsView::RubberBandDrag);
  setMouseTracking(true);
  viewport()->setMouseTracking(true);
  setAcceptDrops(true);
}

void DiagramView::fit() {
  fitted_ = true;
  const QRectF all = scene_.contents();
  showArea(all);
  if (all.isEmpty() || !legend_->isHidden()) return;
  // A strip below everything is the legend's.
  const double strip = legend_->height() + 2 * legendMargin;
  const QSize room = viewport()->size();
  const double fitting = std::min(room.width() / all.width(), (room.height() - strip) / all.height());
  if (fitting > 0) showArea(all.adjusted(0, 0, 0, strip / std::min(fitting, largestFit)));
}

void DiagramView::showHiddenKinds() {
  legend_->setHidden(scene_.hiddenKinds());
  refreshMinimap();  // the legend may have more room
}

void DiagramView::fitSelection() {
  QRectF area;
  for (const QGraphicsItem* item : scene_.selectedItems()) area |= item->sceneBoundingRect();
  if (area.isEmpty()) return fit();
  fitted_ = false;
  showArea(area.adjusted(-40, -40, 40, 40));
}

void DiagramView::showArea(const QRectF& area) {
  if (area.isEmpty()) return;
  const QSize room = viewport()->size();
  const double fitting = std::min(room.width() / area.width(), room.height() / area.height());
  setZoom(std::min(fitting, largestFit), {});
  centerOn(area.center());
}

void DiagramView::setZoom(double zoom, QPoint anchor) {
  zoom = std::clamp(zoom, smallest, largest);
  const QPointF fixed = mapToScene(anchor);
  setTransform(QTransform::fromScale(zoom, zoom));
  const QPoint moved = mapFromScene(fixed) - anchor;
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() + moved.x());
  verticalScrollBar()->setValue(verticalScrollBar()->value() + moved.y());
  refreshMinimap();
  Q_EMIT zoomChanged(zoom);
}

void DiagramView::refreshMinimap() {
  if (!minimap_) return;
  minimap_->setView(mapToScene(viewport()->rect()).boundingRect());
  const auto at =
      legendPlace(*this, scene_, legend_->size(), minimap_->isHidden() ? QRect() : minimap_->geometry());
  if (at) legend_->move(*at);
  legend_->setVisible(at.has_value());
}

void DiagramView::scrollContentsBy(int dx, int dy) {
  QGraphicsView::scrollContentsBy(dx, dy);
  refreshMinimap();
}

void DiagramView::zoomBy(double factor) {
  fitted_ = false;
  setZoom(zoom() * factor, viewport()->rect().center());
}

void DiagramView::zoomTo100() {
  fitted_ = false;
  setZoom(1, viewport()->rect().center());
}

void DiagramView::showPlace(QPointF middle, double zoom) {
  fitted_ = false;
  setZoom(zoom, {});
  centerOn(middle);
}

void DiagramView::reveal(const QRectF& rect) {
  if (!mapToScene(viewport()->rect()).boundingRect().contains(rect)) ensureVisible(rect, 60, 60);
}

void DiagramView::wheelEvent(QWheelEvent* event) {
  const double steps = event->angleDelta().y() / 120.0;
  if (steps != 0) {
    fitted_ = false;
    setZoom(zoom() * std::pow(1.2, steps), event->position().toPoint());
  }
  event->accept();
}

void DiagramView::mousePressEvent(QMouseEvent* event) {
  const bool pans = event->button() == Qt::MiddleButton || event->button() == Qt::RightButton ||
                    (event->button() == Qt::LeftButton && space_);
  if (!pans && input_) {
    setFocus();
    if (event->button() == Qt::LeftButton) input_->press(event);
    return;
  }
  if (!pans) return QGraphicsView::mousePressEvent(event);
  panning_ = true;
  last_ = pressed_ = event->pos();
  viewport()->setCursor(Qt::ClosedHandCursor);
  event->accept();
}

void DiagramView::mouseMoveEvent(QMouseEvent* event) {
  if (!panning_ && input_) return input_->move(event);
  if (!panning_) return QGraphicsView::mouseMoveEvent(event);
  fitted_ = false;
  const QPoint moved = event->pos() - last_;
  last_ = event->pos();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
  verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
}

void DiagramView::mouseReleaseEvent(QMouseEvent* event) {
  if (!panning_ && input_) {
    if (event->button() == Qt::LeftButton) input_->release(event);
    return;
  }
  if (!panning_) return QGraphicsView::mouseReleaseEvent(event);
  panning_ = false;
  if (input_ && event->button() == Qt::RightButton && (event->pos() - pressed_).manhattanLength() < 4) {
    input_->contextMenu(event->pos());
  }
  viewport()->setCursor(space_ ? Qt::OpenHandCursor : Qt::ArrowCursor);
}

void DiagramView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
    space_ = true;
    viewport()->setCursor(Qt::OpenHandCursor);
    return;
  }
  if (input_ && input_->key(event)) return;
  if (event->key() == Qt::Key_Escape) {
    scene_.clearSelection();
    return;
  }
  QGraphicsView::keyPressEvent(event);
}

void DiagramView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (!input_) return QGraphicsView::mouseDoubleClickEvent(event);
  if (event->button() == Qt::LeftButton) input_->doubleClick(event);
}

void DiagramView::leaveEvent(QEvent* event) {
  if (input_) input_->leave();
  QGraphicsView::leaveEvent(event);
}

void DiagramView::dragEnterEvent(QDragEnterEvent* event) {
  if (input_ && input_->dragEnter(event)) return;
  event->ignore();  // files are the window's
}

void DiagramView::dragMoveEvent(QDragMoveEvent* event) {
  if (input_ && input_->dragMove(event)) return;
  event->ignore();
}

void DiagramView::dragLeaveEvent(QDragLeaveEvent*) {
  if (input_) input_->dragLeave();
}

void DiagramView::dropEvent(QDropEvent* event) {
  if (!input_ || !input_->drop(event)) event->ignore();
}

void DiagramView::drawForeground(QPainter* painter, const QRectF&) {
  if (input_) input_->paint(*painter, zoom());
}

void DiagramView::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
    space_ = false;
    viewport()->setCursor(Qt::ArrowCursor);
    return;
  }
  QGraphicsView::keyReleaseEvent(event);
}

void DiagramView::resizeEvent(QResizeEvent* event) {
  QGraphicsView::resizeEvent(event);
  minimap_->move(width() - minimap_->width() - 10, height() - minimap_->height() - 10);
  if (fitted_) fit();
  refreshMinimap();
}

}  // namespace taktwerk
