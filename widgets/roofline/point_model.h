// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "core/analysis/roofline_points.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

/// The points of a roofline plot that are shown, as a table.
class PointModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Layer, Memory, Intensity, MacsPerCycle, Roof, OfRoof, ColumnCount };
  enum Role { SortRole = Qt::UserRole };
  explicit PointModel(QObject* parent = nullptr);

  void setPlot(const RooflinePlot& plot, const std::set<std::size_t>& shown);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  struct Row {
    QString memory;
    RooflinePoint point;
  };
  std::vector<Row> rows_;
};

}  // namespace taktwerk
