// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>

#include "core/analysis/graph_window.h"

namespace taktwerk {

/// `nodes` with instruction, operation, object, kind, enter, leave (and of accesses address, words, write),
/// `edges` with from, to, kind, object, duration, binding, critical, and `critical_path` added up by
/// category; times in cycles.
void writeGraphJson(std::ostream& out, const GraphWindow& window);

/// For Graphviz: a cluster for each instruction, edges in the colour of their kind, the critical path bold.
void writeGraphDot(std::ostream& out, const GraphWindow& window);

/// A drawing along time: a band for each instruction, a bar for each node from enter to leave, a curve for
/// each binding edge from where its reason was over to the entry it decided; the critical path stands out.
/// Other edges are drawn thin. Reads without a style sheet or script.
void writeGraphSvg(std::ostream& out, const GraphWindow& window);

}  // namespace taktwerk
