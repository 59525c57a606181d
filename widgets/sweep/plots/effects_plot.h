// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/sweep/effects.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

/// Which column matters for a figure: a bar each with its share of the variance, at the right what the chosen
/// column's values do to the figure, below what pairs of columns do together. A click on a bar, or the
/// arrows, chooses a column; a click on a value narrows the filter to it.
class EffectsPlot : public ResultPlot {
  Q_OBJECT
 public:
  EffectsPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  /// Effects on a column of figures in the rows that are shown.
  void setEffects(std::size_t figure, Effects effects);
  [[nodiscard]] const Effects& effects() const { return effects_; }
  [[nodiscard]] std::size_t current() const { return current_; }
  void setCurrent(std::size_t effect);
  void paintOn(QPainter& painter, const QRectF& area) const override;

 protected:
  void dataChanged() override;
  [[nodiscard]] std::vector<std::uint32_t> keyOrder() const override { return {}; }
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  [[nodiscard]] double rowPixels() const;
  [[nodiscard]] QRectF barsIn(const QRectF& area) const;
  [[nodiscard]] QRectF levelsIn(const QRectF& area) const;
  void paintBar(QPainter& painter, const QRectF& box, const QString& name, double share, bool current) const;
  void narrowTo(double x);
  void paintLevels(QPainter& painter, const QRectF& area) const;
  [[nodiscard]] QString levelText(const EffectLevel& level) const;

  std::size_t figure_ = 0;
  Effects effects_;
  std::size_t current_ = 0;
};

}  // namespace taktwerk
