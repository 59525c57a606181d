// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <cstdint>
#include <memory>
#include <optional>

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
class ParallelPlot;
class ResultPlot;
class ScatterPlot;
class SweepResults;
class Theme;
struct PlotData;

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
  [[nodiscard]] const PlotData& data() const { return *data_; }
  /// The choices above the plots, by their accessible names; for tests.
  [[nodiscard]] ColumnBox* box(const QString& name) const;
  [[nodiscard]] QCheckBox& front() { return *front_; }
  [[nodiscard]] QSlider& best() { return *best_; }

  /// The row of the table that is chosen there.
  void setCurrent(std::optional<std::size_t> row);
  void setBaseline(std::optional<std::size_t> row);
  /// Pins a row, or lets it go; at most 26.
  void togglePin(std::size_t row);
  /// The plot that is looked at, or null.
  [[nodiscard]] ResultPlot* currentPlot() const;

 Q_SIGNALS:
  void filterWanted(const QString& text);
  void rowChosen(std::uint32_t row);
  void rowWanted(std::uint32_t row);
  void marksChanged();

 private:
  QWidget* makeScatter();
  QWidget* makeParallel();
  QWidget* makeHeat();
  QWidget* makeEffects();
  QWidget* makeMarked();
  void connectPlot(const ResultPlot& plot) const;
  void refresh();
  void fillBoxes();
  void applyChoices();
  void findEffects();
  void keepBest();
  void refreshCounts();

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
  ColumnBox *x_, *y_, *colour_, *size_, *lineColour_, *heatX_, *heatY_, *heatFigure_, *effectFigure_,
      *bestFigure_;
  QCheckBox* front_;
  QToolButton *objectives_, *rescale_;
  QLabel* counts_;
  QSlider* best_;
  QLabel* bestText_;
};

}  // namespace taktwerk
