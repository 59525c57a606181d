// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do on the canvas.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

#include "widgets/graph/graph_canvas.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

constexpr double zoomStep = 1.2;

/// Keys that mean something here, also where a command of the window has them.
bool isOwn(const QKeyEvent& key) {
  if (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return false;
  switch (key.key()) {
    case Qt::Key_Period:
    case Qt::Key_Comma:
    case Qt::Key_P:
    case Qt::Key_N:
    case Qt::Key_F:
    case Qt::Key_Plus:
    case Qt::Key_Minus:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool GraphCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && isOwn(*static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return QAbstractScrollArea::event(event);
}

bool GraphCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    showTip(help->pos(), help->globalPos());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void GraphCanvas::showTip(const QPoint& position, const QPoint& global) {
  const auto node = nodeAt(position);
  QString text;
  if (node) {
    for (const std::string& line : nodeInWords(graph_->window, graph_->listed, *node)) {
      if (!text.isEmpty()) text += QStringLiteral("<br>");
      text += shortened(line).toHtmlEscaped();
    }
  }
  QToolTip::showText(global, text, viewport());
}

void GraphCanvas::wheelEvent(QWheelEvent* event) {
  const double turns = event->angleDelta().y() / 120.0;
  const double factor = std::pow(zoomStep, turns);
  const bool onlyTime = event->modifiers() & Qt::ControlModifier;
  const bool onlyRows = event->modifiers() & Qt::ShiftModifier;
  zoomBy(onlyRows ? 1 : factor, onlyTime ? 1 : factor, event->position());
  event->accept();
}

void GraphCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  pressed_ = dragged_ = event->position();
}

void GraphCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!dragged_ || !graph_) return;
  constexpr double before = 5;  // pixels, until it is a drag and not a click
  if (pressed_ && (event->position() - *pressed_).manhattanLength() < before) return;
  pressed_.reset();
  viewport()->setCursor(Qt::ClosedHandCursor);
  const QPointF by = event->position() - *dragged_;
  dragged_ = event->position();
  scale_.left -= by.x() / scale_.perCycle;
  scale_.top -= by.y();
  arrangeBars();
  viewport()->update();
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent* event) {
  viewport()->unsetCursor();
  if (pressed_ && event->button() == Qt::LeftButton) choose(nodeAt(event->position()));
  pressed_.reset();
  dragged_.reset();
}

void GraphCanvas::choose(std::optional<std::uint32_t> node) {
  select(node);
  Q_EMIT nodeSelected(node ? qint64{*node} : -1);
}

/// Left and right in the lane, up and down to what is there at that time.
void GraphCanvas::moveSelection(int key) {
  if (!graph_ || layout().lanes() == 0) return;
  const GraphInTime& shown = layout();
  std::optional<std::uint32_t> next;
  if (!look_.selected) {
    next = shown.laneBars.front();
  } else {
    const GraphBar& bar = shown.bars[*look_.selected];
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
      const auto begin = shown.laneBars.begin();
      const auto first = begin + shown.laneFirst[bar.lane], end = begin + shown.laneFirst[bar.lane + 1];
      const auto at = std::find(first, end, *look_.selected);
      if (key == Qt::Key_Left && at != first) next = *(at - 1);
      if (key == Qt::Key_Right && at + 1 != end) next = *(at + 1);
    } else {
      const bool up = key == Qt::Key_Up;
      if (up ? bar.lane > 0 : bar.lane + 1 < shown.lanes()) {
        next = barAt(shown, up ? bar.lane - 1 : bar.lane + 1, static_cast<double>(bar.enter), 1e18);
      }
    }
  }
  if (!next) return;
  bringIntoSight(*next);
  choose(next);
}

void GraphCanvas::keyPressEvent(QKeyEvent* event) {
  const QPointF middle(viewport()->width() / 2.0, viewport()->height() / 2.0);
  switch (event->key()) {
    case Qt::Key_Period:
      return Q_EMIT stepAsked(1);
    case Qt::Key_Comma:
      return Q_EMIT stepAsked(-1);
    case Qt::Key_P:
      return addSteps(1, 0);
    case Qt::Key_N:
      return addSteps(0, 1);
    case Qt::Key_F:
      return fit();
    case Qt::Key_Plus:
      return zoomBy(zoomStep, zoomStep, middle);
    case Qt::Key_Minus:
      return zoomBy(1 / zoomStep, 1 / zoomStep, middle);
    case Qt::Key_Escape:
      return choose(std::nullopt);
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
      return moveSelection(event->key());
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

}  // namespace taktwerk
