// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>

#include "core/program/timing.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class StepRun;
class Theme;
struct Step;

/// What each step would do, ranked as they come: a row an outcome.
class StepModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { StepName, CycleCount, Change, Percent, Remark, ColumnCount };
  /// Sorting uses raw numbers; figures that are not compared come behind the others.
  enum Role { SortRole = Qt::UserRole };
  StepModel(const Theme& theme, const StepRun& run, QObject* parent = nullptr);

  /// The parameters of the architecture that are marked: those of the selected blocks.
  void mark(std::set<std::string> parameters);
  [[nodiscard]] bool marked(const Step& step) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QString text(int row, int column) const;
  [[nodiscard]] QVariant sortKey(int row, int column) const;

  const Theme& theme_;
  const StepRun& run_;
  std::set<std::string> marked_;
  int rows_ = 0;
};
/// "fetch_width 1 → 2", with the owner where it is not the architecture: "network.batch 1 → 2".
[[nodiscard]] QString stepText(const Step& step);

}  // namespace taktwerk
