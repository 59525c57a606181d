// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/diagnostic.h"

namespace taktwerk {

class ResultPlot;

/// Writes a plot as it is looked at: `.png` with twice the pixels, `.pdf`, else SVG. Points and lines of
/// thousands of designs are a picture in it, axes and marks of few are vectors.
[[nodiscard]] Diagnostics exportPlot(const ResultPlot& plot, const QString& path);

}  // namespace taktwerk
