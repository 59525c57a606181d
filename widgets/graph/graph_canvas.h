// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QPoint>
#include <memory>
#include <optional>

#include "widgets/graph/graph_data.h"
#include "widgets/graph/graph_painter.h"

namespace taktwerk {

class Theme;

/// A dependency graph along time: rows of instructions or objects, a bar for each node, lines for edges. The
/// wheel zooms at the cursor (with Ctrl only time, with Shift only rows), dragging moves, F fits. Arrow keys
/// go from node to node, P and N add a step of predecessors and successors, `.` and `,` follow the critical
/// path.
class GraphCanvas : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit GraphCanvas(const Theme& theme, QWidget* parent = nullptr);

  /// Null: nothing. What is in sight stays if the graph is of the same window.
  void setGraph(std::shared_ptr<const LayerGraph> graph);
  void setRows(GraphRows rows);
  [[nodiscard]] GraphRows rows() const { return rows_; }
  [[nodiscard]] const GraphLook& look() const { return look_; }
  /// What the legend says.
  void setShown(const EdgeKinds& kinds, bool critical, bool allEdges);
  void setMarked(std::vector<bool> objects);
  void setFound(std::vector<bool> nodes);
  /// Silently. Neighbours are direct ones again.
  void select(std::optional<std::uint32_t> node);
  /// Steps of neighbours before and behind the selected instruction.
  [[nodiscard]] int stepsBack() const { return back_; }
  [[nodiscard]] int stepsAhead() const { return ahead_; }
  void addSteps(int back, int ahead);
  /// Allows three more steps than now, and takes one each way.
  void showMore();
  /// There are neighbours further off, and P and N may not go there unasked.
  [[nodiscard]] bool hasMore() const;

  void bringIntoSight(std::uint32_t node);
  void fit();
  void zoomBy(double time, double rows, const QPointF& at);
  [[nodiscard]] const GraphScale& scale() const { return scale_; }
  [[nodiscard]] std::optional<std::uint32_t> nodeAt(const QPointF& position) const;
  /// The middle of a node's bar, in the viewport.
  [[nodiscard]] QPointF placeOf(std::uint32_t node) const;
  /// What the latest painting drew.
  [[nodiscard]] const GraphPainted& painted() const { return painted_; }
  /// Of what is shown: "Tiny running conv1, instructions 10 to 19".
  [[nodiscard]] QString title() const;
  /// What is in sight, as it is drawn here, on a page.
  void paintOn(QPainter& painter, const QRectF& page) const;

 Q_SIGNALS:
  /// By the user; −1: nothing any more.
  void nodeSelected(qint64 node);
  void neighboursChanged();
  /// One step on along the critical path, or back.
  void stepAsked(int direction);

 protected:
  bool event(QEvent* event) override;
  bool viewportEvent(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] const GraphInTime& layout() const { return graph_->layout(rows_); }
  void showBeginning();
  void arrangeBars();
  void findNear();
  void choose(std::optional<std::uint32_t> node);
  void moveSelection(int key);
  [[nodiscard]] double limited(double perCycle) const;
  [[nodiscard]] QSizeF rowsSize() const;
  void showTip(const QPoint& position, const QPoint& global);

  const Theme& theme_;
  GraphColours colours_;
  std::shared_ptr<const LayerGraph> graph_;
  GraphRows rows_ = GraphRows::Instructions;
  GraphLook look_;
  GraphScale scale_;
  GraphPainted painted_;
  int back_ = 1, ahead_ = 1, mostSteps_ = 3;
  bool placed_ = false;  ///< the beginning was shown in a viewport of a size
  bool arranging_ = false;
  std::optional<QPointF> pressed_, dragged_;
};

}  // namespace taktwerk
