// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QLineF>
#include <QSizeF>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/sweep/column_scale.h"
#include "widgets/sweep/plots/line_picture.h"
#include "widgets/sweep/plots/mark_count.h"
#include "widgets/sweep/plots/result_plot.h"

namespace taktwerk {

/// An axis of parallel coordinates in a picture.
struct LineAxis {
  ColumnScale scale;
  QLineF line;
  friend bool operator==(const LineAxis&, const LineAxis&) = default;
};

/// What pictures of lines have in common where only the filter differs.
struct LineKey {
  std::uint64_t results = 0;
  std::size_t rows = 0;
  QSizeF size;
  double ratio = 1;
  std::optional<std::size_t> colour;
  bool dark = false;
  std::vector<LineAxis> axes;
  friend bool operator==(const LineKey&, const LineKey&) = default;
};

/// What a filter does not change: where each row crosses each axis, and the lines of all rows summed up.
struct LineCache {
  std::mutex mutex;  ///< one job may still draw while the next begins
  std::vector<std::vector<float>> places;
  std::vector<float> shades;
  std::vector<std::uint64_t> ways;  ///< by row: equal where lines are the same on every axis
  std::vector<LineSum> all;
};

/// All that the lines of a picture depend on: copied, as it goes to another thread.
struct LineDrawing {
  std::shared_ptr<const PlotData> data;
  std::shared_ptr<LineCache> cache;
  std::vector<LineAxis> axes;
  std::optional<std::size_t> colour;
  ColumnScale shade;
  double ratio = 1;
  std::function<QRgb(double shade)> rgb;
  std::shared_ptr<MarkCount> marks;  ///< is told how many lines there are; null: nobody asks

  void operator()(QImage& picture) const;

 private:
  void place() const;
  [[nodiscard]] LineSum sumOf(std::size_t axis, int height, bool all) const;
  void drawAll(QImage& picture, bool faint) const;
};

}  // namespace taktwerk
