// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/sweep/plots/mark_count.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/sweep/plots/point_picture.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

/// What a scatter plot shows of each row.
struct ScatterChoice {
  std::size_t x = 0, y = 0;
  std::optional<std::size_t> colour, size;
  bool front = false;                   ///< of all rows that are shown
  std::vector<std::size_t> objectives;  ///< of the front: figures
  bool xTurned = false, yTurned = false;
  std::optional<bool> xLogarithmic, yLogarithmic;  ///< none: as the values are
  friend bool operator==(const ScatterChoice&, const ScatterChoice&) = default;
};

/// Where points beyond the axes stand.
inline constexpr double beyondAxes = 1.02;

/// The border of a point that is filled so.
[[nodiscard]] QRgb edgeOf(const QColor& fill, bool dark);

/// All that the points of a picture depend on: copied, as it goes to another thread. Designs with layers
/// missing are hollow, those that cannot be are so in grey.
struct PointDrawing {
  std::shared_ptr<const PlotData> data;
  ScatterChoice choice;
  PlotAxes axes;
  ColumnScale colour, size;
  double ratio = 1;
  bool dark = false;
  QRgb missing = 0;                  ///< the colour of what has no value there
  QRgb canvas = 0;                   ///< inside of what is hollow
  std::shared_ptr<MarkCount> marks;  ///< is told how many there are; null: nobody asks

  void operator()(QImage& picture) const;

 private:
  void colourOf(std::uint32_t row, PicturePoint& point) const;
  [[nodiscard]] double diameterOf(std::uint32_t row) const;
  void count(const QImage& picture, const std::vector<PicturePoint>& points) const;
};

}  // namespace taktwerk
