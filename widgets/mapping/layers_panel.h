// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QModelIndex;
class QSortFilterProxyModel;
class QTableView;

namespace taktwerk {

class EstimateController;
class LayerModel;
class Session;
class Theme;

/// The table of layers with operator, mapping, cycles or why there are none; sortable by every column.
class LayersPanel : public QWidget {
  Q_OBJECT
 public:
  LayersPanel(const Theme& theme, const Session& session, EstimateController& estimates,
              QWidget* parent = nullptr);
  [[nodiscard]] const LayerModel& model() const { return *model_; }
  [[nodiscard]] QTableView& table() { return *table_; }
  /// The name of the layer that a cell of the table is about.
  [[nodiscard]] QString layerAt(const QModelIndex& index) const;
  /// Selects a layer's row without a signal back.
  void setCurrentLayer(const QString& name);
  /// Why there are no rows; nothing when there are.
  [[nodiscard]] QString whyEmpty() const;

 Q_SIGNALS:
  void layerSelected(const QString& name);
  /// The rows were made anew.
  void filled();

 private:
  void refresh();
  /// Says why a layer's figure has its standing, where that is what is clicked.
  void explain(const QModelIndex& index);

  const Theme& theme_;
  const Session& session_;
  EstimateController& estimates_;
  LayerModel* model_;
  QSortFilterProxyModel* sorted_;
  QTableView* table_;
  bool outOfDate_ = false;  ///< what the rows say of themselves
  bool following_ = false;
};

}  // namespace taktwerk
