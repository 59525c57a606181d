// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/sweep/row_table.h"

class QPainter;

namespace taktwerk {

class JobManager;
class Theme;

/// What all plots of a sweep show: the rows, those that the filter lets through, and those that are marked.
struct PlotData {
  std::uint64_t results = 0;  ///< another number for results of another sweep
  RowTable table;
  std::vector<std::uint32_t> shown;
  std::vector<std::uint8_t> isShown;  ///< by row
  std::string filter;
  std::optional<std::uint32_t> current, baseline;
  std::vector<std::uint32_t> pinned;  ///< A, B, C, …

  /// "A", "B", …, or "base"; empty of a row that is not marked.
  [[nodiscard]] QString markOf(std::uint32_t row) const;
  [[nodiscard]] bool has(std::optional<std::uint32_t> row) const { return row && *row < table.rows(); }
};

/// "rows", "cycles": a column as plots and tables name it.
[[nodiscard]] QString columnTitle(const RowColumn& column);
/// "cycles, cycles": with its unit where it has one that the name does not say.
[[nodiscard]] QString columnTitleWithUnit(const RowColumn& column);
/// What tells a design from others, a line each: varied columns that differ, then figures.
[[nodiscard]] QString pointInWords(const PlotData& data, std::uint32_t row);

/// A plot of the results of a sweep. Rows that the filter hides stay in sight, faint. A click chooses a row,
/// a brush narrows the filter; the arrows go from row to row, Return opens one, and what is chosen is told to
/// those who hear the plot.
class ResultPlot : public QWidget {
  Q_OBJECT
 public:
  ResultPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  void setData(std::shared_ptr<const PlotData> data);
  [[nodiscard]] const PlotData& data() const { return *data_; }
  [[nodiscard]] std::shared_ptr<const PlotData> shared() const { return data_; }
  /// The plot in this area, with vectors where it is not of too many points.
  virtual void paintOn(QPainter& painter, const QRectF& area) const = 0;

 Q_SIGNALS:
  /// The condition of the filter after a brush.
  void filterWanted(const QString& text);
  void rowChosen(std::uint32_t row);
  /// It is to be opened.
  void rowWanted(std::uint32_t row);

 protected:
  /// Other rows, marks, or another filter.
  virtual void dataChanged() = 0;
  /// The rows in the order in which the arrows go through them.
  [[nodiscard]] virtual std::vector<std::uint32_t> keyOrder() const = 0;
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  [[nodiscard]] const Theme& theme() const { return theme_; }
  /// Completes a picture of the size of the widget: at once for few rows, else in a job, until whose end the
  /// picture before stays. `draw` runs on another thread and knows of the widget nothing.
  void makePicture(QImage ground, std::function<void(QImage&)> draw);
  /// The latest picture of this size, at the resolution of the device; null: there is none yet.
  [[nodiscard]] const QImage& picture() const { return picture_; }
  /// What is on it holds no more.
  void dropPicture();

 private:
  JobManager& jobs_;
  const Theme& theme_;
  QImage picture_;
  std::shared_ptr<const PlotData> data_ = std::make_shared<const PlotData>();
};

}  // namespace taktwerk
