// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "widgets/theme/column_table.h"

namespace taktwerk {

class Theme;
struct CalibrationOutcome;

/// Lines of words and figures that are made once and shown as they are.
class FigureTable : public ColumnTable {
  Q_OBJECT
 public:
  struct Line {
    QStringList cells;
    QString tip = {};
    bool muted = false;  ///< what counts less than the other lines
    friend bool operator==(const Line&, const Line&) = default;
  };
  /// All columns but the first and the last `words` hold figures.
  FigureTable(const Theme& theme, const QStringList& titles, int words, QObject* parent = nullptr);

  void setLines(std::vector<Line> lines);
  void setOutOfDate(bool outOfDate);
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  const Theme& theme_;
  std::vector<Line> lines_;
  bool outOfDate_ = false;
};

/// How far estimates are off: of all rows, or where something was fitted of both halves, each before and
/// after; and what the runs of one layer differ by. Cells are those of: rows, in the mean, bias, at most.
[[nodiscard]] std::vector<FigureTable::Line> accuracyLines(const CalibrationOutcome& outcome);
/// Each parameter that was fitted: its name, before, found, what explains the fitted rows about as well.
[[nodiscard]] std::vector<FigureTable::Line> parameterLines(const CalibrationOutcome& outcome);
/// Rows by dimension and by what most of their time goes to: what they share, number, off in the mean, bias,
/// most.
[[nodiscard]] std::vector<FigureTable::Line> groupLines(const CalibrationOutcome& outcome);

}  // namespace taktwerk
