// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

class QCPScatterStyle;

namespace taktwerk {

class Theme;

/// How a point of a series is drawn: a shape and a colour of its own, with a line around it, as some of the
/// colours alone are too near to the ground. `faint`: it is out of date.
[[nodiscard]] QCPScatterStyle markerOf(const Theme& theme, std::size_t series, bool faint, double size = 7);
/// The ring around the point that is looked at.
[[nodiscard]] QCPScatterStyle ringOf(const Theme& theme);

}  // namespace taktwerk
