// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/sweep/column_scale.h"
#include "core/sweep/row_table.h"
#include "widgets/sweep/plots/mark_count.h"

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
  /// By column of names the order of the user's own in which they stand along axes.
  std::map<std::string, std::vector<std::string>> orders;
  std::vector<std::string> derived;  ///< columns that follow from others, as far as that is known

  /// "A", "B", …, or "base"; empty of a row that is not marked.
  [[nodiscard]] QString markOf(std::uint32_t row) const;
  [[nodiscard]] bool has(std::optional<std::uint32_t> row) const { return row && *row < table.rows(); }
  /// The places of a column's names in their order; empty: as they are numbered.
  [[nodiscard]] std::vector<double> ranks(std::size_t column) const;
  /// The scale of a column with its names in their order.
  [[nodiscard]] ColumnScale scale(std::size_t column) const { return scaleOf(table, column, ranks(column)); }
};

/// "rows", "cycles": a column as plots and tables name it.
[[nodiscard]] QString columnTitle(const RowColumn& column);
/// "cycles, cycles": with its unit where it has one that the name does not say.
[[nodiscard]] QString columnTitleWithUnit(const RowColumn& column);
/// What tells a design from others, a line each: varied columns that differ, then figures.
[[nodiscard]] QString pointInWords(const PlotData& data, std::uint32_t row);

/// A plot of the results of a sweep. Rows that the filter hides stay in sight, faint. A click chooses a row,
/// a brush narrows the filter; the arrows go from row to row, Return opens one, and what is chosen is told to
/// those who hear the plot. Where the mouse rests on a design, and at Space for the chosen one, its card is
/// wanted.
class ResultPlot : public QWidget {
  Q_OBJECT
 public:
  ResultPlot(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  void setData(std::shared_ptr<const PlotData> data);
  [[nodiscard]] const PlotData& data() const { return *data_; }
  [[nodiscard]] std::shared_ptr<const PlotData> shared() const { return data_; }
  /// The plot in this area, with vectors where it is not of too many points.
  virtual void paintOn(QPainter& painter, const QRectF& area) const = 0;
  /// How many designs are seen, as how many marks, and what marks mean; also below the plot. Empty: nothing.
  [[nodiscard]] virtual QString legendText() const { return {}; }
  /// What it shows as a table with commas, where it shows more than the rows; none: it does not.
  [[nodiscard]] virtual std::optional<std::string> table() const { return std::nullopt; }

 Q_SIGNALS:
  /// The condition of the filter after a brush.
  void filterWanted(const QString& text);
  void rowChosen(std::uint32_t row);
  /// It is to be opened.
  void rowWanted(std::uint32_t row);
  /// The names of a column are to be put in another order.
  void orderWanted(std::size_t column);
  /// What an axis shows, or how.
  void choiceChanged();
  /// The mouse rests on a row, or its card was asked for by a key; `at` is a place on the screen, `more` what
  /// is to be said there besides.
  void rowPointed(std::uint32_t row, const QPoint& at, const QString& more);
  /// It does so no more.
  void lookedAway();

 protected:
  /// The row that is drawn at a pixel.
  [[nodiscard]] virtual std::optional<std::uint32_t> rowUnder(const QPointF& /*pixel*/) const { return {}; }
  /// What is to be said there besides.
  [[nodiscard]] virtual QString moreUnder(const QPointF& /*pixel*/) const { return {}; }
  /// What a tooltip says at a pixel: of an axis there, in full.
  [[nodiscard]] virtual QString tipUnder(const QPointF& /*pixel*/) const { return {}; }
  /// What a column is, and the name that stands at this place of its axis.
  [[nodiscard]] QString axisTip(const ColumnScale& scale, double place) const;
  /// Where a row is drawn, or the middle.
  [[nodiscard]] virtual QPointF placeFor(std::uint32_t row) const;
  bool event(QEvent* event) override;
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
  /// For the next picture to count its marks in.
  [[nodiscard]] std::shared_ptr<MarkCount> newMarks() { return marks_ = std::make_shared<MarkCount>(); }
  /// Of the latest picture; null: nothing was drawn.
  [[nodiscard]] const MarkCount* marks() const { return marks_.get(); }
  /// The legend at the foot of an area, in the room that `legendHeight` is.
  void paintLegendText(QPainter& painter, const QRectF& area) const;
  [[nodiscard]] double legendHeight() const;

 private:
  /// For those who hear the plot: the chosen row, and the legend.
  void describe();
  void restAt(const QPointF& pixel);
  void lookAway();
  void point();
  JobManager& jobs_;
  const Theme& theme_;
  QImage picture_;
  std::shared_ptr<MarkCount> marks_;
  std::shared_ptr<const PlotData> data_ = std::make_shared<const PlotData>();
  QTimer rest_;
  QPointF at_;           ///< where the mouse is
  bool points_ = false;  ///< at a row, as was told
};

}  // namespace taktwerk
