// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/graph/laid_out_graph.h"
#include "widgets/graph/laid_out_painter.h"

namespace taktwerk {

class Theme;

/// A folded dependency graph as it was laid out. The wheel zooms at the cursor, dragging moves, F fits. Arrow
/// keys go to the nearest box on that side, Enter or a double-click opens a box, Backspace closes the group
/// that it stands in; P and N add a step of predecessors and successors, `.` and `,` follow the critical
/// path.
class LaidOutCanvas : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit LaidOutCanvas(const Theme& theme, QWidget* parent = nullptr);

  /// Null: nothing. A box that is selected stays where it is in sight, if it or what is in it is still there.
  void setGraph(std::shared_ptr<const LaidOutGraph> graph);
  [[nodiscard]] const std::shared_ptr<const LaidOutGraph>& graph() const { return graph_; }
  [[nodiscard]] const LaidOutLook& look() const { return look_; }
  /// What the legend says.
  void setShown(const EdgeKinds& kinds, bool critical);
  void setMarked(std::vector<bool> boxes);
  void setFound(std::vector<bool> boxes);
  /// Silently. Neighbours are direct ones again.
  void select(std::optional<std::uint32_t> box);
  /// Steps of neighbours before and behind the selected box.
  [[nodiscard]] int stepsBack() const { return back_; }
  [[nodiscard]] int stepsAhead() const { return ahead_; }
  void addSteps(int back, int ahead);
  /// Allows three more steps than now, and takes one each way.
  void showMore();
  /// There are neighbours further off, and P and N may not go there unasked.
  [[nodiscard]] bool hasMore() const;

  void bringIntoSight(std::uint32_t box);
  void fit();
  void zoomBy(double factor, const QPointF& at);
  [[nodiscard]] const LaidOutSight& sight() const { return sight_; }
  [[nodiscard]] std::optional<std::uint32_t> boxAt(const QPointF& position) const;
  /// The middle of a box, in the viewport.
  [[nodiscard]] QPointF placeOf(std::uint32_t box) const;
  /// What the latest painting drew.
  [[nodiscard]] const LaidOutPainted& painted() const { return painted_; }
  /// All of the graph at 100 %.
  [[nodiscard]] QSizeF pictureSize() const;
  void paintOn(QPainter& painter, const QRectF& page) const;

 Q_SIGNALS:
  /// By the user; −1: nothing any more.
  void boxSelected(qint64 box);
  void neighboursChanged();
  void openAsked(quint32 box);
  void closeAsked(quint32 box);
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
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void showBeginning();
  void arrangeBars();
  void findNear();
  void choose(std::optional<std::uint32_t> box);
  void moveSelection(int key);
  void showTip(const QPoint& position, const QPoint& global);
  [[nodiscard]] double lowestZoom() const;

  const Theme& theme_;
  GraphColours colours_;
  std::shared_ptr<const LaidOutGraph> graph_;
  LaidOutLook look_;
  LaidOutSight sight_;
  LaidOutPainted painted_;
  int back_ = 1, ahead_ = 1, mostSteps_ = 3;
  bool placed_ = false;  ///< in a viewport of a size
  bool fitted_ = false;  ///< nobody has moved or zoomed since all was in sight
  bool arranging_ = false;
  std::optional<QPointF> pressed_, dragged_;
};

}  // namespace taktwerk
