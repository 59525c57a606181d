// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QTableView;
class QToolButton;

namespace taktwerk {

class PlotPanel;
class PointLayers;
class ResultModel;
class SweepResults;
class SweepRun;
struct Models;

/// The results of a sweep: how far it is, what became of its points, the filter, the table, and the
/// layers of the point that is chosen.
class ResultPanel : public QWidget {
  Q_OBJECT
 public:
  ResultPanel(Models& models, SweepResults& results, SweepRun& run, QWidget* parent = nullptr);

  [[nodiscard]] QTableView& table() { return *table_; }
  [[nodiscard]] const ResultModel& model() const { return *model_; }
  [[nodiscard]] QLineEdit& filter() { return *filter_; }
  [[nodiscard]] PointLayers& layers() { return *layers_; }
  [[nodiscard]] PlotPanel& plots() { return *plots_; }
  /// "showing 37 of 512".
  [[nodiscard]] QString shownText() const;
  [[nodiscard]] QString progressText() const;
  /// What is wrong with the filter, or with the run.
  [[nodiscard]] QString messageText() const;
  /// "The same in all rows: macs = 1 533 504, exact = yes".
  [[nodiscard]] QString constantText() const;
  void setFilter(const QString& text);
  void setAllColumns(bool all);
  /// Says something that went wrong, until the next step.
  void tell(const QString& message);
  /// Chooses a row in the table, if the filter lets it through.
  void chooseRow(std::size_t row);
  /// The row of the table of results that is chosen, if one is.
  [[nodiscard]] std::optional<std::size_t> currentRow() const;
  /// Whether rows are selected that have a result; quick, also of a million.
  [[nodiscard]] bool hasSelectedRows() const;
  /// Copies the selected rows as text, in a job: there may be a million.
  void copyRows();

 Q_SIGNALS:
  void currentChanged();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void layOut();
  [[nodiscard]] QWidget* makeProgress();
  [[nodiscard]] QWidget* makeFilter();
  [[nodiscard]] QWidget* makeActions();
  void connectAll();
  void applyFilter();
  void showWhatHolds();
  void refresh();
  void refreshCounts();
  void refreshProgress();
  void foldConstants();
  void sizeColumns();
  void showMenu(const QPoint& at);

  Models& models_;
  SweepResults& results_;
  SweepRun& run_;
  ResultModel* model_;
  QTableView* table_;
  PointLayers* layers_;
  PlotPanel* plots_;
  QProgressBar* progress_;
  QLabel* progressText_;
  QHBoxLayout* counts_;
  std::vector<QToolButton*> states_;  ///< by PointState
  QLineEdit* filter_;
  QToolButton* clear_;
  QLabel* shown_;
  QLabel* message_;
  QLabel* constant_;
  QToolButton* allColumns_;
  QString told_, wrong_;
  bool sized_ = false;
};

}  // namespace taktwerk
