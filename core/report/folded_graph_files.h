// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "core/analysis/folded_graph.h"
#include "core/analysis/graph_window.h"

namespace taktwerk {

/// What a box is, short: "k ×4", "k = 5", "12 mac", "mac ×4", "mac in pe 16×16", "pe 16×16", "alu", "before
/// the window".
[[nodiscard]] std::string boxTitle(const GraphWindow& window, const FoldedBox& box);
/// What is in it, short: "4 of 1 024 iterations", "3 nodes", "unit, 4 nodes"; may be empty.
[[nodiscard]] std::string boxContent(const GraphWindow& window, const FoldedBox& box);
/// A line each: what the box is, when it was and what is in it, what of the critical path, edges of its own.
[[nodiscard]] std::vector<std::string> boxInWords(const GraphWindow& window, const FoldedBox& box);
/// "4 data edges, 3 of them carried to another iteration, the longest 6 cycles; on the critical path".
[[nodiscard]] std::string edgeInWords(const FoldedEdge& edge);

/// `boxes` with kind, name, title, what they hold and when; `edges` with from, to, kind, count, carried,
/// binding, critical, longest; both as in `FoldedGraph`, times in cycles.
void writeFoldedJson(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded);

/// For Graphviz, from left to right: what leads back is drawn against that and does not decide where boxes
/// stand.
void writeFoldedDot(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded);

/// A drawing from left to right in columns, with what boxes and arrows are as tooltips. Reads without a style
/// sheet or script.
void writeFoldedSvg(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded);

}  // namespace taktwerk
