// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <functional>

#include "core/sweep/heat_map.h"
#include "core/sweep/value_steps.h"
#include "widgets/sweep/plots/plot_axes.h"

class QPainter;

namespace taktwerk {

class Theme;

struct StepColours {
  QColor cliff, plateau;
};
[[nodiscard]] StepColours stepColours(const Theme& theme);

/// Marks steps between the points of a plot whose axes are the parameter and the figure: a cliff with a bold
/// line and a triangle that points where the figure goes, a plateau with a line below its points.
/// Thousands of them take their time: on pictures that jobs draw.
void paintSteps(QPainter& painter, const StepColours& colours, const RowTable& table, const PlotAxes& axes,
                const ValueSteps& steps);

/// What is needed of a heat map to find the cells of designs.
struct HeatPlaces {
  const RowTable& table;
  const HeatMap& map;
  std::size_t x = 0, y = 0;  ///< columns
};
/// Marks cliffs with a bold border between neighbouring cells, where both designs are the ones that the cells
/// show. `cell` gives a cell in pixels.
void paintSteps(QPainter& painter, const Theme& theme, const HeatPlaces& places,
                const std::function<QRectF(std::size_t, std::size_t)>& cell, const ValueSteps& steps);

/// Of the cliffs those that `paintSteps` marks in a heat map.
[[nodiscard]] std::int64_t markedCliffs(const HeatPlaces& places, const ValueSteps& steps);

}  // namespace taktwerk
