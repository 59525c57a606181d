// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/sweep/value_steps.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

/// A figure over a parameter: a line of designs that differ in nothing else each, with its cliffs and
/// plateaus. A click on a step, or the arrows, chooses it; a click on a point chooses its design.
class StepPlot : public ResultPlot {
  Q_OBJECT
 public:
  StepPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  void setSteps(std::shared_ptr<const ValueSteps> steps, const StepQuestion& question);
  /// The step that is bold, among those that are set.
  void setChosen(std::optional<ValueStep> step);
  /// The middle of a step in pixels; for tests.
  [[nodiscard]] std::optional<QPointF> middleOf(const ValueStep& step) const;
  void paintOn(QPainter& painter, const QRectF& area) const override;
  [[nodiscard]] std::optional<std::string> table() const override;

 Q_SIGNALS:
  void stepChosen(const ValueStep& step);

 protected:
  void dataChanged() override;
  [[nodiscard]] std::vector<std::uint32_t> keyOrder() const override { return {}; }
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  [[nodiscard]] bool isEmpty() const;
  [[nodiscard]] PlotAxes axesIn(const QRectF& area) const;
  [[nodiscard]] const ValueStep* stepAt(const QPointF& pixel) const;
  [[nodiscard]] std::optional<std::uint32_t> rowAt(const QPointF& pixel) const;
  /// Lines and steps of a picture.
  [[nodiscard]] std::function<void(QImage&)> linesOf(const PlotAxes& axes) const;
  void draw();

  std::shared_ptr<const ValueSteps> steps_;
  StepQuestion question_;
  std::uint64_t results_ = 0;  ///< that the steps are of
  ColumnScale x_, y_;
  std::optional<ValueStep> chosen_;
};

}  // namespace taktwerk
