// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/analysis/difference.h"
#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;

/// A figure in two results.
struct SidesRow {
  QString name;
  std::optional<std::int64_t> before, now;  ///< none: the result does not have it
};

[[nodiscard]] std::vector<SidesRow> rowsOf(const std::vector<CauseChange>& causes);
[[nodiscard]] std::vector<SidesRow> rowsOf(const std::vector<TrafficChange>& traffic);
[[nodiscard]] std::vector<SidesRow> rowsOf(const std::vector<ParameterChange>& parameters);

/// Figures of two results with their differences. What a result does not have is a word, never 0.
class SidesModel : public ColumnTable {
  Q_OBJECT
 public:
  enum Column { Name, Before, Now, Change, Percent, ColumnCount };
  /// `lessIsBetter`: the change is coloured; `missing` is the word for what is not there.
  SidesModel(const Theme& theme, const QString& title, const QString& missing, bool lessIsBetter,
             QObject* parent = nullptr);

  void setRows(std::vector<SidesRow> rows);
  [[nodiscard]] const std::vector<SidesRow>& rows() const { return rows_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] QString text(const SidesRow& row, int column) const;

  const Theme& theme_;
  QString missing_;
  bool lessIsBetter_;
  std::vector<SidesRow> rows_;
};

/// "−1 234", "+5", "0"; nothing unless both are there.
[[nodiscard]] QString changeText(const std::optional<std::int64_t>& before,
                                 const std::optional<std::int64_t>& now);
/// "−3.2 %", "0 %"; nothing unless both are there and there was something before.
[[nodiscard]] QString percentText(const std::optional<std::int64_t>& before,
                                  const std::optional<std::int64_t>& now);

}  // namespace taktwerk
