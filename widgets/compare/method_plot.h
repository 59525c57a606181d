// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/analysis/method_comparison.h"

namespace taktwerk {

class AgreementPlot;
class Theme;

/// A point for each layer and method: the reference to the right, the method's figure upwards, both on a
/// logarithmic scale. On the line they are the same. A click selects the layer.
class MethodPlot : public QWidget {
  Q_OBJECT
 public:
  explicit MethodPlot(const Theme& theme, QWidget* parent = nullptr);

  struct Point {
    std::size_t column = 0, layer = 0;
    double reference = 0, cycles = 0;
  };
  void setComparison(std::shared_ptr<const MethodComparison> comparison, bool outOfDate);
  /// Only figures above 0 have a place on the scale.
  [[nodiscard]] const std::vector<Point>& points() const { return points_; }
  void setCurrentLayer(const QString& name);

 Q_SIGNALS:
  void layerSelected(const QString& name);

 private:
  void markCurrent();
  [[nodiscard]] QString tipOf(const Point& point) const;

  std::shared_ptr<const MethodComparison> comparison_;
  std::vector<Point> points_;
  QString layer_;
  AgreementPlot* plot_;
};

/// The points of a comparison.
[[nodiscard]] std::vector<MethodPlot::Point> methodPoints(const MethodComparison& comparison);

}  // namespace taktwerk
