// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QLineF>
#include <QStringList>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/study/saved_view.h"
#include "core/sweep/column_scale.h"
#include "core/sweep/row_ranges.h"
#include "widgets/sweep/plots/line_drawing.h"
#include "widgets/sweep/plots/result_plot.h"

class QMenu;

namespace taktwerk {

/// Parallel coordinates: an axis a column, a line a design. A drag along an axis is a brush, a click on one
/// takes it away; a title that is dragged moves its axis, a double click turns it, and its menu makes it
/// logarithmic or hides it.
class ParallelPlot : public ResultPlot {
  Q_OBJECT
 public:
  ParallelPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  /// Columns by their names; those that a table has not are passed over. By itself: what was varied, then
  /// figures that differ.
  void setAxes(const QStringList& names);
  [[nodiscard]] QStringList axes() const;
  /// As a view has them; none: by itself.
  void setAxes(const std::vector<ViewAxis>& axes);
  [[nodiscard]] std::vector<ViewAxis> viewAxes() const;
  /// The user chose them.
  [[nodiscard]] bool hasOwnAxes() const { return chosen_; }
  [[nodiscard]] QString legendText() const override;
  void setColour(std::optional<std::size_t> column);
  void turn(const QString& axis);
  void setLogarithmic(const QString& axis, bool logarithmic);
  /// The pixels of an axis from its beginning, at the bottom, to its end; for tests and brushes.
  [[nodiscard]] QLineF lineOf(std::size_t axis) const;
  void paintOn(QPainter& painter, const QRectF& area) const override;

 Q_SIGNALS:
  void axesChanged();

 protected:
  void dataChanged() override;
  [[nodiscard]] std::vector<std::uint32_t> keyOrder() const override;
  [[nodiscard]] QString tipUnder(const QPointF& pixel) const override;
  [[nodiscard]] std::optional<std::uint32_t> rowUnder(const QPointF& pixel) const override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Axis {
    QString name;
    bool turned = false;
    std::optional<bool> logarithmic;
    ColumnScale scale;
  };
  enum class Drag : std::uint8_t { None, Brush, Move };
  [[nodiscard]] QRectF inner(const QRectF& area) const;
  [[nodiscard]] QLineF lineIn(const QRectF& area, std::size_t axis) const;
  [[nodiscard]] std::optional<std::size_t> axisAt(const QPointF& pixel) const;
  [[nodiscard]] double placeAt(std::size_t axis, const QPointF& pixel) const;
  /// What draws the lines, on whatever thread.
  [[nodiscard]] std::function<void(QImage&)> linesOf(const QRectF& area, double ratio,
                                                     const std::shared_ptr<MarkCount>& marks) const;
  [[nodiscard]] QImage groundOf(const QSize& size, double ratio) const;
  void draw();
  void measure();
  void fillMenu(QMenu& menu, std::size_t axis);
  [[nodiscard]] QRectF titleBox(const QRectF& area, std::size_t axis) const;
  void paintColours(QPainter& painter, const QRectF& area) const;
  void paintAxis(QPainter& painter, const QRectF& area, std::size_t axis) const;
  void paintRow(QPainter& painter, const QRectF& area, std::uint32_t row, const QColor& colour) const;
  void chooseAxes();
  void update(std::size_t axis, const RowRange& range);
  using QWidget::update;

  std::vector<Axis> axes_;
  bool chosen_ = false;  ///< the user chose the axes
  bool staggered_ = false;
  double lastLabel_ = 0;  ///< pixels of the widest name behind the last axis
  std::optional<std::size_t> colour_;
  ColumnScale shade_;
  mutable LineKey key_;
  mutable std::shared_ptr<LineCache> cache_;
  Drag drag_ = Drag::None;
  std::size_t dragged_ = 0;
  QPointF pressed_, at_;
};

}  // namespace taktwerk
