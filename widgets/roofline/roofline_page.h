// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/analysis/roofline_points.h"

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace taktwerk {

class EstimateController;
class PointModel;
class RooflineChart;
class Theme;

/// A roofline plot of the estimate with a table of its points. The legend chooses the memories that are
/// shown: at first the one that is nearest to its roof over all layers.
class RooflinePage : public QWidget {
  Q_OBJECT
 public:
  RooflinePage(const Theme& theme, EstimateController& estimates, QWidget* parent = nullptr);

  [[nodiscard]] const RooflinePlot& plot() const { return plot_; }
  [[nodiscard]] RooflineChart& chart() const { return *chart_; }
  [[nodiscard]] const PointModel& points() const { return *points_; }
  [[nodiscard]] const std::vector<QCheckBox*>& legend() const { return legend_; }
  /// "72 of 144 points: dram": what the legend lets through.
  [[nodiscard]] QString filterText() const;
  /// Without a signal back.
  void setCurrentLayer(const QString& name);
  [[nodiscard]] QString whyEmpty() const;

 Q_SIGNALS:
  void layerSelected(const QString& name);
  void filled();

 private:
  void refresh();
  void refreshShown();
  void markOutOfDate();

  const Theme& theme_;
  EstimateController& estimates_;
  RooflinePlot plot_;
  RooflineChart* chart_;
  PointModel* points_;
  QSortFilterProxyModel* sorted_;
  QTableView* table_;
  QHBoxLayout* legendRow_;
  std::vector<QCheckBox*> legend_;
  QLabel* filter_;
  QString layer_;
  bool following_ = false;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
