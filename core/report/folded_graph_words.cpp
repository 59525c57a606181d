// SPDX-License-Identifier: GPL-3.0-or-later
// What the boxes and arrows of a folded graph say.
#include <algorithm>

#include "core/report/folded_graph_files.h"
#include "core/report/graph_words.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

constexpr std::string_view narrow = "\u202f";

std::string counted(std::int64_t count, const std::string& one) {
  return groupedDigits(count, narrow) + ' ' + one + (count == 1 ? "" : "s");
}

/// "pe 16×16"
std::string withExtents(std::string text, const std::vector<std::int64_t>& extents) {
  for (std::size_t d = 0; d < extents.size(); ++d) text += (d == 0 ? " " : "×") + std::to_string(extents[d]);
  return text;
}

std::string times(std::int64_t count) {
  return " ×" + groupedDigits(count, narrow);
}

}  // namespace

std::string boxTitle(const GraphWindow& window, const FoldedBox& box) {
  switch (box.kind) {
    case FoldedKind::Before:
      return "before the window";
    case FoldedKind::Loop:
      return (box.name.empty() ? "loop" : box.name) + times(box.iterations);
    case FoldedKind::Iteration:
      return (box.name.empty() ? "iteration" : box.name) + " = " + groupedDigits(box.iterations, narrow);
    case FoldedKind::Instruction:
      return box.instructions > 1 ? box.name + times(box.instructions)
                                  : instructionInWords(window, box.instruction);
    case FoldedKind::Elements:
      return box.name + " in " + withExtents(box.array, box.extents);
    case FoldedKind::Array:
      return withExtents(box.name, box.extents);
    case FoldedKind::Instance:
    case FoldedKind::Block:
    case FoldedKind::Node:
      break;
  }
  return box.name;
}

std::string boxContent(const GraphWindow& window, const FoldedBox& box) {
  const auto nodes = static_cast<std::int64_t>(box.nodes.size());
  const GraphNode& first = window.graph.nodes[box.nodes.front()];
  switch (box.kind) {
    case FoldedKind::Loop:
      return box.iterations < box.trips ? "of " + counted(box.trips, "iteration")
                                        : counted(box.instructions, "instruction");
    case FoldedKind::Before:
    case FoldedKind::Iteration:
    case FoldedKind::Elements:
      return counted(box.instructions, "instruction");
    case FoldedKind::Instruction:
    case FoldedKind::Array:
    case FoldedKind::Instance:
      return counted(nodes, "node");
    case FoldedKind::Block: {
      if (nodes == 1) break;
      const bool alike = std::all_of(box.nodes.begin(), box.nodes.end(), [&](std::uint32_t n) {
        return window.graph.nodes[n].kind == first.kind;
      });
      return (alike ? std::string(toString(first.kind)) + ", " : std::string()) + counted(nodes, "node");
    }
    case FoldedKind::Node:
      break;
  }
  return std::to_string(first.instruction) + ' ' + toString(first.kind);
}

std::vector<std::string> boxInWords(const GraphWindow& window, const FoldedBox& box) {
  std::vector<std::string> lines;
  lines.push_back(boxTitle(window, box) + ": " + counted(box.instructions, "instruction") + ", " +
                  counted(static_cast<std::int64_t>(box.nodes.size()), "node") + ", cycles " +
                  groupedDigits(box.enter, narrow) + " to " + groupedDigits(box.leave, narrow));
  if (box.kind == FoldedKind::Loop) {
    lines.back() += ", " + groupedDigits(box.iterations, narrow) + " executions of a body that repeats " +
                    groupedDigits(box.trips, narrow) + " times";
  }
  lines.push_back(box.critical > 0 ? counted(box.critical, "cycle") + " of the critical path are spent here"
                  : box.onPath     ? "on the critical path, which spends no cycles here"
                                   : "not on the critical path");
  std::int64_t inner = 0;
  for (const std::int64_t count : box.inner) inner += count;
  if (inner > 0) {
    lines.push_back(counted(inner, "edge") + " inside" +
                    (box.innerCarried > 0
                         ? ", " + groupedDigits(box.innerCarried, narrow) + " carried to another iteration"
                         : std::string()));
  }
  return lines;
}

std::string edgeInWords(const FoldedEdge& edge) {
  std::string text =
      groupedDigits(edge.count, narrow) + ' ' + toString(edge.kind) + (edge.count == 1 ? " edge" : " edges");
  if (edge.carried == edge.count) {
    text += ", carried to another iteration";
  } else if (edge.carried > 0) {
    text += ", " + groupedDigits(edge.carried, narrow) + " of them carried to another iteration";
  }
  text += (edge.count == 1 ? ", " : ", the longest ") + counted(edge.longest, "cycle");
  if (edge.critical) text += "; on the critical path";
  return text;
}

}  // namespace taktwerk
