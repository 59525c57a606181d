// SPDX-License-Identifier: GPL-3.0-or-later
#include <ostream>

#include "core/report/cause_text.h"
#include "core/report/dot_text.h"
#include "core/report/graph_files.h"
#include "core/report/json_writer.h"

namespace taktwerk {

namespace {

std::string operationOf(const GraphWindow& window, std::int64_t instruction) {
  const auto found = window.operations.find(instruction);
  return found == window.operations.end() ? std::string() : found->second;
}

}  // namespace

void writeGraphJson(std::ostream& out, const GraphWindow& window) {
  constexpr auto lines = JsonWriter::Layout::Lines;
  JsonWriter json(out);
  json.openObject({}, lines)
      .member("title", window.title)
      .member("first_instruction", window.first)
      .member("end_instruction", window.end)
      .member("cycles", window.graph.cycles)
      .openArray("nodes", lines);
  for (std::size_t n = 0; n < window.graph.nodes.size(); ++n) {
    const GraphNode& node = window.graph.nodes[n];
    json.openObject()
        .member("id", n)
        .member("instruction", node.instruction)
        .member("operation", operationOf(window, node.instruction))
        .member("object", window.machine->objectNames[node.object])
        .member("kind", toString(node.kind))
        .member("enter", node.enter)
        .member("leave", node.leave);
    if (node.kind == NodeKind::Access) {
      json.member("address", node.address).member("words", node.words).member("write", node.write);
    }
    json.closeObject();
  }
  json.closeArray().openArray("edges", lines);
  for (const GraphEdge& edge : window.graph.edges) {
    json.openObject()
        .member("from", edge.from)
        .member("to", edge.to)
        .member("kind", toString(edge.kind))
        .member("object", window.machine->objectNames[edge.object])
        .member("duration", edge.duration)
        .member("binding", edge.binding)
        .member("critical", edge.critical)
        .closeObject();
  }
  json.closeArray().openObject("critical_path");
  for (const auto& [cause, cycles] : keyedBreakdown(window.criticalPath, *window.machine))
    json.member(cause, cycles);
  json.closeObject().closeObject();
  out << '\n';
}

void writeGraphDot(std::ostream& out, const GraphWindow& window) {
  out << "digraph " << dotQuoted(window.title) << " {\n"
      << "  rankdir=LR; fontname=\"sans-serif\"; label=" << dotQuoted(window.title) << ";\n"
      << "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", "
         "fontsize=10];\n"
      << "  edge [fontname=\"sans-serif\", fontsize=9];\n";
  std::map<std::int64_t, std::vector<std::size_t>> byInstruction;
  for (std::size_t n = 0; n < window.graph.nodes.size(); ++n) {
    byInstruction[window.graph.nodes[n].instruction].push_back(n);
  }
  for (const auto& [instruction, nodes] : byInstruction) {
    const bool inside = instruction >= window.first && instruction < window.end;
    out << "  subgraph cluster_" << instruction
        << " {\n    label=" << dotQuoted(std::to_string(instruction) + ' ' + operationOf(window, instruction))
        << "; color=\"" << (inside ? "#9aa5b1" : "#d5dbe1") << "\"; fontcolor=\""
        << (inside ? "black" : "#7b8794") << "\";\n";
    for (const std::size_t n : nodes) {
      const GraphNode& node = window.graph.nodes[n];
      std::string label = window.machine->objectNames[node.object] + "\n";
      if (node.kind == NodeKind::Access) {
        label += (node.write ? "write " : "read ") + std::to_string(node.words) + " at " +
                 std::to_string(node.address) + "\n";
      } else {
        label += std::string(toString(node.kind)) + "\n";
      }
      label += std::to_string(node.enter) + " to " + std::to_string(node.leave);
      out << "    n" << n << " [label=" << dotQuoted(label) << "];\n";
    }
    out << "  }\n";
  }
  for (const GraphEdge& edge : window.graph.edges) {
    out << "  n" << edge.from << " -> n" << edge.to << " [label=\"" << edge.duration << "\", tooltip=\""
        << toString(edge.kind) << "\", color=\"" << (edge.critical ? dotCritical : dotColour(edge.kind))
        << '"';
    if (edge.critical) out << ", penwidth=2.5";
    if (!edge.binding) out << ", style=dashed";
    out << "];\n";
  }
  out << "}\n";
}

}  // namespace taktwerk
