// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <set>
#include <string>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QTableView;
class QToolButton;

namespace taktwerk {

class DesignPanel;
class HoverCard;
class PlotPanel;
class PointCards;
class PointLayers;
class ResultModel;
class SweepResults;
class SweepRun;
struct Models;
struct SavedView;

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
  [[nodiscard]] PointCards& cards() { return *cards_; }
  [[nodiscard]] DesignPanel& design() { return *design_; }
  [[nodiscard]] HoverCard& hoverCard() { return *hover_; }
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
  /// What is looked at, without a name.
  [[nodiscard]] SavedView currentView() const;
  /// Looks at results as a view says. What it names and these results have not is returned in a sentence, and
  /// what it names besides holds all the same.
  [[nodiscard]] QString takeView(const SavedView& view);
  /// Whether the table shows a column; one that is the same in all rows it shows where all are asked for.
  void setColumnShown(const std::string& column, bool shown);
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
  void resizeEvent(QResizeEvent* event) override;

 private:
  void layOut();
  [[nodiscard]] QWidget* makeProgress();
  [[nodiscard]] QWidget* makeFilter();
  [[nodiscard]] QWidget* makeActions() const;
  void connectAll();
  void applyFilter();
  void showWhatHolds();
  void refresh();
  void refreshCounts();
  void refreshProgress();
  void foldConstants();
  void sizeColumns();
  void showMenu(const QPoint& at);
  void showColumnMenu(const QPoint& at);
  void connectCards();
  /// The card of the row of the table that the mouse is at; none: it is at another.
  void pointAtRow(const QPoint& at);

  Models& models_;
  SweepResults& results_;
  SweepRun& run_;
  ResultModel* model_;
  QTableView* table_;
  PointLayers* layers_;
  PlotPanel* plots_;
  PointCards* cards_;
  DesignPanel* design_;
  HoverCard* hover_;
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
  std::set<std::string> hidden_;  ///< columns that the user does not want to see
  std::set<int> sized_;           ///< columns that were given a width
};

}  // namespace taktwerk
