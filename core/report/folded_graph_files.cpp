// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/folded_graph_files.h"

#include <ostream>

#include "core/report/dot_text.h"
#include "core/report/json_writer.h"

namespace taktwerk {

namespace {

constexpr auto lines = JsonWriter::Layout::Lines;

void writeBox(JsonWriter& json, const GraphWindow& window, const FoldedBox& box, std::size_t id) {
  json.openObject()
      .member("id", id)
      .member("kind", toString(box.kind))
      .member("key", box.key)
      .member("name", box.name)
      .member("title", boxTitle(window, box));
  if (box.kind == FoldedKind::Loop) json.member("trips", box.trips);
  if (box.kind == FoldedKind::Loop) json.member("iterations", box.iterations);
  if (box.kind == FoldedKind::Iteration) json.member("iteration", box.iterations);
  if (box.kind == FoldedKind::Elements) json.member("array", box.array);
  json.member("first_instruction", box.instruction)
      .member("instructions", box.instructions)
      .member("nodes", box.nodes.size())
      .member("enter", box.enter)
      .member("leave", box.leave)
      .member("critical", box.onPath)
      .member("critical_cycles", box.critical)
      .openObject("inner_edges");
  for (std::size_t kind = 0; kind < box.inner.size(); ++kind) {
    if (box.inner[kind] > 0) json.member(toString(static_cast<GraphEdgeKind>(kind)), box.inner[kind]);
  }
  json.closeObject().member("inner_carried", box.innerCarried).closeObject();
}

}  // namespace

void writeFoldedJson(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded) {
  JsonWriter json(out);
  json.openObject({}, lines)
      .member("title", window.title)
      .member("first_instruction", window.first)
      .member("end_instruction", window.end)
      .member("cycles", window.graph.cycles)
      .member("nodes", window.graph.nodes.size())
      .member("edges_between_nodes", window.graph.edges.size())
      .openArray("boxes", lines);
  for (std::size_t b = 0; b < folded.boxes.size(); ++b) writeBox(json, window, folded.boxes[b], b);
  json.closeArray().openArray("edges", lines);
  for (const FoldedEdge& edge : folded.edges) {
    json.openObject()
        .member("from", edge.from)
        .member("to", edge.to)
        .member("kind", toString(edge.kind))
        .member("count", edge.count)
        .member("carried", edge.carried)
        .member("binding", edge.binding)
        .member("critical", edge.critical)
        .member("longest", edge.longest)
        .closeObject();
  }
  json.closeArray().closeObject();
  out << '\n';
}

void writeFoldedDot(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded) {
  out << "digraph " << dotQuoted(window.title) << " {\n"
      << "  rankdir=LR; fontname=\"sans-serif\"; label=" << dotQuoted(window.title) << ";\n"
      << "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", "
         "fontsize=10];\n"
      << "  edge [fontname=\"sans-serif\", fontsize=9];\n";
  for (std::size_t b = 0; b < folded.boxes.size(); ++b) {
    const FoldedBox& box = folded.boxes[b];
    std::string label = boxTitle(window, box);
    if (const std::string content = boxContent(window, box); !content.empty()) label += '\n' + content;
    out << "  b" << b << " [label=" << dotQuoted(label);
    if (box.onPath) out << ", color=\"" << dotCritical << '"';
    if (box.kind == FoldedKind::Loop) out << ", peripheries=2";
    out << "];\n";
  }
  for (const FoldedEdge& edge : folded.edges) {
    out << "  b" << edge.from << " -> b" << edge.to << " [label=" << dotQuoted(std::to_string(edge.count))
        << ", tooltip=" << dotQuoted(edgeInWords(edge)) << ", color=\""
        << (edge.critical ? dotCritical : dotColour(edge.kind)) << '"';
    if (edge.critical) out << ", penwidth=2.5";
    if (edge.carried > 0) out << ", arrowhead=dotnormal";
    if (edge.from > edge.to) out << ", constraint=false";
    out << "];\n";
  }
  out << "}\n";
}

}  // namespace taktwerk
