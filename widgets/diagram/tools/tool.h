// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPointF>
#include <QString>
#include <functional>
#include <memory>
#include <set>

#include "core/editing/edit.h"
#include "core/editing/wiring_rule.h"
#include "widgets/document/document.h"

namespace taktwerk {

class DiagramScene;
class DocumentController;
class ShownSelection;
class Tool;

/// What tools work on and with.
struct Canvas {
  DiagramScene& scene;
  DocumentController& documents;
  ShownSelection& selection;
  std::function<void()> repaint;
  std::function<void(const QString&)> say;  ///< a sentence in the status bar
  std::function<void(std::unique_ptr<Tool>)> use;
  /// Asks which of several connections is meant, and makes the one that is chosen.
  std::function<void(const std::vector<AddConnection>&)> choose;
  /// Asks which of several rules between arrays is meant, and adds it.
  std::function<void(const std::vector<WiringRule>&)> chooseRule = {};
  /// Asks for the sizes of an array that an entry of the file shall become.
  std::function<void(const std::string& entry)> askArray = {};

  [[nodiscard]] const Document* document() const;
  [[nodiscard]] const FoldedView& shown() const;
  /// Makes a step of the history; says why when it cannot be made.
  bool edit(const QString& name, const std::vector<ArchitectureEdit>& edits,
            const QString& mergeKey = {}) const;
  void select(const std::vector<std::string>& names) const;
};

/// A place of the mouse.
struct ToolEvent {
  QPointF at;  ///< of the diagram
  Qt::KeyboardModifiers modifiers;
  double scale = 1;  ///< of the view: pixels of the screen a unit of the diagram
};

/// A small state machine that turns mouse events into edits. A gesture begins with `press` and ends with
/// `release`; it changes the document once, at its end, or not at all when it is cancelled.
class Tool {
 public:
  explicit Tool(Canvas& canvas) : canvas_(canvas) {}
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;
  virtual ~Tool() = default;

  virtual void press(const ToolEvent& event) = 0;
  virtual void move(const ToolEvent& event) = 0;
  virtual void release(const ToolEvent& event) = 0;
  /// Ends the gesture without a trace; false when there was none.
  virtual bool cancel() = 0;
  /// What it shows above the diagram, in coordinates of the diagram.
  virtual void paint(QPainter& painter, double scale) const = 0;
  /// What to do next, for the status bar.
  [[nodiscard]] virtual QString hint() const = 0;
  [[nodiscard]] virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }
  /// Whether another tool takes over once the gesture is done.
  [[nodiscard]] virtual bool isDone() const { return false; }

 protected:
  Canvas& canvas_;
};

/// To the grid on which blocks stand.
[[nodiscard]] QPointF snapped(QPointF at);
/// A label beside the cursor.
void paintLabel(QPainter& painter, QPointF at, double scale, const QString& text, const QColor& colour,
                const QColor& ink);

}  // namespace taktwerk
