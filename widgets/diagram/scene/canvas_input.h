// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDragEnterEvent;
class QDragMoveEvent;
class QDropEvent;
class QKeyEvent;
class QMouseEvent;
class QPainter;
class QPoint;

namespace taktwerk {

/// Who answers the mouse and the keys of a DiagramView: the view draws, zooms and pans, and hands on the
/// rest. Positions are in pixels of the view.
class CanvasInput : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  virtual void press(const QMouseEvent* event) = 0;  ///< of the left button, as are the next three
  virtual void move(const QMouseEvent* event) = 0;
  virtual void release(const QMouseEvent* event) = 0;
  virtual void doubleClick(const QMouseEvent* event) = 0;
  virtual bool key(const QKeyEvent* event) = 0;        ///< false leaves the key to the view
  virtual void leave() = 0;                            ///< the mouse left the view
  virtual bool dragEnter(QDragEnterEvent* event) = 0;  ///< false refuses what is dragged, as do the next two
  virtual bool dragMove(QDragMoveEvent* event) = 0;
  virtual void dragLeave() = 0;
  virtual bool drop(QDropEvent* event) = 0;
  /// What is under way, over the diagram and in its coordinates; `scale` is pixels a unit.
  virtual void paint(QPainter& painter, double scale) const = 0;
  /// What can be done at a place, below the mouse.
  virtual void contextMenu(QPoint at) = 0;
};

}  // namespace taktwerk
