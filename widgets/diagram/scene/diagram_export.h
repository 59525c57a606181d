// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPrinter>
#include <QString>

#include "core/base/diagnostic.h"
#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Writes the diagram as a picture in the colours of the palette: SVG, PDF (one page as large as the diagram)
/// or PNG (two pixels a unit, at most 12 000 a side), by the ending of the path. Empty on success. For job
/// threads.
[[nodiscard]] Diagnostics exportDiagram(const BlockDiagram& diagram, const Palette& palette,
                                        const QString& path);

/// Prints the diagram on one page, on white whatever the window is. A printer that makes a PDF file gets it
/// whole or not at all. Empty on success.
[[nodiscard]] Diagnostics printDiagram(const BlockDiagram& diagram, QPrinter& printer);

}  // namespace taktwerk
