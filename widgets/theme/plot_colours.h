// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <cstddef>

namespace taktwerk {

class Theme;

/// The colour of text that tells of a change: blue of one for the better, orange of one for the worse, dark
/// or light enough to be read on the theme's ground. The sign is always printed besides.
[[nodiscard]] QColor changeColour(const Theme& theme, bool better);

/// A colour of the scale for quantities, 0 to 1, of what is thin: without the end that is too near to the
/// theme's ground.
[[nodiscard]] QColor thinHeatColour(const Theme& theme, double share);

/// Colours of series in a plot, which go with a marker's shape each (Okabe and Ito, who chose them for all
/// kinds of colour vision). Seven; more series begin again.
inline constexpr std::size_t seriesCount = 7;
[[nodiscard]] QColor seriesColour(std::size_t series);

}  // namespace taktwerk
