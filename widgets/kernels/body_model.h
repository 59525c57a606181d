// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "core/analysis/body_study.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;

/// The instructions of one iteration with their operands and what each waits for; those that use what is
/// selected are marked.
class BodyModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Operation, Unit, Writes, Reads, Starts, Ends, Waited, WaitsFor, ColumnCount };
  explicit BodyModel(const Theme& theme, QObject* parent = nullptr);

  void setBody(BodyStudy body, std::shared_ptr<const Machine> machine);
  [[nodiscard]] const BodyStudy& body() const { return body_; }
  /// Rows that use what is selected.
  void setMarked(std::set<int> rows);
  [[nodiscard]] const std::set<int>& marked() const { return marked_; }
  void setOutOfDate(bool outOfDate);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QString text(const BodyInstruction& instruction, int column) const;
  [[nodiscard]] QString toolTip(const BodyInstruction& instruction, int column) const;
  void refresh();

  const Theme& theme_;
  BodyStudy body_;
  std::shared_ptr<const Machine> machine_;
  std::set<int> marked_;
  bool outOfDate_ = false;
};

}  // namespace taktwerk
