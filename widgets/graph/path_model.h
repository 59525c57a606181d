// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "widgets/graph/graph_data.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;

/// The critical path of a graph, step by step from the beginning of its window to the end.
class PathModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Cumulative, Duration, CauseColumn, Instruction, Object, ColumnCount };
  explicit PathModel(const Theme& theme, QObject* parent = nullptr);

  /// Null: none.
  void setGraph(std::shared_ptr<const LayerGraph> graph);
  void setOutOfDate(bool outOfDate);
  /// The step whose time was spent in a node; of several the first at or behind `after`, else the first. −1
  /// for none.
  [[nodiscard]] int rowOf(std::uint32_t node, int after = 0) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QString text(const PathStep& step, int column) const;

  const Theme& theme_;
  std::shared_ptr<const LayerGraph> graph_;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
