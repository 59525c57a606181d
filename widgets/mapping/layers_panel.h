// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace taktwerk {

class EstimateController;
class LayerModel;
class Theme;

/// The table of layers with operator, mapping, cycles or why there are none; sortable by every column.
class LayersPanel : public QWidget {
  Q_OBJECT
 public:
  LayersPanel(const Theme& theme, EstimateController& estimates, QWidget* parent = nullptr);
  [[nodiscard]] const LayerModel& model() const { return *model_; }
  /// Selects a layer's row without a signal back.
  void setCurrentLayer(const QString& name);

 Q_SIGNALS:
  void layerSelected(const QString& name);

 private:
  void refresh();

  EstimateController& estimates_;
  LayerModel* model_;
  QSortFilterProxyModel* sorted_;
  QTableView* table_;
  QLabel* empty_;
  bool outOfDate_ = false;  ///< what the rows say of themselves
  bool following_ = false;
};

}  // namespace taktwerk
