// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/diagnostic.h"
#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Writes the diagram as a picture in the colours of the palette: SVG, PDF (one page as large as the diagram)
/// or PNG (two pixels a unit, at most 12 000 a side), by the ending of the path. Empty on success. For job
/// threads.
[[nodiscard]] Diagnostics exportDiagram(const BlockDiagram& diagram, const Palette& palette,
                                        const QString& path);

}  // namespace taktwerk
