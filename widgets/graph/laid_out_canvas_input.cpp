// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do on the canvas.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

#include "core/report/folded_graph_files.h"
#include "widgets/graph/laid_out_canvas.h"
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
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Backspace:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool LaidOutCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && isOwn(*static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return QAbstractScrollArea::event(event);
}

bool LaidOutCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    showTip(help->pos(), help->globalPos());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void LaidOutCanvas::showTip(const QPoint& position, const QPoint& global) {
  const auto box = boxAt(position);
  QString text;
  if (box) {
    for (const std::string& line : boxInWords(graph_->graph->window, graph_->folded.boxes[*box])) {
      if (!text.isEmpty()) text += QStringLiteral("<br>");
      text += shortened(line).toHtmlEscaped();
    }
  }
  QToolTip::showText(global, text, viewport());
}

void LaidOutCanvas::wheelEvent(QWheelEvent* event) {
  zoomBy(std::pow(zoomStep, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void LaidOutCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  pressed_ = dragged_ = event->position();
}

void LaidOutCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!dragged_ || !graph_) return;
  constexpr double before = 5;  // pixels, until it is a drag and not a click
  if (pressed_ && (event->position() - *pressed_).manhattanLength() < before) return;
  pressed_.reset();
  viewport()->setCursor(Qt::ClosedHandCursor);
  sight_.corner -= (event->position() - *dragged_) / sight_.zoom;
  fitted_ = false;
  dragged_ = event->position();
  arrangeBars();
  viewport()->update();
}

void LaidOutCanvas::mouseReleaseEvent(QMouseEvent* event) {
  viewport()->unsetCursor();
  if (pressed_ && event->button() == Qt::LeftButton) {
    const auto box = boxAt(event->position());
    const bool opens = box && graph_->folded.boxes[*box].canOpen() &&
                       openingTab(graph_->boxes[*box]).contains(sight_.toPicture(event->position())) &&
                       sight_.zoom >= LaidOutSight::textFrom;
    choose(box);
    if (opens) Q_EMIT openAsked(*box);
  }
  pressed_.reset();
  dragged_.reset();
}

void LaidOutCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  const auto box = event->button() == Qt::LeftButton ? boxAt(event->position()) : std::nullopt;
  pressed_.reset();
  if (!box) return;
  choose(box);
  Q_EMIT openAsked(*box);
}

void LaidOutCanvas::choose(std::optional<std::uint32_t> box) {
  select(box);
  Q_EMIT boxSelected(box ? qint64{*box} : -1);
}

/// To the box that is nearest on that side; what lies aside counts as further away.
void LaidOutCanvas::moveSelection(int key) {
  if (!graph_ || graph_->boxes.empty()) return;
  std::optional<std::uint32_t> next;
  if (!look_.selected) {
    next = 0;
  } else {
    const QPointF from = graph_->boxes[*look_.selected].rect.center();
    double nearest = 0;
    for (std::uint32_t b = 0; b < graph_->boxes.size(); ++b) {
      const QPointF by = graph_->boxes[b].rect.center() - from;
      const bool level = key == Qt::Key_Left || key == Qt::Key_Right;
      const double sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
      const double ahead = sign * (level ? by.x() : by.y()), aside = std::abs(level ? by.y() : by.x());
      if (ahead < 1) continue;
      const double distance = ahead + 2 * aside;
      if (next && distance >= nearest) continue;
      nearest = distance;
      next = b;
    }
  }
  if (!next) return;
  bringIntoSight(*next);
  choose(next);
}

void LaidOutCanvas::keyPressEvent(QKeyEvent* event) {
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
      return zoomBy(zoomStep, middle);
    case Qt::Key_Minus:
      return zoomBy(1 / zoomStep, middle);
    case Qt::Key_Escape:
      return choose(std::nullopt);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (look_.selected) Q_EMIT openAsked(*look_.selected);
      return;
    case Qt::Key_Backspace:
      if (look_.selected) Q_EMIT closeAsked(*look_.selected);
      return;
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
