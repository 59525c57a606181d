// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "widgets/calibrate/calibration_run.h"

class QBoxLayout;
class QLabel;
class QListWidget;
class QStackedWidget;
class QTableView;

namespace taktwerk {

class AgreementPlot;
class FigureTable;
class MeasuredRows;
struct Models;

/// What a comparison found: how far estimates are off, of both halves where something was fitted, what was
/// found of the parameters; every row in a table and in a plot, which follow each other; groups of rows.
/// While there is nothing, what to do, and what is wrong with files.
class CalibrationResults : public QWidget {
  Q_OBJECT
 public:
  CalibrationResults(Models& models, CalibrationRun& run, QWidget* parent = nullptr);

  [[nodiscard]] QTableView& table() { return *table_; }
  [[nodiscard]] MeasuredRows& rows() { return *rows_; }
  [[nodiscard]] AgreementPlot& plot() { return *plot_; }
  [[nodiscard]] const FigureTable& accuracy() const { return *accuracy_; }
  [[nodiscard]] const FigureTable& parameters() const { return *parameters_; }
  [[nodiscard]] const FigureTable& groups() const { return *groups_; }
  [[nodiscard]] QListWidget& problems() { return *problems_; }
  /// "RedMulE against layers.csv: 6 rows, 0.6 % off in the mean …".
  [[nodiscard]] QString sentence() const;
  /// What to do, while there is no comparison.
  [[nodiscard]] QString emptyText() const;
  /// The row of the table of measured layers that is chosen.
  [[nodiscard]] std::optional<std::size_t> currentRow() const;
  /// Says something that went wrong, until the next run.
  void tell(const QString& message);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void layOut();
  [[nodiscard]] QWidget* makeHead();
  [[nodiscard]] QWidget* makeFigures();
  [[nodiscard]] QWidget* makeRows();
  void connectAll();
  void fill();
  void fitRows();
  void fillPlot();
  void fillProblems();
  void refresh();
  void choose(std::size_t row);
  void openProblem(int line);
  [[nodiscard]] QString stateInWords() const;
  [[nodiscard]] QString howToBegin() const;
  [[nodiscard]] QString tipOf(std::size_t point) const;

  Models& models_;
  CalibrationRun& run_;
  MeasuredRows* rows_;
  FigureTable* accuracy_;
  FigureTable* parameters_;
  FigureTable* groups_;
  QTableView* table_;
  QTableView* accuracyTable_;
  QTableView* parameterTable_;
  QTableView* groupTable_;
  QBoxLayout* figures_ = nullptr;
  AgreementPlot* plot_;
  QLabel* sentence_;
  QLabel* message_;
  QLabel* empty_;
  QListWidget* problems_;
  QStackedWidget* body_;
  CalibrationProblems listed_;        ///< that `problems_` shows
  std::vector<std::size_t> plotted_;  ///< rows by point
  bool faint_ = false;                ///< what is shown says that it is out of date
};

}  // namespace taktwerk
