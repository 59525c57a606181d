// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <optional>

#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/sweep/plots/point_drawing.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

struct ValueSteps;

/// A point a design. Words have a colour and a shape each, numbers the scale of quantities. A brush is a
/// rectangle of both columns. While results come in the axes stay where they are, until `rescale`.
class ScatterPlot : public ResultPlot {
  Q_OBJECT
 public:
  ScatterPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  void setChoice(const ScatterChoice& choice);
  [[nodiscard]] const ScatterChoice& choice() const { return choice_; }
  /// Points lie outside of the axes, as they came later.
  [[nodiscard]] bool isOutgrown() const { return outgrown_; }
  void rescale();
  /// Rows of the front; none while it is not asked for.
  [[nodiscard]] const std::vector<std::uint32_t>& front() const { return front_; }
  /// Where the point of a row stands, if it has a place.
  [[nodiscard]] std::optional<QPointF> placeOf(std::uint32_t row) const;
  /// The nearest shown row within reach.
  [[nodiscard]] std::optional<std::uint32_t> rowAt(const QPointF& pixel) const;
  void paintOn(QPainter& painter, const QRectF& area) const override;
  /// "512 points, 40 marks; up to 57 in one place · 3 without a value here · …"
  [[nodiscard]] QString legendText() const override;
  /// "5 on the front · 3 without a value here"
  [[nodiscard]] QString countText() const;
  /// Steps that are marked between points, of these axes; null: none.
  void setSteps(std::shared_ptr<const ValueSteps> steps);

 Q_SIGNALS:
  void outgrownChanged();

 protected:
  void dataChanged() override;
  [[nodiscard]] std::vector<std::uint32_t> keyOrder() const override;
  [[nodiscard]] std::optional<std::uint32_t> rowUnder(const QPointF& pixel) const override {
    return rowAt(pixel);
  }
  [[nodiscard]] QString tipUnder(const QPointF& pixel) const override;
  [[nodiscard]] QPointF placeFor(std::uint32_t row) const override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  [[nodiscard]] ColumnScale scaleFor(std::size_t column, bool turned, std::optional<bool> logarithmic) const;
  [[nodiscard]] PlotAxes axesIn(const QRectF& area) const;
  /// The axes alone, and what draws the points over them, on whatever thread.
  [[nodiscard]] std::function<void(QImage&)> pointsOf(const PlotAxes& axes, double ratio,
                                                      std::shared_ptr<MarkCount> marks) const;
  void change(const ScatterChoice& choice);
  void countStates();
  void draw();
  void paintFront(QPainter& painter, const PlotAxes& axes) const;
  void paintMarks(QPainter& painter, const PlotAxes& axes) const;
  void paintLegend(QPainter& painter, const PlotAxes& axes) const;
  void findFront();
  void finishBrush();

  ScatterChoice choice_;
  ColumnScale x_, y_, colour_, size_;
  bool outgrown_ = false;
  std::uint64_t scaledResults_ = 0;
  std::size_t scaledRows_ = 0;  ///< of the table that the scales are of
  std::vector<std::uint32_t> front_;
  std::int64_t without_ = 0, incomplete_ = 0, undone_ = 0;  ///< of the rows that are shown
  std::shared_ptr<const ValueSteps> steps_;
  std::optional<QPointF> pressed_;
  QRectF brush_;
};

}  // namespace taktwerk
