// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <set>
#include <utility>

#include "core/analysis/roofline_points.h"

class QCustomPlot;

namespace taktwerk {

class Theme;

/// A roofline plot: the roof of each memory and that of the units, and a point a layer at each memory that is
/// shown. Both axes are logarithmic.
class RooflineChart : public QWidget {
  Q_OBJECT
 public:
  explicit RooflineChart(const Theme& theme, QWidget* parent = nullptr);

  void setPlot(RooflinePlot plot, bool outOfDate);
  /// Which levels are shown, by their place in the plot.
  void setShown(std::set<std::size_t> levels);
  void setCurrentLayer(const QString& layer);
  /// Points drawn now, each by its level and its place in it, for tests.
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> drawn() const;
  /// Where a point stands, in the coordinates of this widget.
  [[nodiscard]] QPointF placeOf(std::size_t level, std::size_t point) const;

 Q_SIGNALS:
  void layerSelected(const QString& layer);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void draw();
  void drawRoofs(double least, double most);
  /// The nearest point within reach; level and place, or nothing.
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> pointAt(const QPointF& position) const;

  const Theme& theme_;
  QCustomPlot* plot_;
  RooflinePlot data_;
  std::set<std::size_t> shown_;
  QString layer_;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
