// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/sweep/heat_map.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

struct ValueSteps;

/// A figure over two columns: a cell for each pair of values, with the best of the designs that are shown and
/// have them. A click chooses that design, a brush over cells narrows the filter.
class HeatPlot : public ResultPlot {
  Q_OBJECT
 public:
  HeatPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  void setChoice(std::size_t x, std::size_t y, std::size_t figure);
  [[nodiscard]] const HeatMap& map() const { return map_; }
  /// The cell in pixels; for tests.
  [[nodiscard]] QRectF cellOf(std::size_t x, std::size_t y) const;
  [[nodiscard]] std::size_t x() const { return x_; }
  [[nodiscard]] std::size_t y() const { return y_; }
  [[nodiscard]] std::size_t figure() const { return figure_; }
  /// Steps along either column, marked between the cells of the two designs; null: none.
  void setSteps(std::shared_ptr<const ValueSteps> alongX, std::shared_ptr<const ValueSteps> alongY);
  void paintOn(QPainter& painter, const QRectF& area) const override;

 protected:
  void dataChanged() override;
  [[nodiscard]] std::vector<std::uint32_t> keyOrder() const override;
  [[nodiscard]] std::optional<std::uint32_t> rowUnder(const QPointF& pixel) const override;
  [[nodiscard]] QString tipUnder(const QPointF& pixel) const override;
  [[nodiscard]] QString moreUnder(const QPointF& pixel) const override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Place {
    std::size_t x = 0, y = 0;
  };
  [[nodiscard]] QRectF inner(const QRectF& area) const;
  [[nodiscard]] std::vector<AxisTick> ticksOn(std::size_t column, const std::vector<double>& values) const;
  [[nodiscard]] QRectF cellIn(const QRectF& area, std::size_t x, std::size_t y) const;
  [[nodiscard]] std::optional<Place> placeAt(const QPointF& pixel) const;
  [[nodiscard]] double shadeOf(double value) const;
  void paintCells(QPainter& painter, const QRectF& area) const;
  void paintLabels(QPainter& painter, const QRectF& area) const;
  void paintScale(QPainter& painter, const QRectF& area) const;
  void keepWithin();
  void narrow(const Place& from, const Place& to);

  std::size_t x_ = 0, y_ = 0, figure_ = 0;
  bool chosen_ = false;
  HeatMap map_;
  double widestX_ = 0, widestY_ = 0;  ///< pixels of the widest labels
  std::pair<double, double> range_;
  std::shared_ptr<const ValueSteps> alongX_, alongY_;
  bool logarithmic_ = false;
  std::optional<Place> pressed_, at_;
};

}  // namespace taktwerk
