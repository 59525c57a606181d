// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "core/graph/graph.h"
#include "core/machine/machine.h"

namespace taktwerk {

/// A dependency graph with what its files say about it.
struct GraphView {
  const DependencyGraph& graph;
  const Machine& machine;
  std::string title;
  std::int64_t first = 0, end = 0;  ///< instructions of the window; others are there as sources of edges only
  std::map<std::int64_t, std::string> operations;  ///< by instruction
  std::vector<PathPart> criticalPath;              ///< of the run up to the window's end; nodes are not used
};

/// `nodes` with instruction, operation, object, kind, enter, leave (and of accesses address, words, write),
/// `edges` with from, to, kind, object, duration, binding, critical, and `critical_path` added up by
/// category; times in cycles.
void writeGraphJson(std::ostream& out, const GraphView& view);

/// For Graphviz: a cluster for each instruction, edges in the colour of their kind, the critical path bold.
void writeGraphDot(std::ostream& out, const GraphView& view);

/// A drawing along time: a band for each instruction, a bar for each node from enter to leave, a curve for
/// each binding edge from where its reason was over to the entry it decided; the critical path stands out.
/// Other edges are drawn thin. Reads without a style sheet or script.
void writeGraphSvg(std::ostream& out, const GraphView& view);

}  // namespace taktwerk
