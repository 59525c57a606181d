// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <tuple>

#include "core/sweep/value_steps.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

struct PlotData;

/// Steps as a table, a row each: what it is, between which values, by how much, of which designs, and its
/// cause where that is known.
class ValueStepModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { What, Where, Change, Explained, Of, Cause, ColumnCount };
  explicit ValueStepModel(QObject* parent = nullptr);

  void setSteps(std::shared_ptr<const PlotData> data, std::shared_ptr<const ValueSteps> steps,
                const StepQuestion& question);
  [[nodiscard]] const ValueStep* stepAt(int row) const;
  /// The row of a step, or −1.
  [[nodiscard]] int rowOf(const ValueStep& step) const;
  /// What is known of the cause of a step; it stays known while the results are the same.
  void setCause(const ValueStep& step, const QString& cause);
  [[nodiscard]] QString causeOf(const ValueStep& step) const;
  /// "rows 15 → 16".
  [[nodiscard]] QString whereInWords(const ValueStep& step) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  using Ends = std::tuple<ValueStep::Kind, std::uint32_t, std::uint32_t>;
  [[nodiscard]] QString text(const ValueStep& step, int column) const;
  [[nodiscard]] QString othersInWords(const ValueStep& step) const;

  std::shared_ptr<const PlotData> data_;
  std::shared_ptr<const ValueSteps> steps_;
  StepQuestion question_;
  std::map<Ends, QString> causes_;
};

}  // namespace taktwerk
