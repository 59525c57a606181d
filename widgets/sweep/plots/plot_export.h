// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/diagnostic.h"

namespace taktwerk {

class ResultPlot;

/// Writes a plot as it is looked at: `.png` with twice the pixels, `.pdf`, `.csv` as a table of its figures,
/// else SVG. Points and lines of thousands of designs are a picture in it, axes and marks of few are vectors.
/// Errors: those of the file, and a plot that shows rows alone as a table.
[[nodiscard]] Diagnostics exportPlot(const ResultPlot& plot, const QString& path);

}  // namespace taktwerk
