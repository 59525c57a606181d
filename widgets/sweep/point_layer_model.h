// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/sweep/sweep_layers.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

/// What became of the layers of a point, a row a layer: those with cycles in their order, then those without.
class PointLayerModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Layer, Operator, Mapping, Cycles, Share, How, Tunables, ColumnCount };
  explicit PointLayerModel(QObject* parent = nullptr);

  void setLayers(std::vector<SweepLayer> layers);
  [[nodiscard]] const std::vector<SweepLayer>& layers() const { return layers_; }
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QString text(const SweepLayer& layer, int column) const;

  std::vector<SweepLayer> layers_;
  taktwerk::Cycles all_ = 0;
};

}  // namespace taktwerk
