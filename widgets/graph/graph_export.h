// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/diagnostic.h"

namespace taktwerk {

class GraphCanvas;
class LaidOutCanvas;
struct FoldedGraph;
struct GraphWindow;

/// Writes what is in sight as SVG, or as PDF of one page where the path ends in `.pdf`. Empty on success.
[[nodiscard]] Diagnostics exportGraph(const GraphCanvas& canvas, const QString& path);

/// Writes all of what is laid out in the same way.
[[nodiscard]] Diagnostics exportLaidOut(const LaidOutCanvas& canvas, const QString& path);

/// Writes the whole window for Graphviz. Empty on success. For job threads.
[[nodiscard]] Diagnostics exportDot(const GraphWindow& window, const QString& path);

/// The same as it is folded.
[[nodiscard]] Diagnostics exportFoldedDot(const GraphWindow& window, const FoldedGraph& folded,
                                          const QString& path);

}  // namespace taktwerk
