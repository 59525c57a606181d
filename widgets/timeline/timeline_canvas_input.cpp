// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do on the canvas.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

#include "widgets/timeline/timeline_canvas.h"

namespace taktwerk {

namespace {

constexpr double zoomStep = 1.25;

/// Keys that mean something here, also where a command of the window has them.
bool isOwn(const QKeyEvent& key) {
  if (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return false;
  switch (key.key()) {
    case Qt::Key_P:
    case Qt::Key_N:
    case Qt::Key_F:
    case Qt::Key_B:
    case Qt::Key_M:
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight:
    case Qt::Key_Plus:
    case Qt::Key_Minus:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool TimelineCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && isOwn(*static_cast<QKeyEvent*>(event))) {
    event->accept();
    return true;
  }
  return QAbstractScrollArea::event(event);
}

bool TimelineCanvas::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString words =
        wordsAt(help->pos()).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    QToolTip::showText(help->globalPos(), words, viewport());
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

void TimelineCanvas::wheelEvent(QWheelEvent* event) {
  event->accept();
  const QPoint turned = event->angleDelta();
  const double turns = (turned.y() != 0 ? turned.y() : turned.x()) / 120.0;
  if (event->modifiers() & Qt::ShiftModifier) {
    verticalScrollBar()->setValue(verticalScrollBar()->value() -
                                  static_cast<int>(turns * 3 * scale_.rowHeight));
  } else if (event->modifiers() & Qt::ControlModifier) {
    const double before = scale_.rowHeight;
    const double least = look_.rows == TimelineRows::Blocks ? 12 : 1;
    scale_.rowHeight = std::clamp(before * std::pow(zoomStep, turns), least, 80.0);
    scale_.top *= scale_.rowHeight / before;
    arrange();
  } else if (turned.y() == 0) {
    panBy(-turns * 60);
  } else {
    zoomBy(std::pow(zoomStep, turns), event->position());
  }
}

void TimelineCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  const bool measures = time_ && event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier;
  if (measures) {
    measuredFrom_ = cycleNear(event->position().x());
    return measureTo(event->position().x());
  }
  pressed_ = dragged_ = event->position();
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (measuredFrom_ && time_) return measureTo(event->position().x());
  if (!dragged_ || !time_) return;
  constexpr double before = 5;  // pixels, until it is a drag and not a click
  if (pressed_ && (event->position() - *pressed_).manhattanLength() < before) return;
  pressed_.reset();
  viewport()->setCursor(Qt::ClosedHandCursor);
  const QPointF by = event->position() - *dragged_;
  dragged_ = event->position();
  scale_.top -= by.y();
  panBy(-by.x());
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (measuredFrom_ && time_) {
    measureTo(event->position().x());
    measuredFrom_.reset();
    return Q_EMIT measured();
  }
  viewport()->unsetCursor();
  if (pressed_ && event->button() == Qt::LeftButton) click(event->position());
  pressed_.reset();
  dragged_.reset();
}

/// On a name: its block, and of an array whether it is open; on a bar: its instruction.
void TimelineCanvas::click(const QPointF& position) {
  if (!time_) return;
  const auto lane = laneAt(position.y());
  if (position.x() < TimelineScale::gutter) {
    if (!lane) return;
    if (time_->lanes.lanes[*lane].isArray()) return setOpen(*lane, !look_.open.contains(*lane));
    Q_EMIT blockChosen(static_cast<qint64>(time_->lanes.lanes[*lane].objects.front().index()));
    return;
  }
  const auto hit = hitAt(position);
  pending_.reset();
  select(hit ? std::optional(hit->instruction) : std::nullopt);
  if (!hit) return Q_EMIT selected(-1, -1);
  Q_EMIT selected(hit->instruction, hit->object.valid() ? static_cast<qint64>(hit->object.index()) : -1);
}

/// A loop's block from border to border.
void TimelineCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const auto block = blockAt(event->position())) {
    const auto begin = static_cast<double>(block->begin), end = static_cast<double>(block->end);
    const double beside = (end - begin) * 0.02;
    return showCycles(std::max(0.0, begin - beside), end + beside);
  }
  if (!hitAt(event->position())) zoomBy(4, event->position());
}

/// From where the selected instruction begins, or up to where it ends; without one, the borders of the sight.
void TimelineCanvas::measureByKey(bool begin) {
  const TimelineInstruction* const of = fine_ && look_.selected ? fine_->find(*look_.selected) : nullptr;
  const Cycles left = cycleNear(TimelineScale::gutter), right = cycleNear(viewport()->width());
  auto range = look_.measured.value_or(std::pair(left, right));
  if (begin) {
    range.first = of ? of->begin() : left;
    range.second = std::max(range.second, range.first + 1);
  } else {
    range.second = std::max<Cycles>(1, of ? of->end() : right);
    range.first = std::min(range.first, range.second - 1);
  }
  measure(range);
  Q_EMIT measured();
}

void TimelineCanvas::keyPressEvent(QKeyEvent* event) {
  if (!time_) return QAbstractScrollArea::keyPressEvent(event);
  const double middleX = TimelineScale::gutter + width() / 2;
  switch (event->key()) {
    case Qt::Key_P:
      return step(-1);
    case Qt::Key_N:
      return step(1);
    case Qt::Key_F:
      return fit();
    case Qt::Key_Plus:
      return zoomBy(zoomStep, {middleX, 0});
    case Qt::Key_Minus:
      return zoomBy(1 / zoomStep, {middleX, 0});
    case Qt::Key_Home:
      scale_.left = 0;
      return arrange();
    case Qt::Key_End:
      scale_.left = static_cast<double>(time_->cycles());
      return arrange();
    case Qt::Key_Left:
      return panBy(-width() / 10);
    case Qt::Key_Right:
      return panBy(width() / 10);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (look_.selected) goTo(*look_.selected);
      return;
    case Qt::Key_B:
      return toggleBookmark();
    case Qt::Key_M:
      return showMoreArrows();
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight:
      return measureByKey(event->key() == Qt::Key_BracketLeft);
    case Qt::Key_Escape:
      if (look_.measured) {
        measure(std::nullopt);
        return Q_EMIT measured();
      }
      select(std::nullopt);
      return Q_EMIT selected(-1, -1);
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

}  // namespace taktwerk
