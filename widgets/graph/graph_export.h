// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/diagnostic.h"

namespace taktwerk {

class GraphCanvas;
struct GraphWindow;

/// Writes what is in sight as SVG or as PDF of one page, or the whole window for Graphviz, by the ending of
/// the path: `.svg`, `.pdf`, `.dot`. Empty on success.
[[nodiscard]] Diagnostics exportGraph(const GraphCanvas& canvas, const GraphWindow& window,
                                      const QString& path);

}  // namespace taktwerk
