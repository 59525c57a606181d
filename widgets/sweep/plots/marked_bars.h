// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "widgets/sweep/plots/design_bars.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

/// Marked designs below each other, each a bar of where its cycles go, in the colours of the page Breakdown,
/// with its difference from the baseline. A click on a part, or the arrows (up and down from design to
/// design, left and right from part to part), tells its causes; nothing else happens.
class MarkedBars : public ResultPlot {
  Q_OBJECT
 public:
  MarkedBars(JobManager& jobs, const Theme& theme, QWidget* parent = nullptr);

  /// `of` is the layer that the bars are of; empty: all.
  void setBars(std::vector<DesignBar> bars, const std::string& of);
  [[nodiscard]] const std::vector<DesignBar>& bars() const { return bars_; }
  /// Each bar as long as all others, in percent.
  void setShares(bool shares);
  /// The causes of the part that is chosen; empty: none is.
  [[nodiscard]] QString chosenText() const;
  /// A part in pixels; empty where there is none.
  [[nodiscard]] QRectF partOf(std::size_t bar, std::size_t category) const;
  void paintOn(QPainter& painter, const QRectF& area) const override;
  [[nodiscard]] std::optional<std::string> table() const override;

 Q_SIGNALS:
  void partChosen();

 protected:
  void dataChanged() override {}
  [[nodiscard]] std::vector<std::uint32_t> keyOrder() const override { return {}; }
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Part {
    std::size_t bar = 0, category = 0;
  };
  /// Where things are in a plot of this size.
  struct Places {
    QRectF bars;     ///< without names and figures
    double row = 0;  ///< pixels of a bar with what is between it and the next
    int legendRows = 1, legendColumns = 1;
  };
  [[nodiscard]] Places placesIn(const QRectF& area) const;
  [[nodiscard]] QRectF partIn(const Places& places, const Part& part) const;
  [[nodiscard]] std::optional<Part> partAt(const QPointF& pixel) const;
  [[nodiscard]] std::vector<std::size_t> categories() const;
  [[nodiscard]] double legendWidth() const;
  void paintLegend(QPainter& painter, const Places& places, const QRectF& area) const;
  void paintBar(QPainter& painter, const Places& places, const QRectF& area, std::size_t bar) const;
  void choose(const std::optional<Part>& part);
  void fitHeight();

  std::vector<DesignBar> bars_;
  std::string of_;
  Cycles longest_ = 0;
  bool shares_ = false;
  std::optional<Part> chosen_;
};

}  // namespace taktwerk
