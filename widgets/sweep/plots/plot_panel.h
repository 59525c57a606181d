// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class QCheckBox;
class QHBoxLayout;
class QLabel;
class QSlider;
class QTabWidget;
class QToolButton;

namespace taktwerk {

class ColumnBox;
class EffectsPlot;
class HeatPlot;
class JobManager;
class MarkedDesigns;
class MarkedTab;
class ParallelPlot;
class ResultPlot;
class ScatterPlot;
class StepOverlays;
class StepsTab;
class SweepResults;
class Theme;
struct PlotData;
struct SavedView;

/// The plots of a sweep, a tab each, and the designs that are marked. They show the rows of the one filter,
/// faint what it hides, and narrow it where they are brushed.
class PlotPanel : public QWidget {
  Q_OBJECT
 public:
  PlotPanel(JobManager& jobs, const Theme& theme, SweepResults& results, QWidget* parent = nullptr);

  [[nodiscard]] QTabWidget& tabs() { return *tabs_; }
  [[nodiscard]] ScatterPlot& scatter() { return *scatter_; }
  [[nodiscard]] ParallelPlot& parallel() { return *parallel_; }
  [[nodiscard]] HeatPlot& heat() { return *heat_; }
  [[nodiscard]] EffectsPlot& effects() { return *effects_; }
  [[nodiscard]] MarkedDesigns& marked() { return *marked_; }
  [[nodiscard]] MarkedTab& markedTab() { return *markedTab_; }
  [[nodiscard]] StepsTab& steps() { return *steps_; }
  [[nodiscard]] StepOverlays& overlays() { return *overlays_; }
  /// Who says which columns follow from others.
  void setDerived(std::function<std::vector<std::string>()> derived) { derived_ = std::move(derived); }
  [[nodiscard]] const PlotData& data() const { return *data_; }
  [[nodiscard]] std::shared_ptr<const PlotData> shared() const { return data_; }
  /// The choices above the plots, by their accessible names; for tests.
  [[nodiscard]] ColumnBox* box(const QString& name) const;
  [[nodiscard]] QCheckBox& front() { return *front_; }
  [[nodiscard]] QSlider& best() { return *best_; }

  /// The row of the table that is chosen there.
  void setCurrent(std::optional<std::size_t> row);
  void setBaseline(std::optional<std::size_t> row);
  /// A letter for each pin.
  static constexpr std::size_t mostPins = 26;
  /// Whether a row is pinned, or there is a letter left for it.
  [[nodiscard]] bool canPin(std::size_t row) const;
  /// Pins a row, or lets it go; at most `mostPins`.
  void togglePin(std::size_t row);
  /// Puts the names of a column in an order of their own; empty: as they are numbered.
  void setOrder(const std::string& column, const std::vector<std::string>& order);
  /// What a view keeps of the plots.
  void saveTo(SavedView& view) const;
  /// The columns that it names and these results have not, are returned; all others are taken over.
  [[nodiscard]] QStringList take(const SavedView& view);
  /// The plot that is looked at, or null.
  [[nodiscard]] ResultPlot* currentPlot() const;

 Q_SIGNALS:
  void filterWanted(const QString& text);
  void rowChosen(std::uint32_t row);
  void rowWanted(std::uint32_t row);
  void marksChanged();
  /// `data` is another one: other rows, marks, or another row is chosen.
  void dataChanged();
  /// As of `ResultPlot`.
  void rowPointed(std::uint32_t row, const QPoint& at, const QString& more);
  void lookedAway();

 private:
  QWidget* makeScatter();
  QWidget* makeParallel();
  QWidget* makeHeat();
  QWidget* makeEffects();
  void connectPlot(const ResultPlot& plot) const;
  void refresh();
  void fillBoxes();
  void applyChoices();
  void findEffects();
  /// Which two parameters matter most for the figure of the cells, unless the user chose them.
  void findCells();
  void askOrder(std::size_t column);
  void keepBest();
  void refreshCounts();
  void compare(std::uint32_t baseline, std::uint32_t other);

  JobManager& jobs_;
  const Theme& theme_;
  SweepResults& results_;
  std::shared_ptr<PlotData> data_;
  QTabWidget* tabs_;
  ScatterPlot* scatter_;
  ParallelPlot* parallel_;
  HeatPlot* heat_;
  EffectsPlot* effects_;
  MarkedDesigns* marked_;
  MarkedTab* markedTab_;
  StepsTab* steps_;
  StepOverlays* overlays_;
  std::function<std::vector<std::string>()> derived_;
  ColumnBox *x_, *y_, *colour_, *size_, *lineColour_, *heatX_, *heatY_, *heatFigure_, *effectFigure_,
      *bestFigure_;
  QCheckBox* front_;
  QToolButton *objectives_, *rescale_;
  std::map<std::string, std::vector<std::string>> orders_;
  std::vector<std::string> mattering_;  ///< parameters, the one that matters most first; empty: not known
  std::pair<std::size_t, std::size_t>
      matteringOf_;  ///< the figure and the number of rows that it was asked of
  QSlider* best_;
  QLabel* bestText_;
};

}  // namespace taktwerk
